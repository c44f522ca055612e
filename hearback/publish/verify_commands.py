"""`hearback publish verify`: holds releases against what was released, here or anywhere."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from hearback.publish.frozen import MANIFEST, ReleaseDamaged
from hearback.publish.keys import KeyNotValid, read_public
from hearback.publish.queries import release_folder, releases
from hearback.publish.sources import Address, Folder, Source
from hearback.publish.verify import NOT_CHECKED, NOT_SIGNED, VALID, WRONG, Verdict, verify
from hearback.ui.terminal import ExampleCommand, Refused, WrongUse, emit, json_option

SIGNATURES = {
    VALID: "signature valid",
    WRONG: "signature wrong",
    NOT_SIGNED: "not signed",
    NOT_CHECKED: "signature not checked: give --key",
}


@click.command(
    "verify", cls=ExampleCommand, example="hearback publish verify var/releases/0001 --key key.pem"
)
@click.argument("places", nargs=-1)
@click.option(
    "--key", "keys", multiple=True, type=click.File(), help="Public key that signed, in PEM; may be repeated."
)
@json_option
def verify_command(places: tuple[str, ...], keys: tuple[IO[str], ...], as_json: bool) -> None:
    """Hold releases against their manifests, signatures and chain; without PLACES, all releases here.

    PLACES are folders of releases, folders that hold several, or addresses, as https://example.gov/releases/3/.
    Nothing but the public key is needed: no home, and no network for folders. Exit code 1 where anything
    differs.
    """
    try:
        public = [read_public(file.read()) for file in keys]
        verdicts = verify(_sources(places), public) if places else _verify_all(public)
    except KeyNotValid as problem:
        raise WrongUse(f"--key cannot be used: {problem}.") from problem
    except ReleaseDamaged as problem:
        raise Refused(str(problem)) from problem
    lines = [line for verdict in verdicts for line in _told(verdict)]
    emit({"releases": [asdict(v) for v in verdicts]}, as_json=as_json, lines=lines or ["No release yet."])
    if any(v.problems for v in verdicts):
        raise click.exceptions.Exit(1)


def _told(verdict: Verdict) -> list[str]:
    signed = SIGNATURES[verdict.signature]
    if verdict.vouched_by is not None and verdict.signature == NOT_SIGNED:
        signed += f", vouched for by release {verdict.vouched_by}"
    if verdict.not_linked_to is not None:
        signed += f", the link to release {verdict.not_linked_to} not checked: it is not here"
    return [
        *(f"Release {verdict.number}: {problem}." for problem in verdict.problems),
        f"Release {verdict.number}: {verdict.files_checked} files checked, {len(verdict.problems)} problems, "
        f"{signed}. Manifest {verdict.manifest_sha256}.",
    ]


def _sources(places: Sequence[str]) -> list[Source]:
    found: list[Source] = []
    for place in places:
        if place.startswith(("https://", "http://")):
            found.append(Address(place if place.endswith("/") else place + "/"))
            continue
        folder = Path(place).resolve()
        if not folder.is_dir():
            raise WrongUse(f"{place} is neither a folder nor an address that begins with https://.")
        inside = sorted(one for one in folder.iterdir() if one.name.isdecimal() and one.is_dir())
        if (folder / MANIFEST).is_file() or not inside:
            inside = [folder]
        found += [Folder(one) for one in inside]
    return found


def _verify_all(keys: Sequence[Ed25519PublicKey]) -> list[Verdict]:
    """Check the releases of this home, with the keys that signed them here if no others are given."""
    known = {one.number: one for one in releases()}
    own = keys or [read_public(text) for text in sorted({one.public_key for one in known.values()} - {""})]
    found = []
    for verdict in verify([Folder(release_folder(number)) for number in known], own):
        made = known.get(verdict.number)
        swapped = made is None or verdict.manifest_sha256 != made.manifest_sha256
        problem = f"the manifest of release {verdict.number} is not the one that was released"
        more = (problem,) if swapped else ()
        found.append(replace(verdict, problems=(*verdict.problems, *more)))
    return found
