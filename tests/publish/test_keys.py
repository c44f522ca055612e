"""Keys and signatures: against RFC 8032, and against OpenSSL."""

import base64
import shutil
import subprocess
from pathlib import Path

import pytest

from hearback.publish.keys import KeyNotValid, SigningKey, read_public, signed_by

# RFC 8032, section 7.1, TEST 2: secret key, public key, message, signature.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
MESSAGE = bytes.fromhex("72")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
KEY = SigningKey(base64.b64encode(SEED).decode())


def test_the_example_of_the_standard_is_signed_as_the_standard_says() -> None:
    assert KEY.sign(MESSAGE) == SIGNATURE
    assert read_public(KEY.public).public_bytes_raw() == PUBLIC


def test_a_signature_is_of_these_bytes_by_this_key_alone() -> None:
    own, other = read_public(KEY.public), read_public(SigningKey(base64.b64encode(bytes(32)).decode()).public)
    assert signed_by([other, own], SIGNATURE, MESSAGE)
    assert not signed_by([other], SIGNATURE, MESSAGE)
    assert not signed_by([own], SIGNATURE, MESSAGE + b"x")
    assert not signed_by([own], SIGNATURE[:-1], MESSAGE)
    assert not signed_by([], SIGNATURE, MESSAGE)


@pytest.mark.parametrize("text", ["", "short", base64.b64encode(bytes(31)).decode(), "ä" * 44])
def test_a_key_that_is_none_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(KeyNotValid) as refused:
        SigningKey(text)
    assert "base64 of 32 bytes" in str(refused.value)
    assert not text or text not in str(refused.value)


def test_the_secret_half_is_not_printed() -> None:
    assert base64.b64encode(SEED).decode() not in repr(KEY)


def test_a_public_key_of_another_kind_is_refused() -> None:
    rsa = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9
q9UU8I5mEovUf86QZ7kOBIjJwqnzD1omageEHWwHdBO6B+dFabmdT9POxg==
-----END PUBLIC KEY-----
"""
    with pytest.raises(KeyNotValid, match="another kind"):
        read_public(rsa)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here")
def test_openssl_checks_a_signature(tmp_path: Path) -> None:
    (tmp_path / "key.pem").write_text(KEY.public, encoding="ascii")
    (tmp_path / "manifest.json").write_bytes(b"{}\n")
    (tmp_path / "manifest.sig").write_bytes(KEY.sign(b"{}\n"))
    command = "pkeyutl -verify -pubin -inkey key.pem -rawin -in manifest.json -sigfile manifest.sig"
    checked = subprocess.run(
        ["openssl", *command.split()], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout.strip()) == (0, "Signature Verified Successfully"), (
        checked.stderr
    )
    (tmp_path / "manifest.json").write_bytes(b"{ }\n")
    checked = subprocess.run(["openssl", *command.split()], cwd=tmp_path, capture_output=True, check=False)
    assert checked.returncode == 1
