"""Bar codes as pictures: Code 128, as scanners at a counter read it."""

from barcode import Code128

QUIET = 10  # modules of white on each side, without which a scanner finds no beginning
HEIGHT = 40


def code128(text: str) -> str:
    """Return a text as an SVG of bars.

    :raises ValueError: if it holds a letter that the code has no bars for
    """
    if not text or any(not " " <= letter <= "~" for letter in text):
        raise ValueError(f"Code 128 has no bars for {text!r}.")
    (modules,) = Code128(text).build()
    bars, at = [], 0
    while at < len(modules):
        end = at
        while end < len(modules) and modules[end] == modules[at]:
            end += 1
        if modules[at] == "1":
            bars.append(f"M{QUIET + at} 0h{end - at}v{HEIGHT}h-{end - at}z")
        at = end
    width = len(modules) + 2 * QUIET
    box = f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} preserveAspectRatio="none"><path d="{"".join(bars)}"/></svg>'
