"""Hearback's own exchange format: what `hearback collect export` writes and `examples/federal` bundles.

It holds classes instead of words. A blank volume is not reported and a 0 is a zero.
"""

from hearback.collect import cells
from hearback.collect.exchange import HEADER
from hearback.collect.importers.importer import Importer, RowParser
from hearback.collect.parsed import ParsedQuestion, ParsedRow
from hearback.collect.rules import QUESTIONS, RATINGS, SCALES, TIMINGS, WORDING_CLASSES


def prepare(where: dict[str, int]) -> RowParser:
    """Give the function that reads one row."""

    def read(row: list[str]) -> ParsedRow:
        def cell(name: str) -> str:
            return row[where[name]]

        return ParsedRow(
            quarter=cells.quarter_code(cell("fiscal_quarter"), "fiscal_quarter"),
            provider_code=cells.code(cell("provider_code"), "provider_code"),
            service_code=cells.code(cell("service_code"), "service_code"),
            name=cells.required(cell("survey_name"), "survey_name"),
            channel=cells.channel(cell("channel"), "channel"),
            timing=cells.one_of(cell("timing"), "timing", TIMINGS),
            transaction_point=None,
            customers_count=cells.count(cell("customers"), "customers"),
            offered_count=cells.count(cell("offered"), "offered"),
            respondents_count=cells.count(cell("respondents"), "respondents"),
            rating=cells.one_of(cell("rating"), "rating", ("", *RATINGS)) or None,
            zero_is_blank=False,
            questions=tuple(found for code in QUESTIONS if (found := _question(code, row, where))),
        )

    return read


def _question(code: str, row: list[str], where: dict[str, int]) -> ParsedQuestion | None:
    boxes = [f"{code}_{box}" for box in range(1, 6)]
    wording, scale, mean = f"{code}_wording_class", f"{code}_scale", f"{code}_mean"
    if not any(row[where[name]].strip() for name in (wording, scale, *boxes, mean)):
        return None
    return ParsedQuestion(
        code=code,
        wording=None,
        wording_class=cells.one_of(row[where[wording]], wording, WORDING_CLASSES),
        scale=cells.one_of(row[where[scale]], scale, SCALES),
        counts=cells.counts([row[where[box]] for box in boxes], boxes),
        mean=cells.mean(row[where[mean]], mean),
        column=wording,
        counts_column=boxes[0],
        mean_column=mean,
    )


IMPORTER = Importer(
    kind="hearback_quarterly",
    title="Hearback's exchange format",
    columns=HEADER,
    unread=(),
    names={
        "provider": "provider_code", "service": "service_code", "name": "survey_name", "channel": "channel",
        "timing": "timing", "customers": "customers", "offered": "offered", "respondents": "respondents",
        "rating": "rating", "trust": "trust_wording_class",
    },
    has_means=False,
    prepare=prepare,
)  # fmt: skip
