"""Preparing the next release of what is approved now: what the command and the page both do."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from hearback.measure.wanted import stale_quarters
from hearback.publish import actions
from hearback.publish.charts import draw_charts
from hearback.publish.formats import data_files
from hearback.publish.frozen import Content
from hearback.publish.queries import PreparedFact
from hearback.publish.snapshot import gather


class CannotPrepare(Exception):
    """There is nothing to prepare, or it would not be right; the message says why and what to do."""


def gather_current(at: datetime) -> Content:
    """Gather what is approved now.

    Raises:
        CannotPrepare: if there is nothing, or scores are older than the answers they are made of.
    """
    stale = stale_quarters(settings.SUPPRESS_BELOW)
    if stale:
        raise CannotPrepare(
            f"The scores of {', '.join(stale)} are not those of the answers reported now: "
            "run `hearback measure all` first."
        )
    content = gather(settings.SUPPRESS_BELOW, at.date())
    if not content.agencies:
        raise CannotPrepare("There is nothing to publish yet: begin with `hearback directory load`.")
    return content


@transaction.atomic
def prepare_current(*, why: str, by: str, at: datetime) -> PreparedFact | None:
    """Freeze what is approved now, for somebody else to publish; None where nothing changed.

    Raises:
        CannotPrepare: if there is nothing to prepare, or it would not be right.
        NotPublished: if `why` is empty.
    """
    content = gather_current(at)
    files = data_files(content) | draw_charts(content)
    return actions.prepare_release(content, files, why=why, by=by, at=at)
