"""Electronic signatures (PAdES): who holds which key, and a seal that shows whether anything was changed since.

A signatory's key lies in the folder of keys under their user name: `<user>.p12` (PKCS#12) with `<user>.passphrase`, or
`<user>.token.yaml`, which says how a PKCS#11 token is reached: `module`, `token`, `certificate`, and `pin_file`. Nothing of it
is in the database.
"""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from django.conf import settings
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gandan.ground.ledger.rules import Refused, gettext_noop

FIELD = "ChuKy"
HASH = "sha256"
NOTHING_DRAWN = StaticStampStyle(border_width=0)  # the words of the seal are the layout's own
DEMONSTRATION = "CHỨNG THƯ TRÌNH DIỄN, KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"


class NoKey(Refused):
    """Nobody can sign without a key."""


class KeyUnusable(Refused):
    """There is a key, but it can't be used: the passphrase doesn't open it, or its certificate has ended."""


@dataclass(frozen=True)
class Box:
    """Where the signature field lies on its page, in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


class HeldKey(signers.Signer):
    """Signs with a key that was opened once for many papers."""

    def __init__(self, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, certificate: bytes, others: list[bytes]) -> None:
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        chain.register_multiple(asn1_x509.Certificate.load(other) for other in others)
        given: dict[str, Any] = {"signing_cert": asn1_x509.Certificate.load(certificate)}
        given["cert_registry"] = chain
        super().__init__(**given)
        self.key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if isinstance(self.key, rsa.RSAPrivateKey):
            size = self.key.key_size // 8
            return bytes(size) if dry_run else self.key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return bytes(140) if dry_run else self.key.sign(data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True)
class Signatory:
    """A key in the hand of one person, ready to sign."""

    name: str  # as the certificate names them
    signer: signers.Signer

    def sign(self, pdf: bytes, box: Box, *, reason: str, place: str) -> bytes:
        """Return the paper sealed: any later change breaks it."""
        metadata = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm=HASH, subfilter=SigSeedSubFilter.PADES, reason=reason, location=place,
            certify=True, docmdp_permissions=MDPPerm.NO_CHANGES,
        )  # fmt: skip
        field = SigFieldSpec(FIELD, on_page=box.page, box=(int(box.left), int(box.bottom), int(box.right), int(box.top)))
        sealer = signers.PdfSigner(metadata, signer=self.signer, stamp_style=NOTHING_DRAWN, new_field_spec=field)
        sealed: io.BytesIO = sealer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        return sealed.getvalue()


def has_key(username: str) -> bool:
    """Say whether a person has a key here, without opening it."""
    folder = Path(settings.SIGNING_DIR)
    return (folder / f"{username}.p12").is_file() or (folder / f"{username}.token.yaml").is_file()


@contextmanager
def signatory(username: str, at: datetime) -> Iterator[Signatory]:
    """Open the key of a person, for as long as the block lasts.

    :raises NoKey: if they have none
    :raises KeyUnusable: if it can't be opened, or its certificate isn't valid at that moment
    """
    folder = Path(settings.SIGNING_DIR)
    file, token = folder / f"{username}.p12", folder / f"{username}.token.yaml"
    if file.is_file():
        yield _checked(_from_file(file, folder / f"{username}.passphrase"), at)
    elif token.is_file():
        with _from_token(yaml.safe_load(token.read_text(encoding="utf-8"))) as held:
            yield _checked(held, at)
    else:
        raise NoKey(gettext_noop("Chưa có khoá ký số của {user} trên máy chủ này. Xin liên hệ người quản trị."), user=username)


def _from_file(file: Path, passphrase: Path) -> Signatory:
    secret = passphrase.read_bytes().strip() if passphrase.is_file() else None
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(file.read_bytes(), secret)
    except ValueError as error:
        raise KeyUnusable(gettext_noop("Mật khẩu không mở được khoá ký số. Xin liên hệ người quản trị.")) from error
    if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyUnusable(gettext_noop("Tệp khoá ký số thiếu khoá hoặc chứng thư. Xin liên hệ người quản trị."))
    held = HeldKey(key, certificate.public_bytes(Encoding.DER), [other.public_bytes(Encoding.DER) for other in others])
    return Signatory(certificate_name(held.signing_cert), held)


@contextmanager
def _from_token(said: dict[str, Any]) -> Iterator[Signatory]:
    pin = Path(said["pin_file"]).read_text(encoding="utf-8").strip() if "pin_file" in said else None
    with open_pkcs11_session(said["module"], token_criteria=TokenCriteria(label=said["token"]), user_pin=pin) as session:
        held = PKCS11Signer(session, cert_label=said["certificate"], key_label=said.get("key", said["certificate"]))
        yield Signatory(certificate_name(held.signing_cert), held)


def _checked(held: Signatory, at: datetime) -> Signatory:
    assert held.signer.signing_cert is not None
    validity = held.signer.signing_cert["tbs_certificate"]["validity"]
    if not validity["not_before"].native <= at.astimezone(UTC) <= validity["not_after"].native:
        raise KeyUnusable(
            gettext_noop("Chứng thư của {name} chỉ có hiệu lực đến {day}."),
            name=held.name,
            day=f"{validity['not_after'].native:%d/%m/%Y}",
        )
    return held


def certificate_name(certificate: Any) -> str:
    """Return the name in a certificate, as people read it."""
    named = certificate.subject.native
    return str(named.get("common_name") or certificate.subject.human_friendly)


def fingerprint(certificate: Any) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()
