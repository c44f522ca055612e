"""Preparing the next release of what is approved now: what the command and the page both do."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation

from hearback.plan.days import day_of
from hearback.publish import actions
from hearback.publish.charts import draw_charts
from hearback.publish.formats import data_files
from hearback.publish.frozen import Content
from hearback.publish.privacy.attack import disclosed
from hearback.publish.privacy.differences import small_differences
from hearback.publish.privacy.noise import noise_undone
from hearback.publish.queries import PreparedFact, current_release, released_noise
from hearback.publish.snapshot import gather
from hearback.ui.speaking import ENGLISH

MOST_NAMED = 5


class CannotPrepare(Exception):
    """There is nothing to prepare, or it would not be right; the message says why and what to do."""


def gather_current(at: datetime) -> Content:
    """Gather what is approved now.

    Raises:
        CannotPrepare: if there is nothing, or scores are older than the answers they are made of.
    """
    from hearback.measure.wanted import stale_quarters  # here, as it takes a second that only a release needs

    stale = stale_quarters(settings.SUPPRESS_BELOW)
    if stale:
        raise CannotPrepare(
            f"The scores of {', '.join(stale)} are not those of the answers reported now: "
            "run `hearback measure all` first."
        )
    content = gather(settings.SUPPRESS_BELOW, day_of(at))
    if not content.agencies:
        raise CannotPrepare("There is nothing to publish yet: begin with `hearback directory load`.")
    return content


class FewPeople(CannotPrepare):
    """What changed since the newest release was changed by few people; somebody has to say that it may be."""


def hold_against_attack(content: Content, *, recounted: bool) -> None:
    """Refuse a release that would give away what is held back, together with the newest or by itself.

    Args:
        recounted: whether somebody says that small differences are counts put right, not late answers.

    Raises:
        CannotPrepare: if a hidden count can be worked out, or noise would be undone.
        FewPeople: if a count differs from that of the newest release by few people, and is not `recounted`.
    """
    newest, threshold = current_release(), settings.SUPPRESS_BELOW
    found = disclosed([content] if newest is None else [newest, content], threshold)
    if found:
        raise CannotPrepare(f"What is held back can be worked out: {_some(one.told for one in found)}.")
    undone = list(noise_undone(released_noise(), content.noisy_groups))
    if undone:
        raise CannotPrepare(
            f"Noise would be undone: {_some(undone)}. Withhold it by `hearback measure withhold-noise SURVEY "
            "DIMENSION`, or restore the database that has what was drawn first."
        )
    few = () if newest is None or recounted else small_differences(newest, content, threshold)
    if few:
        raise FewPeople(
            f"Fewer than {threshold} people make the difference to the newest release in "
            f"{_some(f'{one.what} ({one.quarter})' for one in few)}. Where these are late answers, wait "
            "until there are more; where they are counts put right, say so."
        )


def _some(told: Iterable[str]) -> str:
    listed = list(told)
    more = f"; and {len(listed) - MOST_NAMED} more" if len(listed) > MOST_NAMED else ""
    return "; ".join(listed[:MOST_NAMED]) + more


@translation.override(ENGLISH)  # whoever prepares it: a release has one language
@transaction.atomic
def prepare_current(
    *,
    why: str,
    by: str,
    at: datetime,
    recounted: bool = False,
    drawn: Callable[[int, int], None] = lambda done, known: None,
) -> PreparedFact | None:
    """Freeze what is approved now, for somebody else to publish; None where nothing changed.

    Args:
        recounted: whether small differences to the newest release are counts put right, not late answers.
        drawn: is called with how many charts are drawn, and how many there are.

    Raises:
        CannotPrepare: if there is nothing to prepare, or it would not be right.
        FewPeople: if few people make a difference to the newest release, and it is not `recounted`.
        NotPublished: if `why` is empty.
    """
    content = gather_current(at)
    hold_against_attack(content, recounted=recounted)
    files = data_files(content) | draw_charts(content, drawn)
    return actions.prepare_release(content, files, why=why, by=by, at=at, recounted=recounted)
