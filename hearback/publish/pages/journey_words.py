"""What is known of a journey, in words: what a step takes, how it feels, sums with their ranges, sizes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearback.learn.queries import JourneyFact, StepFact
from hearback.learn.rules import MINUTES_NOT_KNOWN, VOLUME_NOT_KNOWN, Burden, Hours, PainSize, Total
from hearback.learn.words import FEELINGS
from hearback.ui.numbers import count, rounded, rounded_down, share, share_interval
from hearback.ui.words import CHANNELS, plain


@dataclass(frozen=True)
class Taken:
    """One line of what a journey takes: of what, how much (null: not known), how that is known."""

    what: str
    amount: str | None
    how: str


def taken(found: Burden) -> list[Taken]:
    """Say what a journey takes of one person, and of all in a year."""
    rows = (
        (_("Minutes"), found.minutes), (_("Documents"), found.documents), (_("Visits"), found.visits),
        (_("Days of waiting"), found.waiting_days), (_("Cost in US dollars"), found.cost_usd),
    )  # fmt: skip
    lines = [Taken(what, total_words(amount), _known_of(amount)) for what, amount in rows]
    hours = found.hours_per_year
    return [*lines, Taken(_("Hours of all people in a year"), hours_words(hours), _why(hours))]


def total_words(found: Total) -> str | None:
    """Write a total; null where nothing is known.

    >>> total_words(Total(None, 50, None, 3, 1)), total_words(Total(60, 50, 110, 3, 0))
    ('at least 50', '60 (50 to 110)')
    """
    if found.is_at_least:
        return _("at least %s") % _plain(rounded_down(found.low or 0, 2))
    return amount_words(found.value, found.low, found.high)


def hours_words(found: Hours) -> str | None:
    """Write the hours of a year, whole from ten on; null where they are not known."""
    if found.is_at_least:
        low = found.low or 0
        return _("at least %s") % _plain(rounded_down(low, _decimals(low)))
    return amount_words(*(None if n is None else _whole(n) for n in (found.value, found.low, found.high)))


def amount_words(value: float | None, low: float | None, high: float | None) -> str | None:
    """Write an amount with its range; null where nothing is known.

    >>> amount_words(20, None, None), amount_words(None, 14, 60), amount_words(40, 30, 90)
    ('20', '14 to 60', '40 (30 to 90)')
    >>> amount_words(20, 20, 20), amount_words(None, None, None)
    ('20', None)
    """
    if low is None or high is None or low == high:
        known = value if value is not None else low
        return None if known is None else number(known)
    between = _("%(low)s to %(high)s") % {"low": number(low), "high": number(high)}
    return between if value is None else f"{number(value)} ({between})"


def number(value: float) -> str:
    """Write a number with at most two decimals, and a comma every three digits.

    >>> number(1250), number(12.5), number(0)
    ('1,250', '12.5', '0')
    """
    return _plain(rounded(value, 2))


def channel_words(step: StepFact) -> str | None:
    """Say how a step is done; null where that is not known."""
    return plain(step.channel, CHANNELS) if step.channel else None


def time_words(step: StepFact) -> str | None:
    """Say what a step takes of a person's time; null where nothing is known."""
    return _joined(
        (_("minutes: %s"), amount_words(step.minutes, step.minutes_low, step.minutes_high)),
        (
            _("days of waiting: %s"),
            amount_words(step.waiting_days, step.waiting_days_low, step.waiting_days_high),
        ),
    )


def other_words(step: StepFact) -> str | None:
    """Say what documents, visits and money a step takes; null where nothing is known."""
    return _joined(
        (_("documents: %s"), amount_words(step.documents, step.documents_low, step.documents_high)),
        (_("visits: %s"), amount_words(step.visits, step.visits_low, step.visits_high)),
        (_("US dollars: %s"), amount_words(step.cost_usd, step.cost_usd_low, step.cost_usd_high)),
    )


def feeling_words(feeling: int | None) -> str | None:
    """Say a feeling from -2 to 2; null where it is not known."""
    return None if feeling is None else str(FEELINGS[feeling])


def size_words(size: PainSize) -> str | None:
    """Say how many answers name a pain point; null where that is not known or not shown."""
    if size.share is None or size.low is None or size.high is None or size.asked_count is None:
        return None
    named = _("%(share)s of %(asked)s answers name it (interval %(interval)s)") % {
        "share": share(size.share, size.asked_count),
        "asked": count(size.asked_count),
        "interval": share_interval(size.low, size.high, size.asked_count),
    }
    if size.people_per_year is None:
        return named
    people = number(_whole(size.people_per_year))
    return f"{named}; {_('about %(people)s people in a year') % {'people': people}}"


def stage_name(found: JourneyFact, key: str | None) -> str | None:
    """Name a stage of a journey; null where none is meant."""
    return next((stage.name for stage in found.stages if stage.key == key), None)


def _plain(digits: str) -> str:
    whole, _dot, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    return f"{int(whole):,}" + (f".{decimals}" if decimals else "")


def _decimals(hours: float) -> int:
    return 0 if hours >= 10 else 2


def _whole(hours: float) -> float:
    return float(rounded(hours, _decimals(hours)))


def _joined(*parts: tuple[str, str | None]) -> str | None:
    return "; ".join(_filled(parts)) or None


def _filled(parts: Iterable[tuple[str, str | None]]) -> Iterable[str]:
    return (form % words for form, words in parts if words)


def _known_of(found: Total) -> str:
    known = found.n_steps - found.n_unknown
    return _("known of %(known)s of %(all)s steps") % {"known": known, "all": found.n_steps}


def _why(found: Hours) -> str:
    reasons = {
        VOLUME_NOT_KNOWN: _("how many people go through it in a year was not published"),
        MINUTES_NOT_KNOWN: _("of no step the minutes are known"),
    }
    return reasons.get(found.reason or "", _("minutes of one person, times people in a year, by 60"))
