"""Write the one style sheet of public pages, or with --check say that it is behind.

It holds what their templates use of ours, two weights of one family, and colours that a browser of 2020 understands.
"""

import re
import sys
from pathlib import Path

PAGES = Path(__file__).resolve().parent.parent / "src" / "gandan" / "faces" / "pages"
SHEETS = ("tokens", "plain", "frame", "pieces", "public", "print")
MADE = PAGES / "static" / "pages" / "roof.css"
# Where words of the pages come from: what none of them names, no rule is kept for.
SPOKEN = (
    "templates/public/**/*.html",
    "templates/pieces/*.html",
    "templates/pages/failed.html",
    "templatetags/*.py",
    "pieces.py",
    "marks.py",
    "charts.py",
)
SPOKEN_TOO = (
    "pieces.py",
    "marks.py",
    "charts.py",
    "public*.py",
    "public/**/*.py",
    "roof.py",
    "lookup.py",
    "dossiers.py",
    "components.py",
    "static/**/gandan.js",
)
OF_ELEMENTS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")
LIGHT_DARK = re.compile(r"light-dark\(([^,()]+),\s*([^()]+)\)")
WEIGHT_LEFT_OUT = "font-weight: 500"


def main() -> None:
    made = sheet()
    if "--check" in sys.argv:
        if not MADE.exists() or MADE.read_text("utf-8") != made:
            sys.exit("roof.css is behind: run bin/styles")
        return
    MADE.write_text(made, "utf-8")


def sheet() -> str:
    words = spoken()
    parts = ["/* Made by bin/styles from the other sheets of this folder: what public pages use of them. */\n"]
    for name in SHEETS:
        text = (PAGES / "static" / "pages" / f"{name}.css").read_text("utf-8")
        parts.append(kept(plainly(text), words).replace("\n", "") + "\n")
    return "".join(parts)


def spoken() -> set[str]:
    found: set[str] = set()
    for pattern in (*SPOKEN, *SPOKEN_TOO):
        for path in PAGES.glob(pattern):
            found |= set(re.findall(r"[a-zA-Z_][\w-]*", path.read_text("utf-8")))
    return found


def plainly(text: str) -> str:
    """Leave comments out, tell the colours of both grounds without `light-dark()`, and let no letter move when its font comes."""
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = text.replace("font-display: swap", "font-display: optional")
    said = re.findall(r"(--[\w-]+):\s*(light-dark[^;]+);", text)
    dark = [f"{name}: {LIGHT_DARK.sub(lambda found: found[2], value)};" for name, value in said]
    text = LIGHT_DARK.sub(r"\1", text)
    if dark:
        text += "@media screen and (prefers-color-scheme: dark) { :root { " + " ".join(dark) + " } }"
    return text


def kept(text: str, words: set[str]) -> str:
    out = []
    for head, body in blocks(text):
        if head.startswith("@font-face") and WEIGHT_LEFT_OUT in body:
            continue
        if head.startswith(("@media", "@supports")):
            inner = kept(body, words)
            if inner:
                out.append(f"{head}{{{inner.strip()}}}\n")
        elif head.startswith("@"):
            out.append(f"{head}{{{tight(body)}}}\n")
        else:
            heads = [one for one in selectors(head) if used(one, words)]
            if heads:
                out.append(f"{','.join(heads)}{{{tight(body)}}}\n")
    return "".join(out)


def blocks(text: str) -> list[tuple[str, str]]:
    """Cut a sheet into its rules: what stands before the brace, and what in it."""
    found, at = [], 0
    while (opening := text.find("{", at)) != -1:
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        found.append((" ".join(text[at:opening].split()), text[opening + 1 : end - 1]))
        at = end
    return found


def selectors(head: str) -> list[str]:
    """Cut at commas, but for those in brackets."""
    return [one.strip() for one in re.split(r",(?![^()\[\]]*[)\]])", head)]


def used(selector: str, words: set[str]) -> bool:
    if "data-bs-theme" in selector:
        return False
    return all(name in words for name in OF_ELEMENTS.findall(re.sub(r":not\([^)]*\)", "", selector)))


def tight(body: str) -> str:
    declared = (re.sub(r"\s+", " ", one).strip() for one in body.split(";"))
    return ";".join(re.sub(r"^([\w-]+): ", r"\1:", one) for one in declared if one and not one.startswith("--tblr"))


if __name__ == "__main__":
    main()
