"""All scores of one fiscal quarter, from reported surveys. Pure functions on facts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from hearback.collect.queries import ReportedSurveyFact
from hearback.directory.queries import AgencyFact, ProviderFact
from hearback.measure.facts import ExclusionFact, ScoreFact
from hearback.measure.figures import Basis, Subject, answer_figure, no_figure, rate_figure, to_score
from hearback.measure.judging import TRUST, Judged, exclusion_fact, judged_questions
from hearback.measure.rules import (
    GOVERNMENT,
    LEVELS,
    MEASURES,
    OWN,
    POOLS,
    RESPONSE_RATE,
    Volumes,
    group_flags,
    rate_flags,
    response_of_many,
)
from hearback.stats import Reason, add_counts

Lineage = Mapping[str, Sequence[str]]
Group = tuple[str, str, str, str]


class ProviderNotKnown(Exception):
    """A survey names a provider that the directory does not have; the message says which."""


@dataclass(frozen=True)
class Quarterly:
    """What one quarter gives: every number, every survey left out of one, and the table of group scores."""

    scores: tuple[ScoreFact, ...]
    exclusions: tuple[ExclusionFact, ...]
    groups: pa.Table | None = None


def lineage(agencies: Iterable[AgencyFact], providers: Iterable[ProviderFact]) -> dict[str, tuple[str, ...]]:
    """Give for every provider its agency and all agencies above it, so that each counts the survey once."""
    parent = {agency.key: agency.parent_key for agency in agencies}
    found = {}
    for provider in providers:
        above: list[str] = []
        key: str | None = provider.agency_key
        while key is not None and key not in above:
            above.append(key)
            key = parent.get(key)
        found[provider.key] = tuple(above)
    return found


def score_quarter(
    surveys: Iterable[ReportedSurveyFact],
    before: Iterable[ReportedSurveyFact],
    agencies_of: Lineage,
    threshold: int,
    n_asked: Mapping[str, Mapping[str, int]] | None = None,
) -> Quarterly:
    """Compute every number of one quarter, in fixed order.

    Every survey gives one row per measure: a number, or the reason why there is none. Larger groups are made
    of surveys that are pooled and large enough to show, each counted once.

    Args:
        surveys: all reported surveys of the quarter.
        before: all of the quarter before; empty where nothing was reported then.
        agencies_of: see `lineage`.
        threshold: groups with fewer answers are not shown.
        n_asked: people who were shown each question of surveys that have it, by survey and question.

    Raises:
        ProviderNotKnown: if a survey's provider has no place among the agencies.
    """
    shown = n_asked or {}
    ordered = sorted(surveys, key=lambda s: (s.key, s.variant))
    judged = [each for one in ordered for each in judged_questions(one, threshold, shown.get(one.key))]
    earlier = [each for survey in before for each in judged_questions(survey, threshold)]
    groups, groups_before = grouped(judged, agencies_of), grouped(earlier, agencies_of)
    excluded = excluded_by_place(judged, agencies_of)
    scores = [score for each in judged for score in survey_scores(each)]
    for group, members in groups.items():
        identities = _identities(groups_before.get(group, [])) if earlier else None
        scores += group_scores(group, members, identities, excluded[group[0], group[1], group[3]])
    facts = [exclusion_fact(each, found) for each in judged if (found := each.exclusion) is not None]
    return Quarterly(tuple(sorted(scores, key=order)), tuple(facts))


def order(score: ScoreFact) -> tuple[int, str, int, int]:
    """Sort scores from the survey to the government, then by subject, pool and measure."""
    return _LEVEL[score.level], score.subject, _POOL[score.pool], _MEASURE[score.measure]


_LEVEL, _POOL, _MEASURE = ({key: i for i, key in enumerate(table)} for table in (LEVELS, POOLS, MEASURES))


def grouped(judged: Iterable[Judged], agencies_of: Lineage) -> dict[Group, list[Judged]]:
    """Sort surveys that a pool has into every group they belong to: level, subject, pool and question.

    Raises:
        ProviderNotKnown: if a survey's provider has no place among the agencies.
    """
    groups: dict[Group, list[Judged]] = defaultdict(list)
    for each in judged:
        if each.pool != OWN:
            for level, subject in places(each.survey, agencies_of):
                groups[level, subject, each.pool, each.code].append(each)
    return groups


def excluded_by_place(
    judged: Iterable[Judged], agencies_of: Lineage
) -> Mapping[tuple[str, str, str], Mapping[str, int]]:
    """Count, for every level, subject and question, the surveys left out of the sums, by reason.

    Raises:
        ProviderNotKnown: if a survey's provider has no place among the agencies.
    """
    counted: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for each in judged:
        if each.exclusion is not None:
            for level, subject in places(each.survey, agencies_of):
                counted[level, subject, each.code][each.exclusion.reason] += 1
    return counted


def places(survey: ReportedSurveyFact, agencies_of: Lineage) -> Iterator[tuple[str, str]]:
    """Give every level and subject that a survey counts for.

    Raises:
        ProviderNotKnown: if its provider has no place among the agencies.
    """
    if survey.provider_key not in agencies_of:
        raise ProviderNotKnown(
            f"survey {survey.key} names the provider {survey.provider_key!r}, which the directory does not "
            "have; load it, then compute again"
        )
    yield "service", survey.service_key
    yield "provider", survey.provider_key
    for agency in agencies_of[survey.provider_key]:
        yield "agency", agency
    yield "government", GOVERNMENT


def survey_scores(judged: Judged) -> list[ScoreFact]:
    """Give one row per measure for a question of a survey; the response rate with the trust question."""
    survey, held_back = judged.survey, judged.held_back
    subject = Subject("survey", survey.key, survey.quarter, judged.pool)
    used = {survey.key: None if held_back else judged.counts}
    basis = Basis(1, judged.flags, used, judged.left_out)
    scores = []
    for measure in judged.measures:
        figure = no_figure(measure, held_back) if held_back else answer_figure(measure, judged.counts)
        scores.append(to_score(measure, subject, figure, basis))
    if judged.code != TRUST:
        return scores
    flags = rate_flags(judged.flags, [judged.response])
    rate_basis = Basis(1, flags, {survey.key: _people(judged.response)})
    scores.append(to_score(RESPONSE_RATE, subject, rate_figure(RESPONSE_RATE, judged.response), rate_basis))
    return scores


def group_scores(
    group: Group,
    members: Sequence[Judged],
    before: frozenset[tuple[str, ...]] | None,
    excluded: Mapping[str, int],
) -> list[ScoreFact]:
    """Give one row per measure for a service, provider, agency or the government, within one pool.

    `before` names the surveys pooled in the quarter before; None where nothing at all was reported then.
    `excluded` counts the surveys of the subject that were left out, by reason.
    """
    level, key, pool, code = group
    subject = Subject(level, key, members[0].survey.quarter, pool)
    pooled = [m for m in members if m.exclusion is None]
    if not pooled:
        return _no_scores(subject, members, excluded)
    changed = before is not None and before != _identities(members)
    flags = group_flags([m.flags for m in pooled], composition_changed=changed)
    counts = add_counts([m.counts for m in pooled])
    basis = Basis(len(pooled), flags, {m.survey.key: m.counts for m in pooled}, excluded)
    scores = [to_score(m, subject, answer_figure(m, counts), basis) for m in pooled[0].measures]
    return [*scores, _group_rate(subject, pooled, basis)] if code == TRUST else scores


def _group_rate(subject: Subject, pooled: Sequence[Judged], of_answers: Basis) -> ScoreFact:
    flags = rate_flags(of_answers.flags, [m.response for m in pooled])
    used = {m.survey.key: _people(m.response) for m in pooled if isinstance(m.response, Volumes)}
    if used and len(used) < len(pooled):
        flags |= {"rate_partial"}
    basis = Basis(len(used), flags, used or {m.survey.key: None for m in pooled}, of_answers.excluded)
    figure = rate_figure(RESPONSE_RATE, response_of_many([m.response for m in pooled]))
    return to_score(RESPONSE_RATE, subject, figure, basis)


def _no_scores(subject: Subject, members: Sequence[Judged], excluded: Mapping[str, int]) -> list[ScoreFact]:
    """Say why a group has no numbers, without telling which of its surveys are small."""
    small = any(m.held_back is Reason.SUPPRESSED_SMALL for m in members)
    reason = Reason.SUPPRESSED_SMALL if small else Reason.NO_ANSWERS
    basis = Basis(0, frozenset(), {m.survey.key: None for m in members}, excluded)
    rate = (RESPONSE_RATE,) if members[0].code == TRUST else ()
    wanted = (*members[0].measures, *rate)
    return [to_score(measure, subject, no_figure(measure, reason), basis) for measure in wanted]


def _people(found: Volumes | Reason) -> tuple[int, int] | None:
    return (found.respondents, found.offered) if isinstance(found, Volumes) else None


def _identities(members: Iterable[Judged]) -> frozenset[tuple[str, ...]]:
    return frozenset(m.identity for m in members if m.exclusion is None)
