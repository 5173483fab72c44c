"""Several signatures on one paper, one after the other. All fields are there before the first signs: none breaks another."""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.stamp import StaticStampStyle

from gandan.ground.documents.signing import HASH, Box, Signatory


@dataclass(frozen=True)
class Field:
    """One signature field, by the name that programs show."""

    name: str
    box: Box


def with_fields(pdf: bytes, fields: Sequence[Field]) -> bytes:
    """Return the paper with an empty field for each who is to sign it."""
    writer, made = IncrementalPdfFileWriter(io.BytesIO(pdf)), io.BytesIO()
    for one in fields:
        box = one.box
        placed = (int(box.left), int(box.bottom), int(box.right), int(box.top))
        append_signature_field(writer, SigFieldSpec(one.name, on_page=box.page, box=placed))
    writer.write(made)  # type: ignore[no-untyped-call]
    return made.getvalue()


def countersign(held: Signatory, pdf: bytes, field: str, *, first: bool, seal: bytes, reason: str, place: str) -> bytes:
    """Return the paper with one more signature. The first forbids any change but further signatures.

    :param seal: what is seen in the field, as a PDF of one page
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=HASH, subfilter=SigSeedSubFilter.PADES, reason=reason, location=place,
        certify=first, docmdp_permissions=MDPPerm.FILL_FORMS,
    )  # fmt: skip
    stamper = HTTPTimeStamper(settings.TIMESTAMP_URL) if settings.TIMESTAMP_URL else None
    with tempfile.NamedTemporaryFile(suffix=".pdf") as drawn:
        drawn.write(seal)
        drawn.flush()
        style = StaticStampStyle.from_pdf_file(drawn.name, border_width=0)
        sealer = signers.PdfSigner(metadata, signer=held.signer, stamp_style=style, timestamper=stamper)
        made: io.BytesIO = sealer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), existing_fields_only=True)
    return made.getvalue()
