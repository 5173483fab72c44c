"""Who signed a PDF, when, and whether anything was changed since."""

import hashlib
import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from asn1crypto import crl, pem, x509
from django.conf import settings
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import EmbeddedPdfSignature, SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

from gandan.ground.documents.revisions import ONLY_SIGNATURES
from gandan.ground.documents.signing import DEMONSTRATION, certificate_name, fingerprint
from gandan.ground.ledger.rules import Refused, gettext_noop

# What it finds stands in the answer; the log of a server that checks strangers' files is for other things.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)
# What may come after a signature: a later signature, or what keeps the earlier one provable.
HARMLESS = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)


class NoPdf(Refused):
    """What was given is no PDF that can be read."""


@dataclass(frozen=True)
class Signature:
    """One signature in a PDF. `holds`: its bytes are what was signed. `whole`: nothing came after it but further signatures."""

    name: str
    issuer: str
    fingerprint: str
    signed_at: datetime | None
    reason: str
    holds: bool
    whole: bool
    trusted: bool  # the certificate comes from an authority whose certificate lies in the folder of keys
    demonstration: bool
    valid_then: bool = True  # the certificate had begun, had not ended and was not revoked when it was used
    revoked_on: date | None = None
    stamped: bool = False  # the moment is an authority's, not the signing machine's
    problem: str = ""


@dataclass(frozen=True)
class Verified:
    """What can be said of a PDF by itself."""

    digest: str
    signatures: Sequence[Signature]
    ends_signed: bool = True  # the last signature covers the file to its last byte

    @property
    def intact(self) -> bool:
        return bool(self.signatures) and all(one.holds and one.whole for one in self.signatures) and self.ends_signed

    @property
    def sound(self) -> bool:
        """Whether it is intact, and each certificate could be used when it was."""
        return self.intact and all(one.valid_then for one in self.signatures)


def verify_pdf(pdf: bytes) -> Verified:
    """Look at every signature of a PDF. Nothing is fetched: what was revoked, the lists in the folder of keys say.

    :raises NoPdf: if it can't be read as one
    """
    try:
        found = list(PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures)
    except (PdfError, ValueError, KeyError, AttributeError, RecursionError) as error:
        raise NoPdf(gettext_noop("Tệp này không đọc được như một tệp PDF.")) from error
    ends = not found or found[-1].evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE
    return Verified(hashlib.sha256(pdf).hexdigest(), [_look_at(one) for one in found], ends)


def _look_at(one: EmbeddedPdfSignature) -> Signature:
    certificate = one.signer_cert
    problem, holds, whole, trusted, stamped, signed_at = "", False, False, False, False, one.self_reported_timestamp
    try:
        status = validate_pdf_signature(one, signer_validation_context=_context(signed_at), diff_policy=ONLY_SIGNATURES)
        holds, trusted = status.intact and status.valid, status.trusted
        whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE and status.modification_level in (None, *HARMLESS[:1])
        whole = whole or (
            status.coverage is SignatureCoverageLevel.ENTIRE_REVISION
            and status.modification_level in HARMLESS
            and bool(status.docmdp_ok)
        )
        if status.timestamp_validity is not None and status.timestamp_validity.valid:
            stamped, signed_at = True, status.timestamp_validity.timestamp
    except (SignatureValidationError, PdfError, ValueError) as error:
        problem = str(error)
    revoked = _revoked(certificate)
    validity = certificate["tbs_certificate"]["validity"]
    return Signature(
        name=certificate_name(certificate),
        issuer=str(certificate.issuer.native.get("common_name") or certificate.issuer.human_friendly),
        fingerprint=fingerprint(certificate),
        signed_at=signed_at,
        reason=str(one.sig_object.get("/Reason", "")),
        holds=holds,
        whole=whole,
        trusted=trusted and not _had_ended(revoked, signed_at),
        demonstration=DEMONSTRATION in certificate.subject.human_friendly,
        valid_then=signed_at is not None
        and validity["not_before"].native <= signed_at <= validity["not_after"].native
        and not _had_ended(revoked, signed_at),
        revoked_on=revoked.date() if revoked else None,
        stamped=stamped,
        problem=problem,
    )


def _had_ended(revoked: datetime | None, at: datetime | None) -> bool:
    return revoked is not None and (at is None or revoked <= at)


def _revoked(certificate: x509.Certificate) -> datetime | None:
    """Return since when a certificate has been revoked, by the lists of its issuer in the folder of keys."""
    for file in sorted(Path(settings.SIGNING_DIR).glob("crls/*")):
        raw = file.read_bytes()
        known = crl.CertificateList.load(pem.unarmor(raw)[2] if pem.detect(raw) else raw)
        if known.issuer != certificate.issuer:
            continue
        for entry in known["tbs_cert_list"]["revoked_certificates"]:
            if entry["user_certificate"].native == certificate.serial_number:
                found: datetime = entry["revocation_date"].native
                return found
    return None


def _context(at: datetime | None) -> ValidationContext:
    """A certificate is held against its own time: one that has ended since was good for what it signed before."""
    return ValidationContext(trust_roots=_roots(), allow_fetching=False, moment=at)


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
