"""The administrative export of v1, 92 columns.

Its exporter writes name and abbreviation of the organization into each other's column; neither is stored, as
the directory has both, but the row gets a finding. It holds no means. 0 in a volume means not reported.
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

YEAR, QUARTER = "collection_year", "collection_quarter"
PROVIDER, SERVICE, PROVIDED = "service_provider_id", "service_id", "service_provided"
POINT, CHANNEL = "transaction_point", "channel"
CUSTOMERS = "volume_of_customers"
OFFERED = "volume_of_customers_provided_survey_opportunity"
RESPONDENTS = "volume_of_respondents"
ORGANIZATION, ABBREVIATION = "collection_organization_name", "collection_organization_abbreviation"
PROVIDER_ORGANIZATION = "service_provider_organization_name"
PROVIDER_ABBREVIATION = "service_provider_organization_abbreviation"
FORM_TEXTS = ("omb_control_number", "federal_register_url", PROVIDED, POINT)
UPDATED = "updated_at"
QUESTION_TEXTS = tuple(f"q{number}_text" for number in range(1, 12))


def prepare(where: dict[str, int]) -> RowParser:
    """Give the function that reads one row."""
    read_questions = question_reader("", where, means=False)
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
                *not_swapped(cell(PROVIDER_ORGANIZATION), cell(PROVIDER_ABBREVIATION), PROVIDER_ORGANIZATION),
                *early_updates(cell(UPDATED), quarter, UPDATED),
            ),
        )

    return read


IMPORTER = Importer(
    kind="admin_export_v1",
    title="administrative export, v1 (92 columns)",
    columns=(
        YEAR, QUARTER, PROVIDER, SERVICE, PROVIDED, POINT, CHANNEL, CUSTOMERS, OFFERED, RESPONDENTS,
        ORGANIZATION, ABBREVIATION, PROVIDER_ORGANIZATION, PROVIDER_ABBREVIATION, "omb_control_number",
        "federal_register_url", UPDATED, *question_columns("", means=False),
    ),
    unread=(
        "id", "collection_id", "collection_name", "collection_organization_id", "service_provider_name",
        "service_provider_organization_id", "service_name", "created_at", "operational_metrics",
    ),
    names={
        "provider": PROVIDER, "service": SERVICE, "name": PROVIDED, "channel": CHANNEL, "timing": POINT,
        "customers": CUSTOMERS, "offered": OFFERED, "respondents": RESPONDENTS,
        "rating": "rating", "trust": "q2_text",
    },
    has_means=False,
    prepare=prepare,
)  # fmt: skip
