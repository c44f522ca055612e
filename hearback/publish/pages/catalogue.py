"""Looking things up in one release: by key, and by what belongs to what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Protocol, TypeVar

from django.utils import translation

from hearback.directory.queries import AgencyFact, ProviderFact, ServiceFact
from hearback.plan.queries import ConfirmationFact
from hearback.publish.charts import Figure, chart_path, figures
from hearback.publish.frozen import ReleaseData
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.series import Numbers
from hearback.ui.speaking import ENGLISH


class Keyed(Protocol):
    """A fact with a key."""

    @property
    def key(self) -> str:
        """Give the key."""


class Named(Keyed, Protocol):
    """A fact with a key and a name."""

    @property
    def name(self) -> str:
        """Give the name."""


K = TypeVar("K", bound=Keyed)
N = TypeVar("N", bound=Named)


class InQuarter(Protocol):
    """A fact of one quarter."""

    @property
    def quarter(self) -> str:
        """Give the quarter."""


Q = TypeVar("Q", bound=InQuarter)


class NotInRelease(Exception):
    """The release holds nothing under that key."""


class Catalogue:
    """One release with everything indexed that pages look up."""

    def __init__(self, release: ReleaseData) -> None:
        self.release = release
        self.numbers = Numbers(release)
        self.agencies = {a.key: a for a in release.agencies}
        self.providers = {p.key: p for p in release.providers}
        self.services = {s.key: s for s in release.services}
        self.surveys = {s.key: s for s in release.surveys}
        self.surveys_in = _by_quarter(release.surveys)
        self.exclusions_in = _by_quarter(release.exclusions)
        self.experiences = {e.key: e for e in release.life_experiences}
        self.methods = {m.slug: m for m in release.methods}
        shown = {s.quarter for s in release.scores if s.value is not None}
        self.scored = tuple(sorted({min(shown), max(shown)})) if shown else ()
        self.asked: dict[tuple[str, str], list[tuple[str, ConfirmationFact]]] = defaultdict(list)
        for one in release.rounds:  # the newest first
            for confirmation in one.confirmations:
                self.asked[confirmation.about, confirmation.record].append((one.quarter, confirmation))
        self.seat_of = {(a.about, a.record): a.seat_key for a in release.answerable}
        self._services_of: dict[str, list[ServiceFact]] = defaultdict(list)
        for service in release.services:
            for key in dict.fromkeys(p.provider_key for p in service.provisions):
                self._services_of[key].append(service)

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Give all figures whose drawings the release holds, by name.

        They say in English what they show, whichever language is spoken: `said` says it in that one.
        """
        drawn = {file.path for file in self.release.files}
        with translation.override(ENGLISH):
            return {one.name: one for one in figures(self.release) if chart_path(one.name) in drawn}

    def agency_name(self, key: str | None) -> str | None:
        """Give the name of an agency; its key where the release does not hold it."""
        found = self.agencies.get(key or "")
        return found.name if found else key

    def agencies_above(self, provider: str) -> list[str]:
        """Give the keys of a provider's agency and of all agencies above; none for an unknown provider."""
        found: list[str] = []
        key = self.providers[provider].agency_key if provider in self.providers else None
        while key is not None and key not in found:
            found.append(key)
            key = self.agencies[key].parent_key if key in self.agencies else None
        return found

    def providers_of(self, agency: str) -> list[ProviderFact]:
        """List the providers of an agency by name."""
        return by_name(p for p in self.release.providers if p.agency_key == agency)

    def services_of(self, provider: str) -> list[ServiceFact]:
        """List the services a provider gives or gave, by name."""
        return by_name(self._services_of[provider])

    def parts_of(self, agency: str) -> list[AgencyFact]:
        """List the agencies that belong to an agency, by name."""
        return by_name(a for a in self.release.agencies if a.parent_key == agency)


@kept_for_each_release
def catalogue(release: ReleaseData) -> Catalogue:
    """Give the catalogue of a release, made once for each release and kept."""
    return Catalogue(release)


def _by_quarter(facts: Iterable[Q]) -> Mapping[str, list[Q]]:
    found: dict[str, list[Q]] = defaultdict(list)
    for fact in facts:
        found[fact.quarter].append(fact)
    return found


def by_name(things: Iterable[N]) -> list[N]:
    """Put things with a name in alphabetical order: the only order in which pages list them."""
    return sorted(things, key=lambda thing: (thing.name.casefold(), thing.key))


def find(things: Iterable[K], key: str) -> K:
    """Find the thing with a key.

    Raises:
        NotInRelease: if there is none.
    """
    for thing in things:
        if thing.key == key:
            return thing
    raise NotInRelease(key)
