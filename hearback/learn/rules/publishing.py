"""What of research may be published: stories with consent, insights and personas with evidence."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_KINDS = ("answer", "comment", "case", "observation", "highlight", "published_figure", "pain_point")
"""What an insight or a persona may cite."""

KEYED = ("observation", "highlight", "published_figure", "pain_point")
"""What has a key here by which it can be looked up; all else is cited by its address."""

EXAMPLE = '"url": "https://example.gov/dashboard/forms/desk/responses/#response-7"'

WEB = ("http://", "https://")


class Standing(StrEnum):
    """Whether a thing is published; where it is not, the first thing that is in the way."""

    PUBLISHED = "published"
    NO_CONSENT = "no_consent"
    NO_EVIDENCE = "no_evidence"
    NOT_MARKED = "not_marked"


class NotPublishable(ValueError):
    """A story, an insight or a persona lacks what it needs to be published."""


class LinkNotValid(ValueError):
    """A link to evidence leads nowhere; `remedy` says what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        """Keep what is wrong, and what to do."""
        super().__init__(problem)
        self.remedy = remedy


@dataclass(frozen=True)
class Link:
    """A link to evidence: a kind, and the key of a thing of that kind, or an address of the web, or both."""

    kind: str
    key: str | None
    url: str | None


def check_link(link: Link) -> None:
    """Check that a link has a key that can be looked up, or an address, and that this is one of the web.

    Raises:
        LinkNotValid: if not.
    """
    if link.url is not None:
        check_address(link.url)
    elif link.key is None:
        raise LinkNotValid("a link needs a key or an address", "give one of the two")
    elif link.kind not in KEYED:
        raise LinkNotValid(
            f"of kind {link.kind} nothing can be looked up by a key", f"cite it by its address, as {EXAMPLE}"
        )


def check_address(url: str) -> None:
    """Check that an address is one of the web.

    Raises:
        LinkNotValid: if not.
    """
    if not url.startswith(WEB):
        raise LinkNotValid(
            f"'{url}' is no address that begins with https:// or http://", "give the whole of it"
        )


def leads(link: Link, there: Set[tuple[str, str]]) -> bool | None:
    """Say whether a link leads to something that is there; None where only an address says what is cited.

    Whether anything stands at an address is not looked up here: a reader can follow it.

    Args:
        link: what is cited.
        there: kinds and keys of what is there.

    >>> there = {("pain_point", "slow")}
    >>> leads(Link("pain_point", "slow", None), there), leads(Link("pain_point", "gone", None), there)
    (True, False)
    """
    if link.key is not None and link.kind in KEYED:
        return (link.kind, link.key) in there
    return False if link.url is None else None


def existing(links: Sequence[Link], there: Set[tuple[str, str]]) -> list[Link]:
    """Give the links that lead to something: to a thing that is there, or to an address of the web."""
    return [link for link in links if leads(link, there) is not False]


def check_evidence(published: bool, n_evidence: int) -> None:
    """Check that an insight or a persona that is published cites something that is there.

    Raises:
        NotPublishable: if not.
    """
    if published and n_evidence < 1:
        raise NotPublishable("it is published, and none of the evidence it cites is there")


def check_story(published: bool, composite: bool, consent: str | None) -> None:
    """Check that a story of one person is published only with their consent.

    Raises:
        NotPublishable: if not.
    """
    if published and not composite and not consent:
        raise NotPublishable("it is published and not composite, and nobody says how consent was given")


def standing_of_story(published: bool, composite: bool, consent: str | None) -> Standing:
    """Say whether a story is published, or what is in the way.

    >>> standing_of_story(False, True, None), standing_of_story(False, False, "")
    (<Standing.NOT_MARKED: 'not_marked'>, <Standing.NO_CONSENT: 'no_consent'>)
    """
    if published:
        return Standing.PUBLISHED
    return Standing.NOT_MARKED if composite or consent else Standing.NO_CONSENT


def standing_of_cited(published: bool, n_evidence: int) -> Standing:
    """Say whether an insight or a persona is published, or what is in the way.

    One that is marked as published and whose evidence is gone is not: no release takes it.

    >>> standing_of_cited(False, 2), standing_of_cited(True, 0)
    (<Standing.NOT_MARKED: 'not_marked'>, <Standing.NO_EVIDENCE: 'no_evidence'>)
    """
    if not n_evidence:
        return Standing.NO_EVIDENCE
    return Standing.PUBLISHED if published else Standing.NOT_MARKED
