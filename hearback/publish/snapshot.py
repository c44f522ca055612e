"""Gathering what is approved, as the public may see it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.conf import settings

from hearback.collect import queries as collect
from hearback.directory import queries as directory
from hearback.learn import queries as learn
from hearback.measure import queries as measure
from hearback.measure.rules import is_small
from hearback.plan import queries as plan
from hearback.publish.cited import look_up
from hearback.publish.frozen import (
    Content,
    MethodFact,
    PublishedFinding,
    PublishedQuestion,
    PublishedSurvey,
    sha256,
    to_json,
)
from hearback.stats import Reason

QUOTES_OTHERS = frozenset({"restated", "superseded", "two_values_for_one_key", "total_disagrees"})
"""Findings whose messages quote counts that are not published, of whatever size: only their kind is."""

NOT_ASKED = "not_asked"  # the wording class of a question that was not asked
METHODS_FOLDER = Path(settings.BASE_DIR) / "docs" / "methods"


def gather(threshold: int, on: date) -> Content:
    """Gather the content of the next release; counts from 1 to `threshold` - 1 stay out, with the reason.

    Args:
        on: the day of the release, for which success measures say how far they are.
    """
    from hearback.measure.changes.bands import bands_of  # here, as they take a second that only this needs
    from hearback.measure.wanted import archived_surveys

    journeys = tuple(publish_journey(look_up(j)) for j in learn.journeys(suppress_below=threshold))
    studied = {journey.key: journey.studies for journey in journeys}
    scores = tuple(measure.scores())
    lives = tuple(publish_life_experience(one, studied, threshold) for one in plan.life_experiences())
    surveys = [
        *(publish_survey(s, threshold) for s in collect.reported_surveys()),
        *(publish_archived(s, threshold) for s in archived_surveys()),
    ]
    return Content(
        agencies=tuple(directory.agencies()),
        providers=tuple(directory.providers()),
        services=tuple(directory.services()),
        websites=tuple(directory.websites()),
        surveys=tuple(surveys),
        scores=scores,
        exclusions=tuple(measure.exclusions()),
        priority_areas=tuple(plan.priority_areas(on)),
        life_experiences=lives,
        commitments=tuple(plan.commitments()),
        funding=tuple(plan.funding()),
        updates=tuple(replace(u, approved_by=None) for u in plan.updates() if u.approved),  # names a person
        methods=read_methods(METHODS_FOLDER),
        journeys=journeys,
        rounds=tuple(plan.public_rounds(on)),
        answerable=tuple(plan.answerable()),
        capacity_areas=tuple(plan.capacity_areas()),
        action_plans=tuple(plan.action_plans()),
        bands=tuple(bands_of(scores)),
        noisy_groups=publish_noisy_groups(surveys) if settings.NOISE_BUDGET is not None else (),
    )


def publish_noisy_groups(surveys: Sequence[PublishedSurvey]) -> tuple[measure.NoisyGroupsFact, ...]:
    """Give the noisy counts that were drawn, and not withheld, of surveys whose answers are published now."""
    shown = {
        (survey.key, one.question) for survey in surveys for one in survey.questions if one.counts is not None
    }
    return tuple(one for one in measure.noisy_groups(to_publish=True) if (one.survey, one.question) in shown)


def publish_life_experience(
    life: plan.LifeExperienceFact, studied: Mapping[str, Sequence[learn.StudyFact]], threshold: int
) -> plan.LifeExperienceFact:
    """Take from a life experience what may be published.

    How many people took part in its discovery stays out where the number is small, or where a study of its
    journey holds a count back: less the other groups, the number would tell that one.
    """
    held_back = any(
        study.people_count is None and any(group.count is None for group in study.participants)
        for study in studied.get(life.journey_key or "", ())
    )
    if held_back or is_small(life.discovery_people, threshold):
        return replace(life, discovery_people=None, discovery_reason=_held_back(life.discovery_people))
    return life


def publish_journey(journey: learn.JourneyFact) -> learn.JourneyFact:
    """Take from a journey what may be published: only where somebody said so.

    Of studies that is each file; of stories, personas and insights the whole. Personas and insights whose
    evidence is gone stay out.
    """
    return replace(
        journey,
        stories=tuple(story for story in journey.stories if story.published),
        studies=tuple(
            replace(study, files=tuple(file for file in study.files if file.published))
            for study in journey.studies
        ),
        personas=tuple(one for one in journey.personas if one.published and one.evidence_count),
        insights=tuple(one for one in journey.insights if one.published and one.evidence_count),
    )


def publish_survey(survey: collect.ReportedSurveyFact, threshold: int) -> PublishedSurvey:
    """Take from a reported survey what may be published.

    Where any count of people is too small, the finding messages go too: some quote the counts.
    """
    questions = tuple(publish_question(q, threshold) for q in survey.questions)
    volumes = (survey.customers_count, survey.offered_count, survey.respondents_count)
    small = any(q.reason == Reason.SUPPRESSED_SMALL for q in questions) or any(
        is_small(count, threshold) for count in volumes
    )
    findings = tuple(
        PublishedFinding(f.kind, f.column, None if small or f.kind in QUOTES_OTHERS else f.message)
        for f in survey.findings
    )
    return PublishedSurvey(
        key=survey.key,
        service_key=survey.service_key,
        provider_key=survey.provider_key,
        quarter=survey.quarter,
        channel=survey.channel,
        name=survey.name,
        timing=survey.timing,
        customers_count=_shown(survey.customers_count, threshold),
        offered_count=_shown(survey.offered_count, threshold),
        respondents_count=_shown(survey.respondents_count, threshold),
        customers_reason=_no_volume(survey.customers_count, threshold),
        offered_reason=_no_volume(survey.offered_count, threshold),
        respondents_reason=_no_volume(survey.respondents_count, threshold),
        rating=survey.rating,
        variant=survey.variant,
        questions=questions,
        findings=findings,
        file_sha256=survey.file_sha256,
    )


def publish_archived(survey: collect.ReportedSurveyFact, threshold: int) -> PublishedSurvey:
    """Take from a survey of archived answers what may be published.

    The file it was counted from holds every group: whoever tries all that fit would find them by its hash.
    So the hash that is published is of what is published.
    """
    found = publish_survey(survey, threshold)
    return replace(found, file_sha256=sha256(to_json(found.questions)))


def publish_question(question: collect.QuestionCountsFact, threshold: int) -> PublishedQuestion:
    """Take from a question's counts what may be published; where it was not asked there are none."""
    answers = sum(question.counts)
    reason = None
    if is_small(answers, threshold):
        reason = Reason.SUPPRESSED_SMALL.value
    elif not answers and question.wording_class == NOT_ASKED:
        reason = NOT_ASKED
    return PublishedQuestion(
        question=question.question,
        wording_class=question.wording_class,
        scale=question.scale,
        counts=None if reason else question.counts,
        published_mean=None if reason else question.published_mean,
        reason=reason,
    )


def read_methods(folder: Path) -> tuple[MethodFact, ...]:
    """Read the method pages, each with its title from the first line.

    Raises:
        ValueError: if a page does not start with a title.
    """
    pages = []
    for path in sorted(folder.glob("*.md")):
        first, _, rest = path.read_text(encoding="utf-8").partition("\n")
        if not first.startswith("# "):
            raise ValueError(f"{path.name}: the first line must be a title, as '# Share agreeing'")
        pages.append(MethodFact(path.stem, first[2:].strip(), rest.strip() + "\n"))
    return tuple(pages)


def _shown(count: int | None, threshold: int) -> int | None:
    return None if is_small(count, threshold) else count


def _no_volume(count: int | None, threshold: int) -> str | None:
    """Say why a volume is not published: nobody reported it, or it is small."""
    if count is None:
        return Reason.NOT_REPORTED.value
    return Reason.SUPPRESSED_SMALL.value if is_small(count, threshold) else None


def _held_back(count: int | None) -> str | None:
    return None if count is None else Reason.SUPPRESSED_SMALL.value
