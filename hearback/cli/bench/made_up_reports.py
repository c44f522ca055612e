"""Made-up data for measurements, the same every time: a directory and a quarterly file of any length."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

from hearback.stats import mean_half_up

SEED = 20_210_101
N_PROVIDERS, N_SERVICES, N_QUARTERS = 40, 400, 28
CHANNELS = ("computer", "mobile", "email", "phone", "automated_phone", "in_person")
WORDS = (
    "I am satisfied with the service I received.",
    "This interaction increased my trust in the agency.",
    "My need was addressed.",
    "It was easy to complete what I needed to do.",
    "It took a reasonable amount of time.",
    "I was treated fairly.",
    "Employees I interacted with were helpful.",
)
SHARES = (0.06, 0.05, 0.1, 0.27, 0.52)


def write_directory(folder: Path, n_services: int = N_SERVICES, n_bureaus: int = 0) -> None:
    """Write the four files that `hearback directory load` reads; providers are spread over the bureaus."""
    folder.mkdir(parents=True)
    agency = {"key": "made-up", "name": "Made-up agency", "abbreviation": "MUA", "level": "federal"}
    bureaus = [
        agency | {"key": f"bureau-{n}", "name": f"Bureau {n}", "parent": "made-up"}
        for n in range(1, n_bureaus + 1)
    ]
    providers = [
        {
            "key": f"provider-{n}",
            "name": f"Provider {n}",
            "agency": f"bureau-{(n - 1) % n_bureaus + 1}" if n_bureaus else "made-up",
            "identifiers": {"us-cx-provider": [str(n)]},
        }
        for n in range(1, N_PROVIDERS + 1)
    ]
    services = [
        {
            "key": f"service-{n}",
            "name": f"Service {n}",
            "provisions": [{"provider": f"provider-{provider_of(n)}"}],
            "identifiers": {"us-cx-service": [str(n)]},
        }
        for n in range(1, n_services + 1)
    ]
    files = {"agencies": [agency, *bureaus], "providers": providers, "services": services, "websites": []}
    for name, records in files.items():
        (folder / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")


def write_reported_surveys(
    file: Path, rows: int, n_services: int = N_SERVICES, n_quarters: int = N_QUARTERS
) -> None:
    """Write a merged quarterly file, v1, with so many rows; no survey and quarter stands there twice."""
    chance = random.Random(SEED)  # noqa: S311 - data for measurements, nothing secret
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(_header())
        for number in range(rows):
            writer.writerow(_row(number, chance, n_services, n_quarters))


def _header() -> list[str]:
    names = ["organization_name", "organization_abbreviation", "service_provider_id", "collection_year"]
    names += ["collection_quarter", "service_provided", "transaction_point", "channel", "volume_of_customers"]
    names += ["volume_of_customers_provided_survey_opportunity", "volume_of_respondents"]
    names += ["omb_control_number", "federal_register_url", "updated_at", "service_id"]
    for question in range(1, 12):
        names += [f"q{question}_{part}" for part in ("text", "1", "2", "3", "4", "5", "point_scale")]
    return ["id", "type", *(f"attributes_{name}" for name in names)]


def _row(number: int, chance: random.Random, n_services: int, n_quarters: int) -> Iterator[object]:
    survey, quarter = divmod(number, n_quarters)
    service = survey % n_services + 1
    respondents = chance.randint(10, 5000)
    yield from (number + 1, "omb_cx_reporting_collections", "Made-up agency", "MUA", provider_of(service))
    yield from (2017 + quarter // 4, quarter % 4 + 1, f"Survey {survey}", "Follow-up after a call")
    yield from (
        CHANNELS[survey % len(CHANNELS)],
        f"{respondents * 40}.0",
        f"{respondents * 8}.0",
        respondents,
    )
    yield from ("0000-0000", "", "2030-01-01T00:00:00.000Z", service)
    for question in range(11):
        if question < len(WORDS):
            yield from (WORDS[question], *_answers(respondents, chance))
        else:
            yield from ("", 0, 0, 0, 0, 0, "")


def _answers(respondents: int, chance: random.Random) -> Iterator[object]:
    one, two, three, four, five = (
        int(respondents * share * chance.uniform(0.6, 1.0)) + 1 for share in SHARES
    )
    counts = (one, two, three, four, five)
    yield from (*counts, mean_half_up(counts))


def provider_of(service: int) -> int:
    """Give the number of the provider of a service."""
    return (service - 1) % N_PROVIDERS + 1
