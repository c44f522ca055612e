"""What a case says in words about figures and rows: `trust top2`, `ell_over_60`, `sch_wide == Yes`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, number, numbers
from hearback.stats.reference.sample import design_of, filtered
from hearback.stats.survey.design import Design, Floats, Lonely, make_design
from hearback.stats.survey.means import Flags

PERIODS = ("quarter", "period", "year", "month", "wave", "round")
"""Columns that tell surveys apart. A filter on them says which survey; any other says which of its rows."""

_SIGNS = {"==": "==", "=": "==", "!=": "!=", ">=": ">=", "<=": "<=", ">": ">", "<": "<"}
_WORDS = {
    "is": "==", "equals": "==", "eq": "==", "answered": "==", "not": "!=",
    "over": ">", "above": ">", "gt": ">", "under": "<", "below": "<", "lt": "<",
    "at_least": ">=", "ge": ">=", "at_most": "<=", "le": "<=",
}  # fmt: skip
_GROUPS = {"top2": (4, 5), "bottom2": (1, 2), "top1": (5,), "bottom1": (1,), "top3": (3, 4, 5)}


@dataclass(frozen=True)
class CaseSample:
    """The rows of a case's survey, how they were drawn, and which of them the figures are about."""

    rows: list[Row]
    design: Design
    domain: Flags

    def values(self, figure: str) -> Floats:
        """Read the numbers that a figure is the mean of; see `values_of`.

        Raises:
            CaseNotValid: if the words cannot be read.
        """
        return values_of(self.rows, figure)


def sample_of(case: Case, lonely: Lonely = "adjust") -> CaseSample:
    """Give the sample of a case: the survey of the filtered periods, and the filtered rows as its domain.

    Missing answers and groups must not be taken out of a sample before its variance is computed, so the
    filter takes out other periods only.

    Raises:
        CaseNotValid: if the case states no design, or its filter cannot be read.
    """
    kept = filtered(case)
    rows = kept
    if len(kept) < len(case.rows):
        periods = [name for name in PERIODS if kept and name in kept[0] and name in case.parameters["filter"]]
        wanted = {tuple(row[name] for name in periods) for row in kept}
        rows = [row for row in case.rows if tuple(row[name] for name in periods) in wanted] or case.rows
    inside = {id(row) for row in kept}
    return CaseSample(
        list(rows), design_of(case, rows, lonely), np.array([id(row) in inside for row in rows], dtype=bool)
    )


def stacked_design(case: Case, rows: Sequence[Row]) -> Design:
    """Describe how the rows of several periods were drawn, where the case says so in a call or in words.

    In words it says `strata=region, PSU=office`; weights and sizes of strata are the columns so named.

    Raises:
        CaseNotValid: if neither states a design.
    """
    text = "; ".join(case.r)
    if "svydesign(" in text:
        return design_of(case, rows)
    stated = {name.lower(): column for name, column in re.findall(r"\b(strata|PSU)\s*=\s*~?([\w.]+)", text)}
    if "psu" not in stated:
        raise CaseNotValid(f"{case.id} states no design: none of its R calls has svydesign(...) or PSU=...")
    known = list(rows[0] if rows else case.rows[0])
    weight = next((name for name in ("weight", "weights", "pw", "w") if name in known), None)
    strata = stated.get("strata")
    size = next(
        (name for name in known if name == "fpc" or (strata and name.endswith(f"_in_{strata}"))), None
    )
    return make_design(
        len(rows),
        weights=numbers(rows, weight) if weight else None,
        strata=labels(rows, strata) if strata else None,
        units=[labels(rows, stated["psu"])],
        populations=[numbers(rows, size)] if size else None,
    )


def values_of(rows: Sequence[Row], figure: str) -> Floats:
    """Read the numbers that a figure is the mean of, one per row; nan where there is no answer.

    Raises:
        CaseNotValid: if the words cannot be read, or name no column.

    >>> values_of([{"trust": "5"}, {"trust": ""}, {"trust": "2"}], "trust_top2").tolist()
    [1.0, nan, 0.0]
    >>> values_of([{"in.kind": "a"}, {"in.kind": ""}], "in.kinda").tolist()
    [1.0, nan]
    """
    text = re.sub(r"^I\((.*)\)$", r"\1", figure.strip()).strip()
    if found := re.fullmatch(r"([\w.]+)\s*(==|!=|>=|<=|>|<|=)\s*(.+)", text):
        return _compared(rows, _column(rows, found[1]), _SIGNS[found[2]], found[3].strip(" '\""))
    if found := re.fullmatch(r"([\w.]+)\s+in\s+\(?(.+?)\)?", text):
        listed = [value.strip(" '\"") for value in found[2].split(",")]
        return _among(rows, _column(rows, found[1]), listed)
    words = _spelled(text)
    column = _longest_column(rows, words)
    return _named(rows, column, words[len(_spelled(column)) :].strip("_"))


def _named(rows: Sequence[Row], column: str, rest: str) -> Floats:
    """Read the words behind a column's name; words that say no comparison are a level of the column."""
    if rest in ("", "mean", "score", "mean_score"):
        return numbers(rows, column)
    if rest in ("answered_at_all", "answered"):
        return np.where(np.isnan(_compared(rows, column, "!=", "")), np.nan, 1.0)
    short = rest.replace("_", "")
    if short in _GROUPS:
        return _among(rows, column, [str(answer) for answer in _GROUPS[short]])
    if short == "net":
        return _named(rows, column, "top2") - _named(rows, column, "bottom2")
    levels = {row[column] for row in rows}
    found = re.fullmatch(rf"({'|'.join(_WORDS)})_(.+)", rest)
    if found and rest not in levels:
        return _compared(rows, column, _WORDS[found[1]], found[2])
    same = [level for level in levels if re.sub(r"\W+", "_", level) == re.sub(r"\W+", "_", rest)]
    return _compared(rows, column, "==", same[0] if same else rest)


def _compared(rows: Sequence[Row], column: str, sign: str, value: str) -> Floats:
    given = labels(rows, column)
    missing = np.array([text == "" for text in given], dtype=bool)
    if _is_number(value) and all(_is_number(text) for text in given if text):
        left, right = numbers(rows, column), number(value)
        results = {"==": left == right, "!=": left != right, ">=": left >= right, "<=": left <= right}
        results |= {">": left > right, "<": left < right}
    else:
        left_text = np.array(given, dtype=object)
        results = {"==": left_text == value, "!=": left_text != value}
    if sign not in results:
        raise CaseNotValid(f"{column} {sign} {value} compares words by size")
    return np.where(missing, np.nan, results[sign].astype(float))


def _among(rows: Sequence[Row], column: str, listed: Sequence[str]) -> Floats:
    found = np.array([_compared(rows, column, "==", value) for value in listed])
    return np.asarray(found.max(axis=0), dtype=float)


def _column(rows: Sequence[Row], name: str) -> str:
    known = rows[0] if rows else {}
    return name if name in known else name.replace(".", "_")


def _longest_column(rows: Sequence[Row], text: str) -> str:
    columns = {column: _spelled(column) for column in (rows[0] if rows else {})}
    known = [column for column, name in columns.items() if f"{text}_".startswith(f"{name}_")]
    if not known:  # a column of R's model matrix has the level right behind the name
        known = [
            column
            for column, name in columns.items()
            if text.startswith(name) and text[len(name) :] in labels(rows, column)
        ]
    if not known:
        raise CaseNotValid(f"{text!r} names no column of the input and no figure of one")
    return max(known, key=len)


def _spelled(name: str) -> str:
    """Spell a name as most columns are: with underscores for dots and spaces."""
    return re.sub(r"\s+", "_", name).replace(".", "_")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text) is not None
