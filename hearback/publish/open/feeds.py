"""Atom feeds of a release. Source: RFC 4287.

Moments come from the release and from the dates of what it holds, none from a clock: an entry is dated by
the first day its source gives, and figures of a quarter by the day after it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree

from django.conf import settings

from hearback.fiscal import PeriodNotValid, parse_period, parse_quarter
from hearback.plan.queries import UpdateFact
from hearback.publish.frozen import ReleaseData, sha256
from hearback.publish.open.addresses import tag, whole
from hearback.publish.pages.catalogue import catalogue, find
from hearback.publish.pages.changes import correction_log
from hearback.publish.sentences import reading
from hearback.publish.series import AGREE

NAMESPACE = "http://www.w3.org/2005/Atom"
START = '<?xml version="1.0" encoding="utf-8"?>\n'
MOST = 200
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Source: XML 1.0, section 2.2."""


@dataclass(frozen=True)
class Entry:
    """One entry. `updated` is the day after which it did not change."""

    id: str
    title: str
    updated: date
    page: str
    summary: str
    source: str | None = None


def updates_feed(release: ReleaseData) -> bytes:
    """Write the feed of all updates."""
    return _feed(release, "/feed.atom", "/updates/", "Updates", map(_update, release.updates))


def corrections_feed(release: ReleaseData, steps: Sequence[tuple[ReleaseData, ReleaseData]] = ()) -> bytes:
    """Write the feed of what was put right: figures, from release to release, and updates.

    Args:
        release: the release that the site shows.
        steps: each release with the one before it, the newest first.
    """
    updates = [
        Entry(
            tag("correction", update.key, one.date, str(number)),
            f"Put right: {update.title}",
            _day(one.date),
            f"/updates/#{update.key}",
            one.gist,
        )
        for update in release.updates
        for number, one in enumerate(update.corrections, 1)
    ]
    figures = [
        Entry(
            tag("corrected", str(step["release"].number), sha256(line.label.encode())[:16]),
            f"Put right: {line.label}",
            step["release"].created_at.astimezone(UTC).date(),
            f"/corrections/#r{step['release'].number}",
            " ".join([*(_told(*cell) for cell in line.cells), *line.causes]),
        )
        for step in correction_log(steps, release)["steps"]
        for line in step["lines"]
    ]
    return _feed(release, "/corrections.atom", "/corrections/", "Corrections", [*updates, *figures])


def _told(name: str, was: str | None, now: str | None) -> str:
    return f"{name}: {was or 'nothing'} before, {now or 'nothing'} now."


def service_feed(release: ReleaseData, key: str) -> bytes:
    """Write the feed of a service: its figures, quarter by quarter.

    Raises:
        NotInRelease: if the release holds no such service.
    """
    service = find(release.services, key)
    page = f"/services/{key}/"
    return _feed(release, f"{page}feed.atom", page, service.name, _figures(release, "service", key, page))


def agency_feed(release: ReleaseData, key: str) -> bytes:
    """Write the feed of an agency: its figures, its commitments, updates on what it takes part in.

    Raises:
        NotInRelease: if the release holds no such agency.
    """
    agency = find(release.agencies, key)
    page = f"/agencies/{key}/"
    lives = {
        life.key for life in release.life_experiences if key in (*life.participant_keys, life.lead_agency_key)
    }
    entries = [
        *_figures(release, "agency", key, page),
        *_commitments(release, key),
        *(_update(one) for one in release.updates if lives.intersection(one.life_experience_keys)),
    ]
    return _feed(release, f"{page}feed.atom", page, agency.name, entries)


FEEDS = {"agencies": agency_feed, "services": service_feed}


def _update(update: UpdateFact) -> Entry:
    days = [update.date, *(one.date for one in update.corrections)]
    return Entry(
        tag("update", update.key),
        update.title,
        max(map(_day, days)),
        f"/updates/#{update.key}",
        update.gist,
        update.source,
    )


def _figures(release: ReleaseData, level: str, key: str, page: str) -> list[Entry]:
    """Tell the share of agreement of each quarter and pool, as the page does."""
    numbers = catalogue(release).numbers
    return [
        Entry(
            tag(level, key, score.measure, score.pool, score.quarter),
            f"Trust in {parse_quarter(score.quarter).label}",
            parse_quarter(score.quarter).ends_before(settings.FISCAL_YEAR_STARTS),
            page,
            reading(score),
        )
        for pool in numbers.pools(level, key)
        if (series := numbers.series(AGREE, level, key, pool)) is not None
        for score in (one.score for one in series.readings)
        if score is not None and score.value is not None
    ]


def _commitments(release: ReleaseData, agency: str) -> list[Entry]:
    return [
        Entry(
            tag("commitment", one.key, one.progress_date),
            f"Commitment: {one.gist}",
            _day(one.progress_date),
            f"/commitments/#{one.key}",
            one.progress,
            one.progress_source,
        )
        for one in release.commitments
        if agency in one.agency_keys and one.progress and one.progress_date
    ]


def _day(text: str) -> date:
    """Give the first day of a date of any precision; what is no date is as old as can be."""
    try:
        return parse_period(text, settings.FISCAL_YEAR_STARTS).starts_on
    except PeriodNotValid:
        return date(1970, 1, 1)


def _feed(release: ReleaseData, path: str, page: str, title: str, entries: Iterable[Entry]) -> bytes:
    newest = sorted(entries, key=lambda one: (-one.updated.toordinal(), one.id))[:MOST]
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _add(root, "id", tag("feed", path.strip("/")))
    _add(root, "title", f"{title} · Hearback")
    _add(root, "updated", _moment(release.created_at))
    _link(root, "self", path, "application/atom+xml")
    _link(root, "alternate", page, "text/html")
    _add(ElementTree.SubElement(root, "author"), "name", settings.PUBLISHER)
    _add(root, "rights", f"Data under {settings.DATA_LICENSE}")
    _add(root, "generator", "Hearback")
    for one in newest:
        _entry(root, one)
    ElementTree.indent(root)
    return f"{START}{ElementTree.tostring(root, encoding='unicode')}\n".encode()


def _entry(root: ElementTree.Element, one: Entry) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _add(entry, "id", one.id)
    _add(entry, "title", one.title)
    _add(
        entry, "updated", _moment(datetime(one.updated.year, one.updated.month, one.updated.day, tzinfo=UTC))
    )
    _link(entry, "alternate", one.page, "text/html")
    if one.source is not None and one.source.startswith(("http://", "https://")):
        ElementTree.SubElement(entry, "link", {"rel": "via", "href": one.source})
    _add(entry, "summary", one.summary)


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = NOT_IN_XML.sub("", text)


def _link(parent: ElementTree.Element, rel: str, path: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": media_type, "href": whole(path)})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
