"""The script that makes the bundled data: the same input gives the committed bytes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.american import american
from tools.wording import REMARKS, SENTENCES, worded

ROOT = Path(__file__).resolve().parents[2]
FEDERAL = ROOT / "examples" / "federal"


@pytest.mark.shared
def test_made_again_the_bundled_data_are_the_same_bytes(shared: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_examples.py", shared / "data", tmp_path],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in FEDERAL.iterdir() if path.name != "README.md"}
    assert sorted(made) == sorted(committed)
    assert [name for name in made if made[name] != committed[name]] == []


def test_summaries_are_spelled_the_american_way_and_keys_and_addresses_stay() -> None:
    told = {"key": "two-programmes", "gist": ["Programmes enrol people of colour.", "Organisation chart"]}
    assert american(told) == {
        "key": "two-programmes", "gist": ["Programs enroll people of color.", "Organization chart"],
    }  # fmt: skip
    assert american("Call-back offers, booked call-backs") == "Callback offers, booked callbacks"
    address = "Read at https://example.org/programme/centre"
    assert american([address, 5, None, False]) == [address, 5, None, False]
    for path in FEDERAL.glob("*.json"):
        committed = json.loads(path.read_text(encoding="utf-8"))
        assert american(committed) == committed, path.name


def test_short_notes_become_sentences_and_remarks_on_sources_become_notes() -> None:
    short, whole = next(iter(SENTENCES.items()))
    told, (gist, note) = next(iter(REMARKS.items()))
    assert worded([{"gist": short, "n": 5}, short, None]) == [{"gist": whole, "n": 5}, whole, None]
    assert worded({"gist": told, "note": None}) == {"gist": gist, "note": note}
    assert worded({"gist": told, "note": "Another."}) == {"gist": told, "note": "Another."}


def test_every_wording_of_our_own_stands_in_the_bundled_data() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in FEDERAL.glob("*.json"))
    ours = [*SENTENCES.values(), *(one for both in REMARKS.values() for one in both)]
    assert [one for one in ours if json.dumps(one, ensure_ascii=False) not in text] == []
    theirs = [*SENTENCES, *REMARKS]
    assert [one for one in theirs if json.dumps(one, ensure_ascii=False) in text] == []


def test_wrong_use_of_the_script_says_how_to_use_it() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "tools" / "make_examples.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Use: python tools/make_examples.py" in done.stderr
