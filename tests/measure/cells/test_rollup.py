"""Cells are what a count in plain Python gives, whichever way they came about."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearback.collect.archive import Archive, ArchiveNotValid
from hearback.collect.archive.batch import LARGEST_WEIGHT, WEIGHT_UNITS
from hearback.measure.cells import (
    DEFINITION_VERSION,
    CellsNotValid,
    CellStore,
    Engine,
    RolledUp,
    definition,
    roll_up,
    rollup,
    stale_cells,
)
from tests.measure.cells.counting import (
    CLINIC,
    DESK,
    FORMS,
    HIGHEST,
    LEVELS,
    NEXT_QUARTER,
    OFFICE,
    Q1,
    Q2,
    Response,
    archive,
    by_hand,
    contents,
    stored,
)

Count = Callable[[], list[RolledUp]]


@st.composite
def responses(draw: st.DrawFn) -> Response:
    """Draw what one person said; any question may be skipped or not asked, any level not known."""
    form = draw(st.sampled_from(FORMS))
    answers = {item.question: draw(st.integers(-1, HIGHEST[item.scale])) for item in form.items}
    levels = {group: draw(st.sampled_from((*LEVELS[group], ""))) for group in form.groups}
    return Response(
        form, answers, draw(st.sampled_from(["phone", "paper"])),
        {group: level for group, level in levels.items() if level},
        draw(st.integers(1, LARGEST_WEIGHT * WEIGHT_UNITS)),
    )  # fmt: skip


BATCHES = st.lists(st.lists(responses(), min_size=1, max_size=8), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60)
@given(batches=BATCHES)
def test_cells_are_what_counting_by_hand_gives_at_once_or_step_by_step(
    tmp_path_factory: pytest.TempPathFactory, engine: Engine, batches: list[list[Response]]
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    here, at_once, in_steps = (
        Archive(folder / "answers"),
        CellStore(folder / "once"),
        CellStore(folder / "steps"),
    )
    for number, batch in enumerate(batches):
        archive(here, batch, f"batch {number}")
        done = roll_up(here, in_steps, engine)
        assert [one.how for one in done] == ["counted" if number == 0 else "added"]
        assert done[0].n_new_responses == len(batch)
    roll_up(here, at_once, engine)
    everybody = [one for batch in batches for one in batch]
    assert stored(at_once, here.codes(), Q1) == by_hand(everybody)
    assert contents(in_steps.root) == contents(at_once.root)
    record = at_once.record(Q1)
    assert record is not None
    assert (record.n_responses, record.n_cells) == (len(everybody), len(by_hand(everybody)))


@settings(deadline=None, max_examples=25)
@given(batches=BATCHES, limit=st.sampled_from([0, 1, 700]))
def test_counting_one_question_at_a_time_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, engine: Engine, batches: list[list[Response]], limit: int
) -> None:
    folder = tmp_path_factory.mktemp("cells")
    here, pairs, singles = (
        Archive(folder / "answers"),
        CellStore(folder / "pairs"),
        CellStore(folder / "singles"),
    )
    for number, batch in enumerate(batches):
        archive(here, batch, f"batch {number}")
    roll_up(here, pairs, engine)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definition, "LARGEST_PASS", limit)
        roll_up(here, singles, engine)
    assert contents(pairs.root) == contents(singles.root)


def test_passes_count_two_questions_where_the_table_of_counts_stays_small() -> None:
    questions = [definition.Question(code, f"q_{code}") for code in range(3)]
    everybody = definition.Grouping(0, None, 1)
    few = definition.cells_sql([everybody], questions, n_contexts=1, weighted=False)
    many = definition.cells_sql([everybody], questions, n_contexts=1_000_000, weighted=False)
    assert few.count("FROM answers") == 2
    assert many.count("FROM answers") == 3


SAID = [
    Response(CLINIC, {"trust": 5, "thumb": 2, "ease": 0}, levels={"age_band": "65+"}),
    Response(CLINIC, {"trust": 1, "thumb": -1, "ease": 4}, "paper"),
    Response(OFFICE, {"solved": 2, "trust": 3}, levels={"age_band": "18-34"}, weight=3),
    Response(DESK, {"trust": 3, "wait": 1}, weight=10**15),
]
LATER = [Response(OFFICE, {"solved": 1, "trust": 3}, weight=4, day=NEXT_QUARTER)]


def test_a_form_has_no_cells_of_questions_and_groups_that_it_does_not_ask(
    here: Archive, store: CellStore, count: Count
) -> None:
    archive(here, SAID, "a")
    count()
    found = stored(store, here.codes(), Q1)
    assert {(survey, question) for survey, _, _, _, question, _ in found} == {
        (form.survey, item.question) for form in FORMS for item in form.items
    }
    assert {(survey, group) for survey, _, group, *_ in found} == {
        (form.survey, group) for form in FORMS for group in ("", *form.groups)
    }


def test_weights_are_summed_to_the_last_unit(here: Archive, store: CellStore, count: Count) -> None:
    largest = LARGEST_WEIGHT * WEIGHT_UNITS
    weights = [1, 2, largest - 1, largest, largest]
    archive(here, [Response(DESK, {"trust": 5, "wait": 1}, weight=weight) for weight in weights], "a")
    count()
    found = stored(store, here.codes(), Q1)
    assert found["desk", "phone", "", "", "trust", 5] == (
        5,
        sum(weights),
        sum(weight**2 for weight in weights),
    )


def test_only_forms_that_are_weighted_have_weights(here: Archive, store: CellStore, count: Count) -> None:
    archive(here, SAID, "mixed: these have weights")
    archive(here, [SAID[0]], "and these have none")
    count()
    for (survey, *_), (_, weight, squared) in stored(store, here.codes(), Q1).items():
        assert (weight is None) == (squared is None) == (survey == "clinic")


def test_groups_keep_their_place_when_levels_come_later(
    tmp_path: Path, here: Archive, store: CellStore, engine: Engine, count: Count
) -> None:
    archive(here, [Response(OFFICE, {"solved": 2, "trust": 3})], "nobody's age is known")
    count()
    archive(here, [SAID[2]], "somebody's is")
    count()
    other = CellStore(tmp_path / "other")
    roll_up(here, other, engine)
    assert contents(store.root) == contents(other.root)


def test_running_again_changes_nothing(here: Archive, store: CellStore, count: Count) -> None:
    archive(here, [*SAID, *LATER], "a")
    assert [(one.quarter, one.how) for one in count()] == [(Q1, "counted"), (Q2, "counted")]
    before = contents(store.root)
    assert [(one.how, one.n_new_responses) for one in count()] == [("kept", 0), ("kept", 0)]
    assert contents(store.root) == before


def test_equal_archives_give_equal_bytes(tmp_path: Path, engine: Engine) -> None:
    for name in ("a", "b"):
        archive(Archive(tmp_path / name / "answers"), [*SAID, *LATER], "x")
        roll_up(Archive(tmp_path / name / "answers"), CellStore(tmp_path / name / "cells"), engine)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_only_the_quarter_that_grew_is_counted(here: Archive, store: CellStore, count: Count) -> None:
    archive(here, [*SAID, *LATER], "a")
    count()
    archive(here, [SAID[0]], "late")
    assert [(one.quarter, one.how, one.n_new_responses, one.n_responses) for one in count()] == [
        (Q1, "added", 1, 5),
        (Q2, "kept", 0, 1),
    ]
    assert stored(store, here.codes(), Q1) == by_hand([*SAID, SAID[0]])


def test_a_quarter_from_which_responses_were_removed_is_counted_anew(
    here: Archive, store: CellStore, count: Count
) -> None:
    archive(here, SAID, "a")
    count()
    here.remove([0])
    assert [(one.how, one.n_responses) for one in count()] == [("counted", 3)]
    assert stored(store, here.codes(), Q1) == by_hand(SAID[1:])


def test_a_replaced_source_is_counted_anew_in_both_quarters(
    here: Archive, store: CellStore, count: Count
) -> None:
    archive(here, [*SAID, *LATER], "a")
    archive(here, LATER, "b")
    count()
    archive(here, SAID[:2], "a")
    assert [(one.quarter, one.how) for one in count()] == [(Q1, "counted"), (Q2, "counted")]
    assert stored(store, here.codes(), Q1) == by_hand(SAID[:2])
    assert stored(store, here.codes(), Q2) == by_hand(LATER)


def test_a_quarter_whose_last_answers_were_removed_loses_its_cells(
    here: Archive, store: CellStore, count: Count
) -> None:
    archive(here, [*SAID, *LATER], "a")
    count()
    here.remove([4])
    assert [(one.quarter, one.how) for one in count()] == [(Q1, "kept"), (Q2, "dropped")]
    assert store.quarters() == [Q1]
    assert store.record(Q2) is None
    assert store.cells(Q2).num_rows == 0
    assert not list(store.root.glob(f"*{Q2}*"))
    assert [one.quarter for one in count()] == [Q1]


def test_another_version_of_the_definition_counts_everything_anew(
    here: Archive, store: CellStore, count: Count, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive(here, [*SAID, *LATER], "a")
    count()
    monkeypatch.setattr(rollup, "DEFINITION_VERSION", f"{DEFINITION_VERSION}, changed")
    assert stale_cells(here, store) == [Q1, Q2]
    assert [one.how for one in count()] == ["counted", "counted"]
    record = store.record(Q1)
    assert record is not None
    assert record.definition == f"{DEFINITION_VERSION}, changed"
    assert [one.how for one in count()] == ["kept", "kept"]


def test_stale_are_quarters_that_grew_shrank_went_or_are_damaged(
    here: Archive, store: CellStore, count: Count
) -> None:
    assert stale_cells(here, store) == []
    archive(here, [*SAID, *LATER], "a")
    assert stale_cells(here, store) == [Q1, Q2]
    count()
    assert stale_cells(here, store) == []
    archive(here, SAID, "b")
    assert stale_cells(here, store) == [Q1]
    count()
    here.remove([0, 4])
    assert stale_cells(here, store) == [Q1, Q2]
    count()
    assert stale_cells(here, store) == []
    _damage(store, Q1)
    assert stale_cells(here, store) == [Q1]


def _damage(store: CellStore, quarter: str) -> Path:
    record = store.record(quarter)
    assert record is not None
    path = store.path(record)
    path.write_bytes(path.read_bytes()[:-1])
    return path


@pytest.mark.parametrize("harm", ["changed", "missing", "record"])
def test_damaged_cells_are_refused_when_read_and_mended_by_rolling_up(
    here: Archive, store: CellStore, count: Count, harm: str
) -> None:
    archive(here, SAID, "a")
    count()
    before = contents(store.root)
    path = _damage(store, Q1)
    if harm == "missing":
        path.unlink()
    if harm == "record":
        (store.root / f"{Q1}.json").write_bytes(b"{}")
    with pytest.raises(CellsNotValid, match="roll up again"):
        store.cells(Q1)
    archive(here, [SAID[0]], "b")
    assert [one.how for one in count()] == ["counted"]
    here.remove([4])
    count()
    assert contents(store.root) == before


def test_a_quarter_without_cells_has_an_empty_table(store: CellStore) -> None:
    assert store.cells(Q1).schema.equals(definition.CELLS)
    assert store.cells(Q1).num_rows == 0


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_damaged_archive_is_named_and_the_cells_stay(
    here: Archive, store: CellStore, count: Count, harm: str
) -> None:
    archive(here, SAID, "a")
    count()
    before = contents(store.root)
    archive(here, LATER, "b")
    path = here.path(Q2, here.files(Q2)[0])
    path.write_bytes(b"PAR1") if harm == "changed" else path.unlink()
    with pytest.raises(ArchiveNotValid, match=rf"{path} (was|is) {harm}; restore it from a backup"):
        count()
    assert contents(store.root) == before


def test_cells_are_sorted_and_of_the_types_that_the_definition_says(
    here: Archive, store: CellStore, count: Count
) -> None:
    archive(here, SAID, "a")
    count()
    cells = store.cells(Q1)
    assert cells.schema.equals(definition.CELLS)
    keys = list(zip(*(cells[key].to_pylist() for key in definition.KEYS), strict=True))
    assert keys == sorted(set(keys))
    assert isinstance(cells, pa.Table)


def test_progress_is_told_by_quarter(here: Archive, store: CellStore, engine: Engine) -> None:
    archive(here, [*SAID, *LATER], "a")
    told: list[str] = []

    def tell(quarters: list[str]) -> list[str]:
        told.extend(quarters)
        return quarters

    roll_up(here, store, engine, tell)
    assert told == [Q1, Q2]
