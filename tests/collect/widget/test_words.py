"""The build of the embed reads translations as gettext does, and every language of the interface is in it."""

import json
import subprocess
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hearback.collect import embed
from tests.conftest import ROOT

FILES = sorted((ROOT / "hearback" / "collect" / "locale").glob("*/LC_MESSAGES/django.po"))
READ = """
import { readFileSync } from "node:fs";
import { readMessages } from "./tools/read-messages.mjs";
console.log(JSON.stringify([...readMessages(readFileSync(process.argv[1], "utf8"))]));
"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_messages_are_read_as_gettext_reads_them(file: Path) -> None:
    done = subprocess.run(
        ["node", "--input-type=module", "-e", READ, str(file)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    read = {english: (one.get("plural"), one["told"]) for english, one in json.loads(done.stdout)}
    with file.open("rb") as opened:
        catalog = read_po(opened)
    expected = {}
    for message in catalog:
        if message.id and not message.fuzzy and message.context is None:
            plural = message.id[1] if message.pluralizable else None
            english = message.id[0] if message.pluralizable else message.id
            told = message.string if message.pluralizable else (message.string,)
            expected[english] = (plural, list(told))
    assert len(read) > 30
    assert read == expected


def test_a_message_with_a_context_is_never_taken_for_the_one_without(tmp_path: Path) -> None:
    file = tmp_path / "django.po"
    file.write_text(
        'msgid "none"\nmsgstr "nada"\n\nmsgctxt "vocabulary"\nmsgid "none"\nmsgstr "ninguno"\n',
        encoding="utf-8",
    )
    done = subprocess.run(
        ["node", "--input-type=module", "-e", READ, str(file)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout) == [["none", {"told": ["nada"]}]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parts[-3])
def test_the_embed_says_everything_in_every_language(file: Path) -> None:
    script = embed.built().file.read_text(encoding="utf-8")
    with file.open("rb") as opened:
        catalog = read_po(opened)
    for english in ("Send", "Close", "Answer this question.", "They are still on this page"):
        found = [message.string for message in catalog if english in str(message.id)]
        assert found
        assert any(str(text) in script for text in found)
