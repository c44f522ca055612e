"""What of research may be published: stories with consent, insights and personas with evidence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_KINDS = ("answer", "comment", "case", "observation", "highlight", "published_figure", "pain_point")
"""What an insight or a persona may cite."""

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
    """A link to evidence leads nowhere."""


@dataclass(frozen=True)
class Link:
    """A link to evidence: a kind, and the key of a thing of that kind, or an address of the web, or both."""

    kind: str
    key: str | None
    url: str | None


def check_link(link: Link) -> None:
    """Check that a link has a key or an address, and that the address is one of the web.

    Raises:
        LinkNotValid: if not.
    """
    if link.key is None and link.url is None:
        raise LinkNotValid("a link needs a key or an address")
    if link.url is not None:
        check_address(link.url)


def check_address(url: str) -> None:
    """Check that an address is one of the web.

    Raises:
        LinkNotValid: if not.
    """
    if not url.startswith(WEB):
        raise LinkNotValid(f"'{url}' is no address that begins with https:// or http://")


def existing(links: Sequence[Link], is_there: Callable[[str, str], bool]) -> list[Link]:
    """Give the links that lead to something: to a thing that is there, or to an address of the web.

    Whether anything stands at an address is not looked up: a reader can follow it.

    Args:
        links: what is cited.
        is_there: says of a kind and a key whether there is such a thing.
    """
    return [link for link in links if link.url is not None or (link.key and is_there(link.kind, link.key))]


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

    >>> standing_of_cited(False, 2), standing_of_cited(False, 0)
    (<Standing.NOT_MARKED: 'not_marked'>, <Standing.NO_EVIDENCE: 'no_evidence'>)
    """
    if published:
        return Standing.PUBLISHED
    return Standing.NOT_MARKED if n_evidence else Standing.NO_EVIDENCE
