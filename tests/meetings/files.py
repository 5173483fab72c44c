"""Small PDF files to be put before a meeting."""

from io import BytesIO

from pypdf import PdfWriter


def pdf(pages: int = 1, *, rotate: int = 0, password: str = "") -> BytesIO:
    writer = PdfWriter()
    for _nth in range(pages):
        writer.add_blank_page(595, 842).rotate(rotate)
    if password:
        writer.encrypt(password)
    out = BytesIO()
    writer.write(out)
    out.seek(0)
    return out
