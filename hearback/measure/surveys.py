"""Which surveys there are, reported or archived, by the keys that commands and figures use."""

from collections.abc import Iterator
from dataclasses import dataclass

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.measure.file_queries import cell_store
from hearback.measure.rules import GOVERNMENT
from hearback.measure.scoring import lineage
from hearback.measure.wanted import archived_quarter

COUNTS, ANSWERS = "counts", "answers"


@dataclass(frozen=True)
class SurveyListed:
    """One survey in one quarter, of which counts are reported or answers archived.

    Weighted ones are shown by themselves, and are in no figure of a service, provider, agency or government.
    """

    key: str
    quarter: str
    service: str
    provider: str
    channel: str | None
    name: str
    source: str  # counts, answers
    weighted: bool

    def belongs(self, level: str, subject: str, above: dict[str, tuple[str, ...]]) -> bool:
        """Say whether it is a survey of a subject; `above` are the agencies above each provider."""
        subjects = {
            "survey": (self.key,), "service": (self.service,), "provider": (self.provider,),
            "agency": above.get(self.provider, ()), "government": (GOVERNMENT,),
        }  # fmt: skip
        return subject in subjects[level]


def surveys_listed(quarter: str | None = None) -> list[SurveyListed]:
    """List the surveys of all quarters or of one, by quarter and key; archived ones once they are counted.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    found = [*_reported(), *_archived()]
    wanted = [one for one in found if quarter in (None, one.quarter)]
    return sorted(wanted, key=lambda one: (one.quarter, one.key))


def surveys_of(level: str, subject: str) -> list[SurveyListed]:
    """List the surveys of a survey's own key, a service, provider, agency or the government.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    above = lineage(directory.agencies(), directory.providers())
    return [one for one in surveys_listed() if one.belongs(level, subject, above)]


def keys_of(level: str) -> list[str]:
    """Give every key that a level has.

    Raises:
        CellsNotValid: if cells cannot be read.
    """
    match level:
        case "survey":
            return sorted({one.key for one in surveys_listed()})
        case "service":
            return [one.key for one in directory.services()]
        case "provider":
            return [one.key for one in directory.providers()]
        case "agency":
            return [one.key for one in directory.agencies()]
        case _:
            return [GOVERNMENT]


def _reported() -> Iterator[SurveyListed]:
    for one in collect.reported_surveys():
        if one.variant == 1:
            yield _listed(one, COUNTS, weighted=False)


def _archived() -> Iterator[SurveyListed]:
    for quarter in cell_store().quarters():
        if (answers := archived_quarter(quarter)) is None:
            continue
        for code, fact in answers.surveys.items():
            yield _listed(fact, ANSWERS, weighted=answers.book.forms[code].weighted)


def _listed(one: collect.ReportedSurveyFact, source: str, *, weighted: bool) -> SurveyListed:
    return SurveyListed(
        one.key, one.quarter, one.service_key, one.provider_key, one.channel, one.name, source, weighted
    )
