"""Formats of open data: the tables, and one file for each way to write them."""

from hearback.publish.formats import datapackage_format, dictionary_format, schema_format
from hearback.publish.formats.action_plan_tables import (
    ACTION_PLAN_ACTIONS,
    ACTION_PLANS,
    CAPACITY_AREAS,
    SELF_ASSESSMENTS,
)
from hearback.publish.formats.area_tables import (
    LIFE_EXPERIENCES,
    PRIORITY_AREAS,
    PROJECT_RESULTS,
    PROJECTS,
    STRATEGIES,
    WEBSITES,
)
from hearback.publish.formats.csv_format import to_csv
from hearback.publish.formats.csvw_format import GROUP, to_csvw, to_csvw_group
from hearback.publish.formats.directory_tables import AGENCIES, PROVIDERS, SERVICES
from hearback.publish.formats.journey_tables import JOURNEY_STAGES, JOURNEY_STEPS, JOURNEYS, PAIN_POINTS
from hearback.publish.formats.json_format import to_json_table
from hearback.publish.formats.measure_tables import SUCCESS_MEASURES
from hearback.publish.formats.noise_tables import NOISY_GROUPS
from hearback.publish.formats.parquet_format import BIG, to_parquet
from hearback.publish.formats.plan_tables import (
    COMMITMENTS,
    FUNDING,
    GOALS,
    MILESTONE_CHANGES,
    MILESTONES,
    UPDATES,
)
from hearback.publish.formats.research_tables import INSIGHTS, PERSONAS, STORIES, STUDIES, STUDY_FILES
from hearback.publish.formats.round_tables import CONFIRMATIONS
from hearback.publish.formats.rows import Filled
from hearback.publish.formats.score_tables import ANSWERS, BANDS, EXCLUSIONS, FINDINGS, SCORES, SURVEYS
from hearback.publish.formats.tables import Table
from hearback.publish.frozen import Content

TABLES: tuple[Table, ...] = (
    SCORES, SURVEYS, ANSWERS, EXCLUSIONS, FINDINGS, BANDS, NOISY_GROUPS,
    AGENCIES, PROVIDERS, SERVICES,
    SUCCESS_MEASURES, GOALS, MILESTONES, MILESTONE_CHANGES, COMMITMENTS, FUNDING, UPDATES, CONFIRMATIONS,
    CAPACITY_AREAS, ACTION_PLANS, ACTION_PLAN_ACTIONS, SELF_ASSESSMENTS,
    JOURNEYS, JOURNEY_STAGES, JOURNEY_STEPS, PAIN_POINTS, STORIES, STUDIES, STUDY_FILES, PERSONAS, INSIGHTS,
    PRIORITY_AREAS, STRATEGIES, LIFE_EXPERIENCES, PROJECTS, PROJECT_RESULTS, WEBSITES,
)  # fmt: skip

__all__ = ["TABLES", "data_files"]


def data_files(content: Content) -> dict[str, bytes]:
    """Write every table of open data, and what describes them; returns path in the release and bytes."""
    tables = [_filled(table, content) for table in TABLES]
    files = {path: body for one in tables for path, body in one.files.items()}
    files |= {f"data/{one.table.name}.csv-metadata.json": to_csvw(one.table) for one in tables}
    files |= {
        f"data/{one.table.name}.parquet": to_parquet(one.table, one.rows)
        for one in tables
        if one.table.name in BIG
    }
    return files | {
        datapackage_format.PATH: datapackage_format.to_data_package(tables),
        GROUP: to_csvw_group(TABLES),
        dictionary_format.PATH: dictionary_format.to_dictionary(TABLES),
        schema_format.PATH: schema_format.to_schema(TABLES),
    }


def _filled(table: Table, content: Content) -> Filled:
    rows = tuple(table.rows(content))
    files = {
        f"data/{table.name}.csv": to_csv(table, rows),
        f"data/{table.name}.json": to_json_table(table, rows),
    }
    return Filled(table, rows, files)
