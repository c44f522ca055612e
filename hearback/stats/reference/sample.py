"""The sample of a case: which rows, drawn how. The design is the one its R call states."""

import re
from collections.abc import Iterable, Sequence

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels, numbers
from hearback.stats.survey.design import Design, Lonely, make_design

_CALL = re.compile(r"svydesign\(([^()]*)\)")
_ARGUMENT = re.compile(r"(id|ids|strata|weights|fpc)\s*=\s*~\s*([\w.+ ]+)")


def design_of(case: Case, rows: Sequence[Row] | None = None, lonely: Lonely = "adjust") -> Design:
    """Describe how the rows were drawn, as the first `svydesign` of the case's R calls says.

    Raises:
        CaseNotValid: if no R call states a design, or a column it names is missing.
    """
    rows = case.rows if rows is None else rows
    call = next((found for line in case.r if (found := _CALL.search(line))), None)
    if call is None:
        raise CaseNotValid(f"{case.id} states no design: none of its R calls has svydesign(...)")
    stated = {name: _columns(text) for name, text in _ARGUMENT.findall(call[1])}
    units = [u for u in stated.get("id", stated.get("ids", [])) if u not in ("0", "1")]
    return make_design(
        len(rows),
        weights=numbers(rows, stated["weights"][0]) if "weights" in stated else None,
        strata=labels(rows, stated["strata"][0]) if "strata" in stated else None,
        units=[labels(rows, unit) for unit in units] or None,
        populations=[numbers(rows, size) for size in stated["fpc"]] if "fpc" in stated else None,
        lonely=lonely,
    )


def filtered(case: Case) -> list[Row]:
    """Give the rows that the parameter `filter` of the case keeps; all where there is none.

    A filter is written as `quarter == 2024Q1 and channel in (phone, web); trust, ease answered`.

    Raises:
        CaseNotValid: if a part of the filter cannot be read.
    """
    kept = case.rows
    for part in re.split(r"\s+and\s+(?=\w+\s*(?:==|in\b))|\s*;\s*", case.parameters.get("filter") or ""):
        if part.strip():
            kept = list(_keep(case, kept, part.strip()))
    return kept


def _keep(case: Case, rows: Iterable[Row], part: str) -> Iterable[Row]:
    if found := re.fullmatch(r"([\w, ]+?)\s+answered", part):
        items = [item for item in re.split(r"\s*,\s*|\s+and\s+", found[1]) if item]
        return [row for row in rows if all(row[item] != "" for item in items)]
    if found := re.fullmatch(r"(.*?)\s+and\s+([\w, ]+(?:\s+and\s+\w+)?)\s+answered", part):
        return _keep(case, _keep(case, rows, found[1]), f"{found[2]} answered")
    if found := re.fullmatch(r"(\w+)\s*==\s*(.+)", part):
        return [row for row in rows if row[found[1]] == found[2]]
    if found := re.fullmatch(r"(\w+)\s+in\s+\((.+)\)", part):
        listed = [value.strip() for value in found[2].split(",")]
        return [row for row in rows if row[found[1]] in listed]
    raise CaseNotValid(f"{case.id}: the filter {part!r} cannot be read")


def _columns(text: str) -> list[str]:
    return [column.strip().replace(".", "_") for column in text.split("+")]
