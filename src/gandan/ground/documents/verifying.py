"""Who signed a PDF, when, and whether anything was changed since."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from gandan.ground.documents.signing import DEMONSTRATION, certificate_name, fingerprint
from gandan.ground.ledger.rules import Refused, gettext_noop


class NoPdf(Refused):
    """What was given is no PDF that can be read."""


@dataclass(frozen=True)
class Signature:
    """One signature in a PDF. `holds`: its bytes are what was signed. `whole`: nothing was added after it."""

    name: str
    issuer: str
    fingerprint: str
    signed_at: datetime | None
    reason: str
    holds: bool
    whole: bool
    trusted: bool  # the certificate comes from an authority whose certificate lies in the folder of keys
    demonstration: bool
    problem: str = ""


@dataclass(frozen=True)
class Verified:
    """What can be said of a PDF by itself."""

    digest: str
    signatures: Sequence[Signature]

    @property
    def intact(self) -> bool:
        return bool(self.signatures) and all(one.holds and one.whole for one in self.signatures)


def verify_pdf(pdf: bytes) -> Verified:
    """Look at every signature of a PDF. Nothing is fetched: whether a certificate was revoked is not asked.

    :raises NoPdf: if it can't be read as one
    """
    try:
        found = list(PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise NoPdf(gettext_noop("Tệp này không đọc được như một tệp PDF.")) from error
    return Verified(hashlib.sha256(pdf).hexdigest(), [_look_at(one) for one in found])


def _look_at(one: EmbeddedPdfSignature) -> Signature:
    certificate = one.signer_cert
    problem, holds, whole, trusted, signed_at = "", False, False, False, one.self_reported_timestamp
    try:
        status = validate_pdf_signature(one, signer_validation_context=_context())
        holds, trusted = status.intact and status.valid, status.trusted
        whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and (
            status.modification_level in (None, ModificationLevel.NONE)
        )
    except (SignatureValidationError, PdfError, ValueError) as error:
        problem = str(error)
    return Signature(
        name=certificate_name(certificate),
        issuer=str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly),
        fingerprint=fingerprint(certificate),
        signed_at=signed_at,
        reason=str(one.sig_object.get("/Reason", "")),
        holds=holds,
        whole=whole,
        trusted=trusted,
        demonstration=DEMONSTRATION in certificate.subject.human_friendly,
        problem=problem,
    )


def _context() -> ValidationContext:
    return ValidationContext(trust_roots=_roots(), allow_fetching=False)


def _roots() -> list[x509.Certificate]:
    """Return the authorities that are trusted here: the `.pem` and `.cer` files of the folder of keys."""
    found = []
    for file in sorted(Path(settings.SIGNING_DIR).glob("roots/*")):
        raw = file.read_bytes()
        if pem.detect(raw):
            found += [x509.Certificate.load(der) for _, _, der in pem.unarmor(raw, multiple=True)]
        else:
            found.append(x509.Certificate.load(raw))
    return found
