"""A certificate authority of our own: chains like Amazon's, right ones and wrong ones."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AMAZON = "echo-api.amazon.com"
Key = rsa.RSAPrivateKey


def new_key() -> Key:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Chain:
    """Leaf, intermediate and root, with the leaf's key."""

    certificates: list[x509.Certificate]
    key: Key

    @property
    def pem(self) -> bytes:
        return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in self.certificates)

    def sign(self, body: bytes) -> bytes:
        return self.key.sign(body, padding.PKCS1v15(), hashes.SHA256())


class Authority:
    """A root with an intermediate; `issue` makes the chain of a leaf."""

    def __init__(self) -> None:
        self.root_key, self.key = new_key(), new_key()
        self.root = _certificate("Test Root", "Test Root", self.root_key, self.root_key, is_authority=True)
        self.intermediate = _certificate("Test Between", "Test Root", self.key, self.root_key, is_authority=True)

    def issue(self, name: str = AMAZON, *, begins: int = -1, ends: int = 30, key: Key | None = None) -> Chain:
        """A leaf for `name`, valid from `begins` to `ends` days from now."""
        own = key or new_key()
        leaf = _certificate(name, "Test Between", own, self.key, begins=begins, ends=ends)
        return Chain([leaf, self.intermediate, self.root], own)


def _certificate(
    subject: str,
    issuer: str,
    own: Key,
    signer: Key,
    *,
    is_authority: bool = False,
    begins: int = -1,
    ends: int = 30,
) -> x509.Certificate:
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=begins))
        .not_valid_after(now + timedelta(days=ends))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=False,
                key_encipherment=not is_authority,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_authority,
                crl_sign=is_authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
    )
    if not is_authority:
        names = x509.SubjectAlternativeName([x509.DNSName(subject)])
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
        made = made.add_extension(names, critical=False).add_extension(usage, critical=False)
    return made.sign(signer, hashes.SHA256())
