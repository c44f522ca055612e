"""The key that signs releases (Ed25519, RFC 8032), and checking what it signed. Plain Python, no database."""

import base64
import binascii

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_public_key,
)

SEED_BYTES = 32
SIGNATURE_BYTES = 64


class KeyNotValid(ValueError):
    """A key cannot be read; the message says what is wrong and what to write, never the key."""


class SigningKey:
    """A private key, kept secret; its public half is for everybody."""

    def __init__(self, text: str) -> None:
        """Read a key from the base64 of its 32 bytes.

        Raises:
            KeyNotValid: if it is not that.
        """
        try:
            seed = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as problem:
            raise KeyNotValid(f"write the base64 of {SEED_BYTES} bytes") from problem
        if len(seed) != SEED_BYTES:
            raise KeyNotValid(f"write the base64 of {SEED_BYTES} bytes; this is {len(seed)}")
        self._key = Ed25519PrivateKey.from_private_bytes(seed)

    def __repr__(self) -> str:
        return "SigningKey(…)"

    @property
    def public(self) -> str:
        """Give the public half as PEM text."""
        return pem(self._key.public_key())

    def sign(self, body: bytes) -> bytes:
        """Sign some bytes; the same bytes always give the same 64."""
        return self._key.sign(body)


def pem(key: Ed25519PublicKey) -> str:
    """Write a public key as PEM, as `openssl` reads it."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def read_public(text: str) -> Ed25519PublicKey:
    """Read a public key from PEM text.

    Raises:
        KeyNotValid: if there is none, or it is of another kind.
    """
    try:
        found = load_pem_public_key(text.encode())
    except ValueError as problem:
        raise KeyNotValid("there is no public key in PEM, as -----BEGIN PUBLIC KEY-----") from problem
    if not isinstance(found, Ed25519PublicKey):
        raise KeyNotValid("it is a key of another kind; releases are signed with Ed25519")
    return found


def signed_by(keys: list[Ed25519PublicKey], signature: bytes, body: bytes) -> bool:
    """Say whether any of the keys signed these bytes."""
    for key in keys:
        try:
            key.verify(signature, body)
        except InvalidSignature:
            continue
        return True
    return False
