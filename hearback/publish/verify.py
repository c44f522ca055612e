"""Checking releases against their manifests, signatures and one another, without a database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hearback.publish.frozen import (
    MANIFEST,
    SIGNATURE,
    Manifest,
    ReleaseDamaged,
    content_hash,
    sha256,
    understand_manifest,
)
from hearback.publish.keys import SIGNATURE_BYTES, signed_by
from hearback.publish.sources import NotThere, Source

MOST_OF_A_MANIFEST = 256 * 1024**2  # bytes
BESIDE = frozenset({MANIFEST, SIGNATURE, "index.html"})
"""What lies in the folder of a release and is not in its manifest; a page only where a site was exported."""

VALID = "valid"
NOT_SIGNED = "not_signed"
NOT_CHECKED = "not_checked"
WRONG = "wrong"


@dataclass(frozen=True)
class Verdict:
    """What a check of a release found; no problems means every byte is what was released.

    `signature` is valid, wrong, not_signed, or not_checked where there is one and no key to hold it against.
    `vouched_by` is the number of a later, validly signed release whose chain leads to this one.
    `not_linked_to` is the number of the release before where that is nowhere to be found: the link was not
    looked at.
    """

    number: int
    manifest_sha256: str
    files_checked: int
    signature: str
    problems: tuple[str, ...]
    vouched_by: int | None = None
    not_linked_to: int | None = None


@dataclass(frozen=True)
class _Read:
    source: Source
    manifest: Manifest
    sha256: str
    signature: str


def verify(sources: Sequence[Source], keys: Sequence[Ed25519PublicKey] = ()) -> list[Verdict]:
    """Hold every file of some releases against its manifest, the manifest against its signature and chain.

    A release that is not signed is as good as a later one that is, where the chain leads from that to it.

    Args:
        sources: the releases, in any order; where the release before one lies beside it, the link is checked.
        keys: the public keys, any of which may have signed; none leaves signatures unchecked, and says so.

    Raises:
        ReleaseDamaged: if a release has no manifest that can be read.
    """
    found = sorted((_read(source, keys) for source in sources), key=lambda one: one.manifest.number)
    by_number = {one.manifest.number: one for one in found}
    vouched = _vouched(found, by_number)
    verdicts = []
    for one in found:
        number = one.manifest.number
        verdict = Verdict(number, one.sha256, len(one.manifest.files), one.signature, (), vouched.get(number))
        before = _manifest_before(one, by_number)
        twice = by_number[number] is not one
        problems = [
            *([f"release {number} is here twice"] if twice else []),
            *_name_problems(one),
            *_signature_problems(one, verdict.vouched_by, bool(keys)),
            *_chain_problems(one, before, any(other < number - 1 for other in by_number)),
            *_file_problems(one),
        ]
        apart = None if before else one.manifest.previous
        verdicts.append(replace(verdict, problems=tuple(problems), not_linked_to=apart))
    return verdicts


def _read(source: Source, keys: Sequence[Ed25519PublicKey]) -> _Read:
    try:
        body = source.read(MANIFEST, MOST_OF_A_MANIFEST)
    except NotThere as problem:
        raise ReleaseDamaged(f"{source.name or 'it'} has no {MANIFEST} to read: {problem}") from problem
    if len(body) > MOST_OF_A_MANIFEST:
        raise ReleaseDamaged(f"{MANIFEST} of {source.name} is larger than any manifest")
    manifest = understand_manifest(body, f"{MANIFEST} of {source.name or 'what is there'}")
    return _Read(source, manifest, sha256(body), _signature(source, body, keys))


def _signature(source: Source, manifest: bytes, keys: Sequence[Ed25519PublicKey]) -> str:
    try:
        signature = source.read(SIGNATURE, SIGNATURE_BYTES)
    except NotThere:
        return NOT_SIGNED
    if not keys:
        return NOT_CHECKED
    return VALID if signed_by(list(keys), signature, manifest) else WRONG


def _signature_problems(one: _Read, vouched_by: int | None, keys: bool) -> list[str]:
    number = one.manifest.number
    if one.signature == WRONG:
        return [f"{SIGNATURE} of release {number} is not a signature of its manifest by this key"]
    if one.signature == NOT_SIGNED and keys and vouched_by is None:
        return [f"release {number} is not signed, and no signed release after it leads to it"]
    return []


def _vouched(found: Sequence[_Read], by_number: dict[int, _Read]) -> dict[int, int]:
    """Walk the chain back from every validly signed release, as long as each link fits."""
    vouched: dict[int, int] = {}
    for signed in (one for one in found if one.signature == VALID):
        one = signed
        while (before := by_number.get(one.manifest.previous or 0)) is not None:
            if before.sha256 != one.manifest.previous_manifest_sha256 or before is one:
                break
            vouched.setdefault(before.manifest.number, signed.manifest.number)
            if before.signature == VALID:
                break
            one = before
    return vouched


def _name_problems(one: _Read) -> list[str]:
    name = one.source.name
    if name.isdecimal() and int(name) != one.manifest.number:
        return [f"{name} holds release {one.manifest.number}: releases were renamed or swapped"]
    return []


def _manifest_before(one: _Read, by_number: dict[int, _Read]) -> str | None:
    """Give the hash of the manifest of the release before, if it is among the others or lies beside."""
    previous = one.manifest.previous
    if previous is None:
        return None
    if previous in by_number:
        return by_number[previous].sha256
    try:
        return sha256(one.source.beside(str(previous)).read(MANIFEST, MOST_OF_A_MANIFEST))
    except NotThere:
        return None


def _chain_problems(one: _Read, before: str | None, has_earlier: bool) -> list[str]:
    number, previous = one.manifest.number, one.manifest.previous
    if previous is None:
        return [] if number == 1 else [f"release {number} does not say which release it follows"]
    if previous != number - 1:
        return [f"release {number} says that it follows release {previous}"]
    if before is None:
        apart = f"release {previous} is not here, so nothing ties release {number} to those before it"
        return [apart] if has_earlier else []
    fits = before == one.manifest.previous_manifest_sha256
    return [] if fits else [f"release {previous} is not the one that release {number} follows"]


def _file_problems(one: _Read) -> list[str]:
    problems = []
    for file in one.manifest.files:
        try:
            body = one.source.read(file.path, file.bytes)
        except NotThere as problem:
            problems.append(f"{file.path} cannot be read: {problem}")
            continue
        if sha256(body) != file.sha256:
            problems.append(f"{file.path} is not what was released")
    if content_hash(one.manifest.files) != one.manifest.content_sha256:
        problems.append("the content hash of the manifest does not fit its list of files")
    there = one.source.paths()
    if there is not None:
        named = {file.path for file in one.manifest.files} | BESIDE
        problems += [f"{path} is not in the manifest" for path in sorted(set(there) - named)]
    return problems
