"""The trust-count file: per survey and quarter the five boxes of the trust question and the reporting status.

0 in a volume means not reported. Printed totals are held against their parts.
"""

from collections.abc import Iterator

from hearback.collect import cells
from hearback.collect.importers.importer import Importer, RowParser
from hearback.collect.importers.wide_table import placeholders, question
from hearback.collect.parsed import Counts, Oddity, ParsedRow, RowRefused
from hearback.collect.rules import RATINGS, plain, timing_class

YEAR, QUARTER = "fiscal_year", "quarter"
PROVIDER, SERVICE, PROVIDED = "service_provider_id", "service_id", "service_provided"
POINT, CHANNEL, RATING = "transaction_point", "channel", "rating"
CUSTOMERS = "population_size"
OFFERED = "volume_of_customers_provided_survey_opportunity"
RESPONDENTS = "volume_of_respondents"
TEXT, MEAN, METRIC = "question_text", "point_scale", "metric_category"
BOXES = ("strongly_disagree_num", "disagree_num", "neutral_num", "agree_num", "strongly_agree_num")
SAMPLE, AGREEING = "sample_size", "strongly_agree_or_agree_num"


def prepare(where: dict[str, int]) -> RowParser:
    """Give the function that reads one row."""
    forms = {name: where[name] for name in (PROVIDED, POINT)}

    def read(row: list[str]) -> ParsedRow:
        def cell(name: str) -> str:
            return row[where[name]]

        if cell(METRIC).strip().lower() != "trust":
            raise RowRefused(
                METRIC, f"{cell(METRIC)!r} is not trust; this kind of file is read for trust only."
            )
        counts = cells.counts([cell(box) for box in BOXES], BOXES)
        rating = cell(RATING).strip().upper()
        return ParsedRow(
            quarter=cells.year_and_quarter(
                cell(YEAR), cell(QUARTER), year_column=YEAR, quarter_column=QUARTER
            ),
            provider_code=cells.code(cell(PROVIDER), PROVIDER),
            service_code=cells.code(cell(SERVICE), SERVICE),
            name=cells.required(cell(PROVIDED), PROVIDED),
            channel=cells.channel(cell(CHANNEL), CHANNEL),
            timing=timing_class(cell(POINT)),
            transaction_point=plain(cell(POINT)),
            customers_count=cells.count(cell(CUSTOMERS), CUSTOMERS),
            offered_count=cells.count(cell(OFFERED), OFFERED),
            respondents_count=cells.count(cell(RESPONDENTS), RESPONDENTS),
            rating=rating if rating in RATINGS else None,
            questions=(
                question(
                    "trust", cell(TEXT), counts, cells.mean(cell(MEAN), MEAN), columns=(TEXT, BOXES[0], MEAN)
                ),
            ),
            oddities=(
                *placeholders(row, forms),
                *_rating(rating),
                *_totals(counts, cells.count(cell(SAMPLE), SAMPLE), cells.count(cell(AGREEING), AGREEING)),
            ),
        )

    return read


def _rating(rating: str) -> Iterator[Oddity]:
    if rating not in RATINGS:
        shown = repr(rating) if rating else "Blank"
        yield Oddity("rating_unknown", RATING, f"{shown} is none of {', '.join(RATINGS)}; it is not kept.")


def _totals(counts: Counts, sample: int | None, agreeing: int | None) -> Iterator[Oddity]:
    if sample is not None and sample != sum(counts):
        yield Oddity(
            "total_disagrees", SAMPLE, f"{sample:,} is printed; the five boxes add up to {sum(counts):,}."
        )
    if agreeing is not None and agreeing != counts[3] + counts[4]:
        added = counts[3] + counts[4]
        yield Oddity(
            "total_disagrees", AGREEING, f"{agreeing:,} is printed; boxes 4 and 5 add up to {added:,}."
        )


IMPORTER = Importer(
    kind="trust_counts",
    title="trust-count file",
    columns=(
        YEAR, QUARTER, PROVIDER, SERVICE, PROVIDED, POINT, CHANNEL, RATING, CUSTOMERS, OFFERED, RESPONDENTS,
        SAMPLE, TEXT, *BOXES, AGREEING, MEAN, METRIC,
    ),
    unread=(
        "organization_id", "organization_name", "service_provider_name", "service_provider_desc",
        "service_name", "reflection", "question_id",
    ),
    names={
        "provider": PROVIDER, "service": SERVICE, "name": PROVIDED, "channel": CHANNEL, "timing": POINT,
        "customers": CUSTOMERS, "offered": OFFERED, "respondents": RESPONDENTS,
        "rating": RATING, "trust": TEXT,
    },
    has_means=True,
    prepare=prepare,
)  # fmt: skip
