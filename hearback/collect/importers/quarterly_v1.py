"""The merged quarterly file of v1: one row per survey and quarter, columns `attributes_…`.

Volumes are written as '9707552.0'; 0 and blank both mean not reported. Published means are kept beside the
counts.
"""

from hearback.collect import cells
from hearback.collect.importers.importer import Importer, RowParser
from hearback.collect.importers.wide_table import (
    early_updates,
    not_swapped,
    placeholders,
    question_columns,
    question_reader,
)
from hearback.collect.parsed import ParsedRow
from hearback.collect.rules import plain, timing_class

P = "attributes_"
YEAR, QUARTER = f"{P}collection_year", f"{P}collection_quarter"
PROVIDER, SERVICE, PROVIDED = f"{P}service_provider_id", f"{P}service_id", f"{P}service_provided"
POINT, CHANNEL = f"{P}transaction_point", f"{P}channel"
CUSTOMERS = f"{P}volume_of_customers"
OFFERED = f"{P}volume_of_customers_provided_survey_opportunity"
RESPONDENTS = f"{P}volume_of_respondents"
ORGANIZATION, ABBREVIATION = f"{P}organization_name", f"{P}organization_abbreviation"
FORM_TEXTS = (f"{P}omb_control_number", f"{P}federal_register_url", PROVIDED, POINT)
UPDATED = f"{P}updated_at"
QUESTION_TEXTS = tuple(f"{P}q{number}_text" for number in range(1, 12))


def prepare(where: dict[str, int]) -> RowParser:
    """Give the function that reads one row."""
    read_questions = question_reader(P, where, means=True)
    forms = {name: where[name] for name in (*FORM_TEXTS, *QUESTION_TEXTS)}

    def read(row: list[str]) -> ParsedRow:
        def cell(name: str) -> str:
            return row[where[name]]

        quarter = cells.year_and_quarter(cell(YEAR), cell(QUARTER), year_column=YEAR, quarter_column=QUARTER)
        return ParsedRow(
            quarter=quarter,
            provider_code=cells.code(cell(PROVIDER), PROVIDER),
            service_code=cells.code(cell(SERVICE), SERVICE),
            name=cells.required(cell(PROVIDED), PROVIDED),
            channel=cells.channel(cell(CHANNEL), CHANNEL),
            timing=timing_class(cell(POINT)),
            transaction_point=plain(cell(POINT)),
            customers_count=cells.count(cell(CUSTOMERS), CUSTOMERS),
            offered_count=cells.count(cell(OFFERED), OFFERED),
            respondents_count=cells.count(cell(RESPONDENTS), RESPONDENTS),
            rating=None,
            questions=read_questions(row),
            oddities=(
                *placeholders(row, forms),
                *not_swapped(cell(ORGANIZATION), cell(ABBREVIATION), ORGANIZATION),
                *early_updates(cell(UPDATED), quarter, UPDATED),
            ),
        )

    return read


IMPORTER = Importer(
    kind="quarterly_v1",
    title="merged quarterly file, v1",
    columns=(
        YEAR, QUARTER, PROVIDER, SERVICE, PROVIDED, POINT, CHANNEL, CUSTOMERS, OFFERED, RESPONDENTS,
        ORGANIZATION, ABBREVIATION, f"{P}omb_control_number", f"{P}federal_register_url", UPDATED,
        *question_columns(P, means=True),
    ),
    unread=(
        "id", "type", f"{P}organization_id", f"{P}service_provider_name", f"{P}collection_id",
        f"{P}collection_name", f"{P}created_at", f"{P}operational_metrics", f"{P}service_name",
        f"{P}service_slug", "service_desc", "service_provider_desc",
    ),
    names={
        "provider": PROVIDER, "service": SERVICE, "name": PROVIDED, "channel": CHANNEL, "timing": POINT,
        "customers": CUSTOMERS, "offered": OFFERED, "respondents": RESPONDENTS,
        "rating": "rating", "trust": f"{P}q2_text",
    },
    has_means=True,
    prepare=prepare,
)  # fmt: skip
