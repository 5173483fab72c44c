"""A key made by ourselves, for demonstrations: it says in its name that it is worth nothing."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.conf import settings

from gandan.ground.documents.signing import DEMONSTRATION

YEARS = timedelta(days=3 * 365)


def make_key(username: str, name: str, body: str, at: datetime) -> Path:
    """Make a key and a certificate for a person in the folder of keys, and return the file."""
    key = rsa.generate_private_key(65537, 2048)
    named = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name[:64]),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, body[:64]),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, DEMONSTRATION),
        ]
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    made = x509.CertificateBuilder().subject_name(named).issuer_name(named).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(at - timedelta(days=1)).not_valid_after(at + YEARS)
    certificate = made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    folder = Path(settings.SIGNING_DIR)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    passphrase = secrets.token_urlsafe(24).encode()
    file, secret = folder / f"{username}.p12", folder / f"{username}.passphrase"
    locked = serialization.BestAvailableEncryption(passphrase)
    file.write_bytes(pkcs12.serialize_key_and_certificates(username.encode(), key, certificate, None, locked))
    secret.write_bytes(passphrase)
    file.chmod(0o600)
    secret.chmod(0o600)
    return file
