"""The day it is where this government is."""

from datetime import date, datetime

from django.conf import settings


def day_of(moment: datetime) -> date:
    """Give the day of a moment in the zone of this government (`HEARBACK_ZONE`)."""
    return moment.astimezone(settings.ZONE).date()
