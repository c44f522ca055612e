"""What the quarter page shows of reported surveys: in words, under their agency and provider."""

from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from hearback.collect.queries import FindingFact, ReportedSurveyFact
from hearback.collect.rules import COMPARABLE_TRUST, FINDINGS
from hearback.directory import queries as directory
from hearback.measure.queries import ScoreFact
from hearback.measure.rules import OWN
from hearback.ui.numbers import count, share, share_interval
from hearback.ui.words import ASKED, CHANNELS, REASONS, TIMINGS, plain


@dataclass(frozen=True)
class Asked:
    """What stands in the place of the trust question: its name, what was asked instead, and its figure."""

    label: str
    what: str | None
    share: str
    is_own: bool


@dataclass(frozen=True)
class Oddity:
    """A finding in words; `detail` is left out where it would only repeat the title."""

    title: str
    detail: str | None


@dataclass(frozen=True)
class SurveyRow:
    """One reported survey in words. Volumes are None where they were not reported."""

    name: str
    service: str
    channel: str
    timing: str
    volumes: tuple[tuple[str, str | None], ...]
    asked: Asked
    findings: tuple[Oddity, ...]


@dataclass(frozen=True)
class ProviderGroup:
    """The surveys of one provider."""

    key: str
    name: str
    rows: tuple[SurveyRow, ...]


@dataclass(frozen=True)
class AgencyGroup:
    """The surveys of one agency, provider by provider."""

    key: str
    name: str
    providers: tuple[ProviderGroup, ...]

    @property
    def n_surveys(self) -> int:
        """Count the surveys of all providers."""
        return sum(len(provider.rows) for provider in self.providers)


def by_agency(surveys: list[ReportedSurveyFact], shares: dict[str, ScoreFact]) -> list[AgencyGroup]:
    """Group the surveys of a quarter by agency and provider, everything in the order of names.

    `shares` holds the share agreeing of each survey by its key.
    """
    agencies = {a.key: a.name for a in directory.agencies()}
    providers = {p.key: p for p in directory.providers()}
    services = {s.key: s.name for s in directory.services()}

    def agency(survey: ReportedSurveyFact) -> tuple[str, str]:
        key = providers[survey.provider_key].agency_key
        return agencies[key], key

    def provider(survey: ReportedSurveyFact) -> tuple[str, str]:
        return providers[survey.provider_key].name, survey.provider_key

    ordered = sorted(surveys, key=lambda s: (agency(s), provider(s), services[s.service_key], s.name, s.key))
    return [
        AgencyGroup(
            key,
            name,
            tuple(
                ProviderGroup(below, title, tuple(_row(s, services, shares.get(s.key)) for s in found))
                for (title, below), found in groupby(of_agency, key=provider)
            ),
        )
        for (name, key), of_agency in groupby(ordered, key=agency)
    ]


def asked(wording_class: str | None, score: ScoreFact | None) -> Asked:
    """Say what people were asked where the trust question stands, and which share agreed.

    A question of its own is not called trust: its figure is compared with nothing.
    """
    if wording_class in {None, "not_asked"}:
        return Asked(_("Trust question"), None, _("not asked"), is_own=False)
    is_own = score.pool == OWN if score is not None else wording_class not in COMPARABLE_TRUST
    if is_own:
        what = plain(wording_class, ASKED) if wording_class in ASKED else _("something that is not known")
        told = _("People were asked %(what)s; this is the share choosing 4 or 5 of 5.") % {"what": what}
        return Asked(_("A question of its own"), told, _words(score), is_own=True)
    return Asked(_("Trust, share agreeing"), None, _words(score), is_own=False)


def _row(survey: ReportedSurveyFact, services: dict[str, str], score: ScoreFact | None) -> SurveyRow:
    wording = next((q.wording_class for q in survey.questions if q.question == "trust"), None)
    volumes = (
        (_("customers"), survey.customers_count),
        (_("offered the survey"), survey.offered_count),
        (_("respondents"), survey.respondents_count),
    )
    return SurveyRow(
        name=survey.name,
        service=services[survey.service_key],
        channel=plain(survey.channel, CHANNELS) if survey.channel else _("not reported"),
        timing=plain(survey.timing, TIMINGS),
        volumes=tuple((name, None if n is None else count(n)) for name, n in volumes),
        asked=asked(wording, score),
        findings=tuple(_oddity(f) for f in survey.findings),
    )


def _oddity(finding: FindingFact) -> Oddity:
    title = plain(finding.kind, FINDINGS)
    return Oddity(_(title), None if finding.message == title else finding.message)


def _words(score: ScoreFact | None) -> str:
    if score is None:
        return _("not computed yet")
    if score.value is None:
        return plain(score.reason, REASONS)
    if score.low is None or score.high is None:
        return share(score.value, score.n)
    interval = share_interval(score.low, score.high, score.n)
    return _("%(share)s (95 %% interval %(interval)s)") % {
        "share": share(score.value, score.n),
        "interval": interval,
    }
