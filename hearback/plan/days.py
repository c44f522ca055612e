"""The day it is where this government is."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def day_of(moment: datetime) -> date:
    """Give the day of a moment in the zone of this government (`HEARBACK_ZONE`)."""
    return moment.astimezone(settings.ZONE).date()


def today() -> date:
    """Give the day it is now in the zone of this government."""
    return day_of(timezone.now())
