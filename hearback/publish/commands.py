"""Commands of publish."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click
from django.conf import settings
from django.db import transaction

from hearback.measure.queries import noisy_groups
from hearback.publish import actions
from hearback.publish.cited import not_there
from hearback.publish.keys import SigningKey
from hearback.publish.making import (
    CannotPrepare,
    FewPeople,
    gather_current,
    hold_against_attack,
    prepare_current,
)
from hearback.publish.queries import (
    PreparedFact,
    prepared_folder,
    release,
    release_folder,
    releases,
    waiting,
    waiting_release,
    why_not_published,
)
from hearback.publish.site_commands import site_command
from hearback.publish.verify_commands import verify_command
from hearback.ui.numbers import count
from hearback.ui.terminal import (
    Refused,
    by_option,
    command,
    dry_run_option,
    emit,
    json_option,
    now,
)

T = TypeVar("T")
group = click.Group("publish", help="Releases and the public site.")


TOLD_EVERY = 500
MANIFEST_LETTERS = 8
"""How much of a manifest's hash names what one has looked at."""


def prepare(
    *, why: str, by: str, at: datetime, dry_run: bool = False, recounted: bool = False
) -> dict[str, Any]:
    """Freeze what is approved, for somebody else to publish; returns what was made, or what would be.

    Raises:
        Refused: if there is nothing to publish, scores are older than the answers they are made of, or `why`
            is empty.
    """
    if dry_run:
        with transaction.atomic():
            content = _or_refuse(lambda: gather_current(at))
            _or_refuse(lambda: hold_against_attack(content, recounted=recounted))
        counts = {name: len(getattr(content, name)) for name in content.__dataclass_fields__}
        return {"made": False, "would_freeze": counts, "not_there": [*not_there(content), *_left_out()]}
    made = _or_refuse(lambda: prepare_current(why=why, by=by, at=at, recounted=recounted, drawn=_tell))
    waits = waiting_release() if made else None
    return _prepared(made) | ({"not_there": [*not_there(waits), *_left_out()]} if waits else {})


def _left_out() -> list[str]:
    """Say how many tables with noise are left out because no budget is set."""
    n = len(noisy_groups(to_publish=True)) if settings.NOISE_BUDGET is None else 0
    return [f"HEARBACK_NOISE_BUDGET is not set, so {n} tables with noise are left out"] if n else []


def _tell(done: int, known: int) -> None:
    """Say every now and then how many charts are drawn; few are drawn at once."""
    if known > TOLD_EVERY and (done % TOLD_EVERY == 0 or done == known):
        click.echo(f"{count(done)} of {count(known)} charts drawn", err=True)


def approve(manifest: str, *, by: str, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Publish what waits, named by the first letters of its manifest's hash; returns the release.

    A trial says what would be published, or why it would be refused.

    Raises:
        Refused: if it does not wait, the same person prepared it, or there is no key to sign it with.
    """
    if not settings.SIGNING_KEY:
        raise Refused("There is no key to sign releases with: run `hearback init`, which makes one.")
    found = _named(manifest)
    if dry_run:
        reason = why_not_published(found.manifest_sha256, by)
        if reason:
            raise Refused(reason)
        return _prepared(found) | {"made": False}
    made = _or_refuse(
        lambda: actions.publish_prepared(
            found.manifest_sha256, SigningKey(settings.SIGNING_KEY), by=by, at=at
        )
    )
    return {
        "made": True,
        "number": made.number,
        "manifest_sha256": made.manifest_sha256,
        "content_sha256": made.content_sha256,
        "folder": str(release_folder(made.number)),
    }


def _prepared(made: PreparedFact | None) -> dict[str, Any]:
    if made is None:
        return {"made": False, "number": releases()[0].number}
    return {
        "made": True,
        "number": made.number,
        "manifest_sha256": made.manifest_sha256,
        "content_sha256": made.content_sha256,
        "folder": str(prepared_folder(made.manifest_sha256)),
    }


def _named(manifest: str) -> PreparedFact:
    found = waiting()
    if found is None:
        raise Refused("Nothing waits to be published: begin with `hearback publish prepare`.")
    if len(manifest) < MANIFEST_LETTERS or not found.manifest_sha256.startswith(manifest.lower()):
        raise Refused(
            f"{manifest} is not what waits: that is release {found.number} with the manifest "
            f"{found.manifest_sha256}. Look at it, then give {MANIFEST_LETTERS} or more letters of that hash."
        )
    return found


def _or_refuse(act: Callable[[], T]) -> T:
    try:
        return act()
    except FewPeople as problem:
        raise Refused(f"{problem} To say so: --recounted.") from problem
    except (actions.NotPublished, CannotPrepare) as problem:
        raise Refused(str(problem)) from problem


@command(
    group,
    "prepare",
    example="hearback publish prepare --by owner --why 'The figures of FY2021-Q3.'",
)
@click.option("--why", required=True, help="What changed and why; published with the release.")
@click.option("--again", type=click.IntRange(min=1), help="Put back what this earlier release showed.")
@click.option(
    "--recounted",
    is_flag=True,
    help="Differences of few people to the newest release are counts put right, not late answers.",
)
@json_option
@dry_run_option
@by_option
def prepare_command(
    why: str, again: int | None, recounted: bool, as_json: bool, dry_run: bool, by: str
) -> None:
    """Freeze what is approved, for somebody else to look at and publish.

    Makes nothing where nothing changed.
    """
    result: dict[str, Any]
    if again is not None and dry_run:
        found = release(again)
        if found is None:
            raise Refused(f"There is no release {again}.")
        result = {"made": False, "would_freeze": {"files": len(found.files)}}
    elif again is not None:
        result = _prepared(_or_refuse(lambda: actions.prepare_again(again, why=why, by=by, at=now())))
    else:
        result = prepare(why=why, by=by, at=now(), dry_run=dry_run, recounted=recounted)
    if dry_run:
        lines = ["Would freeze: " + ", ".join(f"{n} {name}" for name, n in result["would_freeze"].items())]
    elif result["made"]:
        short = result["manifest_sha256"][:MANIFEST_LETTERS]
        lines = [
            f"Release {result['number']} is prepared; manifest {result['manifest_sha256']}.",
            f"Somebody else looks at it under {settings.SITE_URL}/dashboard/releases/ and publishes it, "
            f"there or by `hearback publish approve {short} --by NAME`.",
        ]
    else:
        lines = [f"Nothing changed since release {result['number']}; nothing was prepared."]
    lines += [f"Mind: {told}." for told in result.get("not_there", ())]
    emit(result, as_json=as_json, lines=lines)


@command(group, "approve", example="hearback publish approve 1f3a9c27 --by reviewer")
@click.argument("manifest")
@json_option
@dry_run_option
@by_option
def approve_command(manifest: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Publish what waits, named by the first letters of MANIFEST's hash, and sign it.

    Whoever prepared it cannot.
    """
    result = approve(manifest, by=by, at=now(), dry_run=dry_run)
    done = "would be" if dry_run else "is"
    emit(
        result,
        as_json=as_json,
        lines=[f"Release {result['number']} {done} published; manifest {result['manifest_sha256']}."],
    )


@command(group, "withdraw", example="hearback publish withdraw 1f3a9c27 --why 'A figure is wrong.'")
@click.argument("manifest")
@click.option("--why", default="", help="Why; stays in the house.")
@json_option
@dry_run_option
@by_option
def withdraw_command(manifest: str, why: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Take back what waits, named by the first letters of MANIFEST's hash."""
    found = _named(manifest)
    if not dry_run:
        found = _or_refuse(lambda: actions.withdraw_prepared(found.manifest_sha256, why, by=by, at=now()))
    done = "would be" if dry_run else "is"
    emit(
        {"number": found.number, "manifest_sha256": found.manifest_sha256, "state": found.state},
        as_json=as_json,
        lines=[f"Release {found.number} {done} withdrawn; what the public sees does not change."],
    )


@command(group, "key", example="hearback publish key > key.pem")
@json_option
def key_command(as_json: bool) -> None:
    """Print the public key that checks the signatures of releases made here."""
    if not settings.SIGNING_KEY:
        raise Refused("There is no key to sign releases with: run `hearback init`, which makes one.")
    public = SigningKey(settings.SIGNING_KEY).public
    emit({"public_key": public}, as_json=as_json, lines=[public.rstrip()])


@command(group, "releases", example="hearback publish releases --json")
@json_option
def releases_command(as_json: bool) -> None:
    """List all releases, newest first."""
    rows = [
        {
            "number": r.number,
            "created_at": r.created_at.isoformat(),
            "approved_at": r.approved_at and r.approved_at.isoformat(),
            "signed": bool(r.public_key),
            "manifest_sha256": r.manifest_sha256,
        }
        for r in releases()
    ]
    emit(
        {"releases": rows},
        as_json=as_json,
        lines=[f"{r['number']:>4}  {r['created_at']}  {r['manifest_sha256']}" for r in rows]
        or ["No release yet."],
    )


group.add_command(verify_command)
group.add_command(site_command)
