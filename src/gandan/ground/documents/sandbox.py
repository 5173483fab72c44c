"""Sets a template that somebody from outside wrote: in a process of its own, with little time and memory, and no way out.

Run as a program: `python -I sandbox.py`, with {"source", "sheets", "layouts", "fonts", "standards"} as JSON on the standard
input. It answers a JSON line with what went wrong, or with the sizes of the PDF that follow it. It knows nothing of the rest of
the product. Files outside the layouts are refused by typst; packages would be fetched, so their folders are empty, and who
starts it lets every way into a network lead to a port where nobody listens.
"""

import json
import resource
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import typst

SECONDS, MEMORY = 20, 1 << 30


def confine(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 26, 1 << 26))


def main() -> None:
    asked = json.load(sys.stdin)
    confine(int(asked.get("seconds", SECONDS)))

    made: list[bytes] = []
    places: list[list[dict[str, object]]] = []
    with tempfile.TemporaryDirectory() as empty:
        layouts = Path(empty) / "layouts"  # the template lies among copies of ours, and imports what it likes of them
        shutil.copytree(asked["layouts"], layouts)
        source = layouts / "own.typ"
        source.write_text(asked["source"], encoding="utf-8")
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[asked["fonts"]])
        packages = Path(empty) / "packages"
        compiler = typst.Compiler(source, root=layouts, font_paths=fonts, package_path=packages, package_cache_path=packages)
        try:
            for data, moment in asked["sheets"]:
                pdf = compiler.compile(
                    format="pdf",
                    sys_inputs={"data": data},
                    pdf_standards=asked["standards"],
                    timestamp=datetime.fromisoformat(moment),
                )
                assert isinstance(pdf, bytes)
                made.append(pdf)
                places.append(json.loads(compiler.query("<seal>")))
        except typst.TypstError as error:
            answer = {"error": error.message, "hints": list(error.hints), "diagnostic": error.diagnostic or ""}
            sys.stdout.write(json.dumps(answer) + "\n")
            return
    seals = [found[0]["value"] if found else None for found in places]
    sys.stdout.write(json.dumps({"sizes": [len(pdf) for pdf in made], "places": seals}) + "\n")
    sys.stdout.flush()
    for pdf in made:
        sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
