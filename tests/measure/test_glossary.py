"""Every class, pool, reason and level that a file can hold is a word of the glossary."""

import pytest

from hearback.collect.archive.codes import HIGHEST_OF_SCALE
from hearback.collect.rules import CHANNELS, SCALES, TIMINGS, WORDING_CLASSES
from hearback.measure.rules import FLAGS, LEVELS, POOLS, STANDARD
from hearback.stats import Reason
from tests.conftest import ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
PUBLISHED_CHANNELS = {
    "computer",
    "email",
    "automated_phone",
    "phone",
    "mobile",
    "mixed",
    "paper",
    "in_person",
}


@pytest.mark.parametrize(
    "codes",
    [
        WORDING_CLASSES,
        SCALES,
        TIMINGS,
        tuple(POOLS),
        tuple(FLAGS),
        tuple(HIGHEST_OF_SCALE),
        tuple(r.value for r in Reason),
        PUBLISHED_CHANNELS & CHANNELS,
    ],
    ids=["wordings", "scales", "timings", "pools", "flags", "scales of answers", "reasons", "channels"],
)
def test_the_glossary_has_every_code(codes: tuple[str, ...]) -> None:
    assert len(codes) > 2
    assert [code for code in codes if f"`{code}`" not in GLOSSARY] == []


@pytest.mark.parametrize(
    "word",
    ["Archive of answers", "Response", "Form", "Context", "Cell", "Dimension", "Group", "Engine", "Roll-up",
     "Margin", "Weight", "Definition", "Pool", "Flag", "Reason"],
)  # fmt: skip
def test_the_glossary_explains_every_word_of_measuring_once(word: str) -> None:
    assert GLOSSARY.count(f"- **{word}**:") == 1


def test_the_glossary_has_the_class_of_the_standard_words() -> None:
    assert f"- `{STANDARD}`:" in GLOSSARY


def test_the_glossary_has_every_level() -> None:
    listed = GLOSSARY.split("- **Level**", 1)[1].split("- **", 1)[0]
    assert [level for level in LEVELS if level not in listed] == []
