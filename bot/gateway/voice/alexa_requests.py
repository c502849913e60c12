"""Proves that a request was sent by Alexa, just now, for this skill: certificate chain, signature, time, skill."""

import base64
import binascii
import contextlib
import logging
import posixpath
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import certifi
import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.utils import CryptographyDeprecationWarning
from cryptography.x509 import Certificate, DNSName, load_pem_x509_certificate, load_pem_x509_certificates
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from bot.gateway.bodies import Document, object_of
from bot.gateway.problems import ProblemError

log = logging.getLogger(__name__)

SIGNER = "echo-api.amazon.com"
CERTIFICATE_HOST = "s3.amazonaws.com"
CERTIFICATE_PATH = "/echo.api/"
TOLERANCE = 150
CACHED = timedelta(hours=24)
MOST_CHAINS = 8
LARGEST_CHAIN = 64 * 1024
FETCH_SECONDS = 1.5
PLAIN = re.compile(r"[\x21-\x5b\x5d-\x7e]{1,500}")
BLOCK = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
Chain = Sequence[Certificate]


def refuse(detail: str) -> NoReturn:
    """ProblemError (400), as Amazon asks for whatever cannot be proved."""
    raise ProblemError(400, "not-from-alexa", detail)


class Certificates:
    """Fetches the chains that requests name, and keeps each for a day at most."""

    def __init__(self, http: httpx.AsyncClient, clock: Callable[[], datetime]) -> None:
        self._http = http
        self._clock = clock
        self._kept: dict[str, tuple[Chain, datetime]] = {}

    async def chain(self, address: str) -> Chain:
        """The chain at an address that has passed `check_address`."""
        now = self._clock()
        kept = self._kept.get(address)
        if kept and now - kept[1] < CACHED:
            return kept[0]
        chain = await self._fetched(address)
        while len(self._kept) >= MOST_CHAINS:
            self._kept.pop(next(iter(self._kept)))
        self._kept[address] = (chain, now)
        return chain

    def forget(self, address: str) -> None:
        """Do not keep a chain that proved nothing."""
        self._kept.pop(address, None)

    async def _fetched(self, address: str) -> Chain:
        content = bytearray()
        try:
            async with self._http.stream("GET", address, timeout=FETCH_SECONDS, follow_redirects=False) as answer:
                if answer.status_code != httpx.codes.OK:
                    refuse("there is no certificate at that address")
                async for part in answer.aiter_bytes():
                    content += part
                    if len(content) > LARGEST_CHAIN:
                        refuse("that is no certificate chain")
        except httpx.HTTPError as error:
            raise ProblemError(503, "no-certificate", "Amazon's certificate cannot be fetched just now") from error
        return read_chain(bytes(content))


class ChainOfFile:
    """A chain from a file in place of Amazon's, whatever address a request names."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    async def chain(self, _address: str) -> Chain:
        """The chain of the file."""
        return self._chain

    def forget(self, _address: str) -> None:
        """The file stays what it is."""


class AlexaRequests:
    """Judges requests; `roots` are trusted, `source` gives the chains."""

    def __init__(
        self,
        *,
        application: str,
        source: Certificates | ChainOfFile,
        roots: Callable[[], Chain],
        clock: Callable[[], datetime],
    ) -> None:
        self.application = application
        self._source = source
        self._roots = roots
        self._clock = clock
        self._store: Store | None = None

    async def proved(self, headers: Mapping[str, str], body: bytes) -> Document:
        """The document of a request; ProblemError (400) where anything about it is not as Alexa does it."""
        address = headers.get("signaturecertchainurl", "")
        check_address(address)
        signature = _decoded(headers.get("signature-256", ""))
        chain = await self._source.chain(address)
        try:
            self._check_chain(chain)
        except ProblemError:
            self._source.forget(address)
            raise
        _check_signature(chain[0], signature, body)
        document = object_of(body)
        self._check_time(document)
        self._check_application(document)
        return document

    def _check_chain(self, chain: Chain) -> None:
        self._store = self._store or Store(list(self._roots()))
        policy = PolicyBuilder().store(self._store).time(self._clock())
        try:
            policy.build_server_verifier(DNSName(SIGNER)).verify(chain[0], list(chain[1:]))
        except VerificationError as error:
            log.warning("an Alexa certificate was refused: %s", error)
            refuse("that certificate proves nothing")

    def _check_time(self, document: Document) -> None:
        stamp = part(document, "request").get("timestamp")
        try:
            sent = datetime.fromisoformat(str(stamp))
            age = abs((self._clock() - sent).total_seconds())
        except (ValueError, TypeError):
            refuse("the request has no timestamp")
        if age > TOLERANCE:
            refuse("the request is too old or from the future")

    def _check_application(self, document: Document) -> None:
        system = part(part(document, "context"), "System")
        named = [part(part(document, "session"), "application"), part(system, "application")]
        ids = {str(each["applicationId"]) for each in named if each.get("applicationId")}
        if ids != {self.application}:
            refuse("the request is for another skill")


def check_address(address: str) -> None:
    """Refuse where a certificate may not lie, by Amazon's rules for SignatureCertChainUrl."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        refuse("the certificate's address cannot be read")
    path = posixpath.normpath(unquote(parts.path))
    allowed = (
        PLAIN.fullmatch(address)
        and parts.scheme.lower() == "https"
        and parts.username is None
        and (parts.hostname or "").lower() == CERTIFICATE_HOST
        and port in (None, 443)
        and path.startswith(CERTIFICATE_PATH)
    )
    if not allowed:
        refuse("the certificate does not lie where Amazon's do")


def read_chain(content: bytes) -> Chain:
    """The certificates of a PEM file, in its order."""
    try:
        return load_pem_x509_certificates(content)
    except ValueError:
        refuse("that is no certificate chain")


def part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A nested object; an empty one where there is none."""
    value = document.get(name)
    return value if isinstance(value, Mapping) else {}


def known_roots() -> Chain:
    """The authorities browsers trust, without those whose certificates break the rules."""
    known = []
    with warnings.catch_warnings():
        warnings.simplefilter("error", CryptographyDeprecationWarning)
        for block in BLOCK.findall(Path(certifi.where()).read_bytes()):
            with contextlib.suppress(ValueError, CryptographyDeprecationWarning):
                known.append(load_pem_x509_certificate(block))
    return known


def _decoded(signature: str) -> bytes:
    try:
        return base64.b64decode(signature.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        refuse("the signature cannot be read")


def _check_signature(leaf: Certificate, signature: bytes, body: bytes) -> None:
    key = leaf.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        refuse("that certificate proves nothing")
    try:
        key.verify(signature, body, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        refuse("the signature does not fit the request")
