"""Everything that is recorded has words, in English and in Spanish."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

from hearback.collect import queries as collect
from hearback.collect.instruments.life import MOVES
from hearback.collect.queries import more_of
from hearback.dashboard.done import DONE

PROGRAM = Path(__file__).parents[2] / "hearback"
RECORDING = {"Change", "_note"}


def recorded(folder: Path) -> set[str]:
    """Name the verbs that the actions of a folder record."""
    return {verb for file in sorted(folder.rglob("*.py")) for verb in _of_file(file)}


def _of_file(file: Path) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDING:
            yield from _verbs(node.args[0] if node.args else None, tree)


def _verbs(node: ast.AST | None, tree: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_verbs(node.body, tree), *_verbs(node.orelse, tree))
    elif isinstance(node, ast.JoinedStr):
        yield from (f"form.{move}" for move in MOVES)
    elif isinstance(node, ast.Name):
        for one in ast.walk(tree):
            if isinstance(one, ast.Assign) and [getattr(t, "id", "") for t in one.targets] == [node.id]:
                yield from _verbs(one.value, tree)


def test_every_verb_of_collect_has_words() -> None:
    found = recorded(PROGRAM / "collect")
    assert {"form.publish", "responses.reversal_begun", "answers.replaced"} <= found
    assert found - set(collect.DONE) == set()


def test_every_verb_has_words_in_english_and_spanish() -> None:
    assert recorded(PROGRAM) - set(DONE) == set()
    english = {verb: str(words) for verb, words in DONE.items()}
    with translation.override("es"):
        assert [verb for verb, words in DONE.items() if str(words) == english[verb]] == []


def test_days_of_an_export_are_told_as_they_were_asked() -> None:
    asked = {"rows": 1, "file": "xlsx", "columns": "17"}
    assert more_of("responses.exported", asked) == "1 response; of all days; the 17 columns; XLSX"
    begin = "2026-03-02T00:00:00-05:00"
    assert "; from 2026-03-02 on; " in more_of("responses.exported", {**asked, "since": begin})
    assert "; up to 2026-03-01; " in more_of("responses.exported", {**asked, "until": begin})
    assert more_of("form.created", {"service": "s"}) == ""
