"""What is wrong in a file is named with file, record and field, and with what to do."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from hearback.directory import queries
from hearback.directory.commands import load
from hearback.directory.files import FileNotGood
from tests.directory.small import AGENCIES, PROVIDERS, SERVICES, WEBSITES, write

pytestmark = pytest.mark.django_db

AGENCY, PROVIDER, SERVICE, WEBSITE = AGENCIES[1], PROVIDERS[0], SERVICES[1], WEBSITES[0]


def one(record: dict[str, Any], **values: Any) -> list[dict[str, Any]]:
    return [{**record, **values}]


def without(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [{field: value for field, value in record.items() if field != name}]


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "unknown agency": (
        {"providers": one(PROVIDER, agency="nowhere")},
        ["providers.json", "record 1 (docks)", "'agency'", "no agency 'nowhere'", "correct the key"],
    ),
    "unknown provider of a website": (
        {"websites": one(WEBSITE, provider="nobody")},
        ["websites.json", "record 1 (boats.example.gov)", "'provider'", "no provider 'nobody'"],
    ),
    "unknown provider of a service": (
        {"services": one(SERVICE, provisions=[{"provider": "nobody"}])},
        ["services.json", "record 1 (mooring)", "'provider'", "no provider 'nobody'"],
    ),
    "same key twice": (
        {"agencies": [*AGENCIES, AGENCY]},
        ["agencies.json", "record 4 (department)", "'key'", "record 2", "keep one"],
    ),
    "same address twice": (
        {"websites": [WEBSITE, WEBSITE]},
        ["websites.json", "record 2 (boats.example.gov)", "'address'", "record 1"],
    ),
    "same code twice": (
        {"providers": [*PROVIDERS, {**PROVIDER, "key": "quays"}]},
        ["providers.json", "record 3 (quays)", "'identifiers'", "us-cx-provider 2", "record 1 (docks)"],
    ),
    "parents in a circle": (
        {"agencies": [{**AGENCIES[0], "parent": "department"}, {**AGENCY, "parent": "bureau"}]},
        ["agencies.json", "'parent'", "circle", "bureau > department > bureau"],
    ),
    "its own parent": (
        {"agencies": one(AGENCY, parent="department")},
        ["agencies.json", "'parent'", "department > department"],
    ),
    "replaced by itself": (
        {"services": one(SERVICE, replaced_by="mooring")},
        ["services.json", "'replaced_by'", "circle"],
    ),
    "a day that does not exist": (
        {"agencies": one(AGENCY, starts_on="2023-02-30")},
        ["agencies.json", "record 1 (department)", "'starts_on'", "2023-05-31"],
    ),
    "ends before it starts": (
        {"agencies": one(AGENCY, starts_on="2023-02-01", ends_before="2023-02-01")},
        ["agencies.json", "record 1 (department)", "'ends_before'", "not after 2023-02-01"],
    ),
    "a quarter that does not exist": (
        {"services": one(SERVICE, last_quarter="FY2021-Q5")},
        ["services.json", "record 1 (mooring)", "'last_quarter'", "FY2021-Q5"],
    ),
    "a quarter written with a blank": (
        {"services": one(SERVICE, last_quarter="FY2021 Q3")},
        ["services.json", "'last_quarter'", "FY2021-Q1"],
    ),
    "unknown field": (
        {"agencies": one(AGENCY, colour="blue")},
        ["agencies.json", "record 1 (department)", "'colour'", "unknown field", "level, parent"],
    ),
    "unknown field deep inside": (
        {"services": one(SERVICE, provisions=[{"provider": "docks", "colour": "blue"}])},
        ["services.json", "record 1 (mooring)", "'provisions[1].colour'", "provider, starts_on, ends_before"],
    ),
    "missing field": (
        {"agencies": without(AGENCY, "level")},
        ["agencies.json", "record 1 (department)", "'level'", "missing", "add it"],
    ),
    "missing key": (
        {"agencies": without(AGENCY, "key")},
        ["agencies.json", "record 1,", "'key'", "missing", "add it"],
    ),
    "unknown level": (
        {"agencies": one(AGENCY, level="galactic")},
        ["agencies.json", "'level'", "galactic", "federal, state, local, tribal, territorial, nonprofit"],
    ),
    "a key with blanks": (
        {"agencies": one(AGENCY, key="The Department")},
        ["agencies.json", "'key'", "small letters, digits, hyphens"],
    ),
    "a number for a name": (
        {"agencies": one(AGENCY, name=7)},
        ["agencies.json", "record 1 (department)", "'name'", "text is needed, and this is a whole number"],
    ),
    "an empty name": (
        {"agencies": one(AGENCY, name="")},
        ["agencies.json", "'name'", "nothing stands here; write some text"],
    ),
    "null where it must be known": (
        {"agencies": one(AGENCY, name=None)},
        ["agencies.json", "'name'", "must be known"],
    ),
    "one provider twice from the same day": (
        {"services": one(SERVICE, provisions=[{"provider": "docks"}, {"provider": "docks"}])},
        ["services.json", "record 1 (mooring)", "'provisions'", "docks comes twice"],
    ),
    "not JSON": ({"agencies": "[{]"}, ["agencies.json", "line 1, column 3", "not JSON"]),
    "not a list": ({"agencies": "{}"}, ["agencies.json", "not a list", "write ["]),
    "not records": ({"agencies": "[1]"}, ["agencies.json", "record 1", "a record is needed"]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_bad_input_is_named(case: str, tmp_path: Path, at: datetime) -> None:
    files, words = CASES[case]
    with pytest.raises(FileNotGood) as problem:
        load(write(tmp_path, **files), by="operator", at=at)
    missing = [word for word in words if word not in str(problem.value)]
    assert missing == [], str(problem.value)
    assert "\n" not in str(problem.value)
    assert queries.agencies() == []


def test_all_that_is_wrong_in_a_file_is_told_at_once(tmp_path: Path, at: datetime) -> None:
    wrong = [{**AGENCY, "level": 3, "colour": "blue", "key": "The Department"},
             {"key": "office", "parent": 7}]  # fmt: skip
    with pytest.raises(FileNotGood) as problem:
        load(write(tmp_path, agencies=wrong), by="operator", at=at)
    told = [(one.record, one.field) for one in problem.value.faults]
    assert told == [
        ("record 1 (The Department)", "colour"),
        ("record 1 (The Department)", "key"),
        ("record 1 (The Department)", "level"),
        ("record 2 (office)", "name"),
        ("record 2 (office)", "abbreviation"),
        ("record 2 (office)", "level"),
        ("record 2 (office)", "parent"),
    ]
    assert len(str(problem.value).splitlines()) == len(told)


def test_halves_of_characters_are_told_wherever_they_stand(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    names = ('"a\\ud800b": 1', '"key": "a\\ud800b", "name": "x"', '"identifiers": {"a\\u0000b": ["x"]}')
    for text in names:
        (tmp_path / "agencies.json").write_text(f"[{{{text}}}]", encoding="utf-8")
        with pytest.raises(FileNotGood) as problem:
            load(tmp_path, by="operator", at=at)
        assert "which is no character" in str(problem.value)
        str(problem.value).encode("utf-8")


def test_a_missing_file_is_named(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    (tmp_path / "websites.json").unlink()
    with pytest.raises(FileNotGood, match=r"websites\.json is not in .*; add it"):
        load(tmp_path, by="operator", at=at)


def test_a_file_of_another_encoding_is_named(tmp_path: Path, at: datetime) -> None:
    write(tmp_path)
    (tmp_path / "agencies.json").write_bytes('[{"key": "é"}]'.encode("latin-1"))
    with pytest.raises(FileNotGood, match=r"agencies\.json: byte 10 is not UTF-8"):
        load(tmp_path, by="operator", at=at)


def test_a_circle_with_what_the_database_holds_is_found(tmp_path: Path, at: datetime) -> None:
    load(write(tmp_path), by="operator", at=at)
    with pytest.raises(FileNotGood, match="circle"):
        load(write(tmp_path, agencies=one(AGENCY, parent="bureau")), by="operator", at=at)


def test_a_field_that_stands_twice_is_refused_and_not_half_read(tmp_path: Path, at: datetime) -> None:
    path = write(tmp_path) / "agencies.json"
    path.write_text('[{"key": "a", "name": "One", "level": "federal", "name": "Two"}]', encoding="utf-8")
    with pytest.raises(FileNotGood, match=r"agencies\.json: the field 'name' stands twice in one record"):
        load(tmp_path, by="operator", at=at)
