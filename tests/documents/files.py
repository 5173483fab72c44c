"""Files as people send them, good and bad, made here byte by byte."""

import io
import zipfile
import zlib

from PIL import Image

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f'<Types xmlns="x"><Override PartName="/word/document.xml" ContentType="{WORD}"/></Types>'


def photo(form: str = "JPEG", size: tuple[int, int] = (40, 20), *, sideways: bool = False) -> bytes:
    """A photograph that tells where it was taken."""
    exif = Image.Exif()
    exif[0x010E] = "nha rieng"  # its description
    exif.get_ifd(0x8825)[1] = "N"  # the place
    if sideways:
        exif[0x0112] = 6
    out = io.BytesIO()
    Image.new("RGB", size, (15, 118, 110)).save(out, form, exif=exif)
    return out.getvalue()


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    body = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n" + b"\n".join(objects)
    return body + b"\ntrailer\n<< /Root 1 0 R " + trailer + b" >>\nstartxref\n9\n%%EOF\n"


def stream(content: bytes, described: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    said = b"<< /Filter /FlateDecode /Length %d %s >>" % (len(packed), described)
    return b"3 0 obj\n" + said + b"\nstream\n" + packed + b"\nendstream\nendobj"


def package(parts: dict[str, str | bytes], known_by: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name, content in ({"[Content_Types].xml": TYPES, known_by: "<w:document/>"} | parts).items():
            kept.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """An office file that says little and unpacks into a lot."""
    return package({"word/media/image1.png": b"\0" * megabytes * 2**20})
