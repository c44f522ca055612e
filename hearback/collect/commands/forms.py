"""`hearback collect form`: make a form, change what it asks, open and close it, read its responses."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import msgspec
from django.db import transaction

from hearback.collect.actions import forms as actions
from hearback.collect.actions.retention import MOST_DAYS, keep_responses
from hearback.collect.commands.groups import form_group
from hearback.collect.instruments import files
from hearback.collect.instruments.checking import completeness, faults
from hearback.collect.instruments.differences import Difference, differences
from hearback.collect.instruments.formats import FileNotRead, Read, keep_what_is_not_said, read_any
from hearback.collect.instruments.life import MoveNotAllowed
from hearback.collect.instruments.outdated import Outdated
from hearback.collect.queries import FormFact, VersionFact, form, forms, intake_store, responses
from hearback.collect.starts import start, start_names
from hearback.ui.losses import as_lines, as_payload, quoted
from hearback.ui.terminal import Refused, by_option, command, dry_run_option, emit, json_option, now

READABLE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
OUTCOMES = {
    "submit": "is in review",
    "return": "is a draft again",
    "publish": "is published",
    "close": "is closed",
    "reopen": "is open again",
    "archive": "is archived",
}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (actions.FormNotThere, actions.FormKeyTaken, MoveNotAllowed) as problem:
        raise Refused(f"{problem}.") from problem
    except FileNotRead as problem:
        raise Refused(f"The file cannot be read: {problem}.") from problem
    except files.InstrumentNotValid as problem:
        raise Refused("\n".join(f"{one.where}: {one.message}" for one in problem.faults)) from problem


@command(form_group, "new", example="hearback collect form new passports --service passports --provider bca")
@click.argument("key")
@click.option(
    "--from",
    "begin",
    default="thumbs",
    show_default=True,
    help="Ready-made instrument, or a file as `edit` reads it.",
)
@click.option("--service", required=True, help="Key of the service that people are asked about.")
@click.option("--provider", required=True, help="Key of the provider that gives it.")
@json_option
@dry_run_option
@by_option
def new_command(
    key: str, begin: str, service: str, provider: str, as_json: bool, dry_run: bool, by: str
) -> None:
    """Make a form whose address is /done/KEY, with a first draft."""
    with _refusals(), transaction.atomic():
        found = _start(begin)
        actions.create_form(key, found.instrument, service=service, provider=provider, by=by, at=now())
        transaction.set_rollback(dry_run)
    line = f"Form {key} has a first draft; next: `hearback collect form move {key} submit`."
    report = {"form": key, "version": 1, **as_payload(found.losses), "dry_run": dry_run}
    emit(report, as_json=as_json, lines=[line, *as_lines(found.losses)])


def _start(name: str) -> Read:
    if name in start_names():
        return Read(start(name))
    if not Path(name).is_file():
        raise Refused(f"{name} is no file and none of {', '.join(start_names())}.")
    return read_any(Path(name).read_bytes())


@command(form_group, "list", example="hearback collect form list --json")
@json_option
def list_command(as_json: bool) -> None:
    """List forms, how far they are, and how many responses they have."""
    with intake_store() as store:
        rows = [{**_summary(one), "responses": store.count(one.key)} for one in forms()]
    lines = [
        f"{r['key']:<30} {r['state']:<10} version {r['version']}  {r['responses']:>9,} responses"
        for r in rows
    ]
    emit({"forms": rows}, as_json=as_json, lines=lines or ["There is no form yet."])


def _summary(one: FormFact) -> dict[str, Any]:
    return {
        "key": one.key,
        "service": one.service_key,
        "provider": one.provider_key,
        "state": one.state,
        "version": one.newest.number,
        "languages": {
            name: round(completeness(one.newest.instrument, name).share, 3)
            for name in one.newest.instrument.languages
        },
    }


@command(form_group, "show", example="hearback collect form show passports > passports.yaml")
@click.argument("key")
@click.option("--version", "number", type=int, help="Another version than the newest.")
@json_option
def show_command(key: str, number: int | None, as_json: bool) -> None:
    """Print what a form asks, as YAML that `edit` reads."""
    version = version_of(key, number)
    emit(
        {"form": key, "version": version.number, "state": version.state,
         "question_versions": version.question_versions,
         "instrument": msgspec.to_builtins(version.instrument),
         "faults": [f"{one.where}: {one.message}" for one in faults(version.instrument)],
         "outdated": version.outdated},
        as_json=as_json,
        lines=[files.write_yaml(version.instrument).rstrip("\n")],
    )  # fmt: skip


def version_of(key: str, number: int | None) -> VersionFact:
    found = form(key)
    if found is None:
        raise Refused(f"There is no form {key!r}; `hearback collect form list` names them.")
    if number is None:
        return found.newest
    for one in found.versions:
        if one.number == number:
            return one
    raise Refused(f"Form {key} has no version {number}; it has 1 to {found.newest.number}.")


@command(form_group, "edit", example="hearback collect form edit passports passports.yaml --dry-run")
@click.argument("key")
@click.argument("file", type=READABLE)
@json_option
@dry_run_option
@by_option
def edit_command(key: str, file: Path, as_json: bool, dry_run: bool, by: str) -> None:
    """Make what FILE says the draft of a form, and list what still keeps it from being published.

    FILE is YAML, or of a format that `export` writes; what it says that a form cannot is listed, too. Of what
    a file of another program says nothing, such as the clearance, the draft keeps what it has.
    """
    with _refusals(), transaction.atomic():
        before = version_of(key, None).instrument
        read = keep_what_is_not_said(read_any(file.read_bytes()), before)
        version = actions.save_draft(key, read.instrument, by=by, at=now())
        transaction.set_rollback(dry_run)
    found = [f"{one.where}: {one.message}" for one in faults(read.instrument)]
    changed = [_difference(one) for one in differences(before, read.instrument)]
    report = {"form": key, "version": version.number, "faults": found, "outdated": version.outdated}
    report |= {"changes": changed, **as_payload(read.losses)}
    lines = [f"Version {version.number} of {key} is a draft."]
    if dry_run:
        lines = [
            f"Version {version.number} of {key} would be a draft.",
            *(changed or ["Nothing would change."]),
        ]
    lines += [*found, *_older(version.outdated), *as_lines(read.losses)]
    emit({**report, "dry_run": dry_run}, as_json=as_json, lines=lines)


@command(form_group, "move", example="hearback collect form move passports submit")
@click.argument("key")
@click.argument("move", type=click.Choice(list(OUTCOMES)))
@click.option("--note", default="", help="Why, for the history.")
@json_option
@dry_run_option
@by_option
def move_command(key: str, move: str, note: str, as_json: bool, dry_run: bool, by: str) -> None:
    """Submit, return or publish the newest version; close, reopen or archive the form."""
    with _refusals(), transaction.atomic():
        _moved(key, move, note, by)
        transaction.set_rollback(dry_run)
    outdated = version_of(key, None).outdated if move in {"submit", "publish"} else {}
    lines = [f"{'Would be done' if dry_run else 'Done'}: {key} {OUTCOMES[move]}.", *_older(outdated)]
    emit({"form": key, "move": move, "outdated": outdated, "dry_run": dry_run}, as_json=as_json, lines=lines)


def _difference(one: Difference) -> str:
    place = f"{one.where} ({one.language})" if one.language else one.where
    return f"{place}: {quoted(one.before)} becomes {quoted(one.after)}"


def _older(outdated: Outdated) -> list[str]:
    """Warn of translations whose original has changed since."""
    return [
        f"{language}: the originals of {len(marked)} of its texts have changed since: {', '.join(marked)}"
        for language, marked in outdated.items()
    ]


def _moved(key: str, move: str, note: str, by: str) -> None:
    whole = {"close": actions.close_form, "reopen": actions.reopen_form, "archive": actions.archive_form}
    if move in whole:
        whole[move](key, by=by, at=now())
    else:
        actions.move_version(key, move, by=by, at=now(), note=note)


@command(form_group, "responses", example="hearback collect form responses passports --after 120 --json")
@click.argument("key")
@click.option("--after", default=0, show_default=True, help="Only responses with a higher number.")
@json_option
def responses_command(key: str, after: int, as_json: bool) -> None:
    """Print the responses to a form, as they are stored: masked."""
    version_of(key, None)
    rows = [
        {"number": one.number, **msgspec.to_builtins(one.response),
         "answers": msgspec.json.decode(one.response.answers)}
        for one in responses(key, after=after)
    ]  # fmt: skip
    lines = [msgspec.json.encode(row).decode() for row in rows]
    emit({"form": key, "responses": rows}, as_json=as_json, lines=lines or ["No response yet."])


@command(form_group, "keep", example="hearback collect form keep passports --days 1095")
@click.argument("key")
@click.option(
    "--days", type=click.IntRange(1, MOST_DAYS), help="Days responses are kept; without it, no limit."
)
@json_option
@dry_run_option
@by_option
def keep_command(key: str, days: int | None, as_json: bool, dry_run: bool, by: str) -> None:
    """Say how long responses to a form are kept; `hearback collect responses expire` deletes older ones."""
    with _refusals(), transaction.atomic():
        keep_responses(key, days, by=by, at=now())
        transaction.set_rollback(dry_run)
    rule = f"for {days:,} days" if days else "until somebody decides"
    would = "Would be kept" if dry_run else "Kept"
    emit({"form": key, "retention_days": days, "dry_run": dry_run}, as_json=as_json,
         lines=[f"{would} {rule}: responses to {key}."])  # fmt: skip
