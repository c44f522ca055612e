"""Everything that a release publishes, as people look for it: what it is called, and where it stands."""

from collections.abc import Iterator

from hearback.plan.queries import LifeExperienceFact, MilestoneFact, PriorityAreaFact, StrategyFact
from hearback.publish.formats import TABLES
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue, catalogue
from hearback.publish.pages.dates import date_label
from hearback.publish.pages.words import COMMITMENT_KINDS, FUNDING_KINDS, UPDATE_KINDS
from hearback.publish.search.journey_signposts import of_journeys
from hearback.publish.search.kinds import Signpost
from hearback.publish.search.own_pages import OF_A_QUARTER, of_own_pages
from hearback.publish.search.texts import plain_text, shortened, signpost_of
from hearback.ui.words import plain


def signposts(release: ReleaseData) -> tuple[Signpost, ...]:
    """List everything that a release publishes, in an order that is always the same."""
    book = catalogue(release)
    found = tuple(
        [
            *_of_directory(book),
            *(signpost for area in release.priority_areas for signpost in _of_area(area)),
            *(signpost for one in release.life_experiences for signpost in _of_experience(book, one)),
            *_of_promises(book),
            *of_journeys(release),
            *_of_action_plans(book),
            *_of_figures(book),
            *_of_data(release),
        ]
    )
    return (*found, *of_own_pages({one.kind for one in found}))


def _of_directory(book: Catalogue) -> Iterator[Signpost]:
    release = book.release
    for service in release.services:
        keys = dict.fromkeys(one.provider_key for one in service.provisions)
        providers = [book.providers[key] for key in keys if key in book.providers]
        agencies = [book.agencies[one.agency_key] for one in providers if one.agency_key in book.agencies]
        short = dict.fromkeys([*(p.abbreviation for p in providers), *(a.abbreviation for a in agencies)])
        where = _joined(", ".join(one.name for one in providers), *short)
        yield Signpost("services", service.name, f"/services/{service.key}/", where, service.gist or "")
    for agency in release.agencies:
        yield Signpost("agencies", agency.name, f"/agencies/{agency.key}/", agency.abbreviation, "")
    for provider in release.providers:
        where = _joined(provider.abbreviation, book.agency_name(provider.agency_key))
        yield Signpost("providers", provider.name, f"/providers/{provider.key}/", where, provider.gist or "")
    for site in release.websites:
        owner = f"/providers/{site.provider_key}/" if site.provider_key else f"/agencies/{site.agency_key}/"
        where = book.agency_name(site.agency_key) or ""
        yield Signpost("websites", site.name, f"{owner}#websites", where, site.address)


def _of_area(area: PriorityAreaFact) -> Iterator[Signpost]:
    page = f"/priority-areas/{area.key}/"
    text = " ".join(part for part in (area.gist, area.challenge, area.opportunity) if part)
    yield Signpost("priority-areas", area.title, page, f"Priority area {area.number}", text)
    for measure in area.success_measures:
        text = _joined(measure.baseline, measure.target, measure.latest, apart=" ")
        address = f"/measures/{measure.key}/"
        yield Signpost("success-measures", measure.name, address, measure.provider or "", text)
    for strategy in area.strategies:
        yield from _of_strategy(strategy)


def _of_strategy(strategy: StrategyFact) -> Iterator[Signpost]:
    page, where = f"/strategies/{strategy.key}/", f"Strategy {strategy.number}"
    yield Signpost("strategies", strategy.title, page, where, strategy.note or "")
    for goal in strategy.goals:
        anchor = f"{page}#goal-{goal.key}"
        yield signpost_of(goal.gist, "goals", anchor, f"{where}, goal {goal.number}", goal.note)
    yield from _of_milestones(strategy.milestones, page, where)


def _of_experience(book: Catalogue, one: LifeExperienceFact) -> Iterator[Signpost]:
    page = f"/life-experiences/{one.key}/"
    where = book.agency_name(one.lead_agency_key) or ""
    text = " ".join([one.question or "", *one.facts, *one.where_we_want_to_be])
    yield Signpost("life-experiences", one.name, page, where, text.strip())
    told = {point.key for journey in book.release.journeys for point in journey.pain_points}
    for point in one.pain_points:
        if point.key not in told:
            yield signpost_of(point.gist, "pain-points", f"{page}#{point.key}", one.name, None)
    for project in one.projects:
        text = " ".join([project.goal or "", project.next_steps or "", *project.results]).strip()
        yield Signpost("projects", project.name, f"{page}#{project.key}", one.name, text)
        yield from _of_milestones(project.milestones, page, project.name)
    yield from _of_milestones(one.milestones, page, one.name)


def _of_milestones(facts: tuple[MilestoneFact, ...], page: str, where: str) -> Iterator[Signpost]:
    for one in facts:
        stands = _joined(where, one.status, date_label(one.due))
        yield signpost_of(one.title, "milestones", f"{page}#{one.key}", stands, one.note)


def _of_promises(book: Catalogue) -> Iterator[Signpost]:
    release = book.release
    for one in release.commitments:
        names = [book.agency_name(key) or key for key in one.agency_keys]
        where = _joined(plain(one.kind, COMMITMENT_KINDS), one.reference, ", ".join(names))
        yield signpost_of(one.gist, "commitments", f"/commitments/#{one.key}", where, one.progress)
    for money in release.funding:
        where = _joined(plain(money.kind, FUNDING_KINDS), date_label(money.date))
        name = money.recipient or shortened(money.gist or "Recipient not named")
        text = _joined(money.gist, money.note, apart=" ")
        yield Signpost("funding", name, f"/funding/#{money.key}", where, text)
    for update in release.updates:
        where = _joined(plain(update.kind, UPDATE_KINDS), date_label(update.date))
        text = _joined(update.gist, plain_text(update.body or ""), apart=" ")
        yield Signpost("updates", update.title, f"/updates/#{update.key}", where, text)


def _of_action_plans(book: Catalogue) -> Iterator[Signpost]:
    release = book.release
    for area in release.capacity_areas:
        yield Signpost(
            "capacity-areas", area.name, f"/capacity-areas/#{area.key}", area.round or "", area.gist or ""
        )
    for one in release.action_plans:
        page = f"/providers/{one.provider_key}/plans/{one.fiscal_year}/"
        provider = book.providers[one.provider_key].name if one.provider_key in book.providers else ""
        title = f"Action plan for FY{one.fiscal_year}: {provider}"
        yield Signpost("action-plans", title, page, provider, one.gist or "")
        for action in one.actions:
            where = f"{provider}, FY{one.fiscal_year}"
            yield signpost_of(action.gist, "actions", f"{page}#{action.key}", where, action.delivered)


def _of_figures(book: Catalogue) -> Iterator[Signpost]:
    for quarter in book.numbers.quarters:
        title = str(date_label(str(quarter)))
        yield Signpost("quarters", title, f"/quarters/{quarter}/", "", OF_A_QUARTER)
    for figure in book.figures.values():
        yield Signpost("charts", figure.title, f"/charts/{figure.name}/", "", " ".join(figure.says))


def _of_data(release: ReleaseData) -> Iterator[Signpost]:
    for method in release.methods:
        yield Signpost("methods", method.title, f"/methods/{method.slug}/", "", plain_text(method.markdown))
    for table in TABLES:
        text = ", ".join(column.name for column in table.columns)
        yield Signpost("tables", table.title, f"/data/#table-{table.name}", table.name, text)


def _joined(*parts: str | None, apart: str = " · ") -> str:
    return apart.join(part for part in parts if part)
