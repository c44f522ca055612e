"""The response funnel of a service: how many were served, were asked, and answered, survey by survey."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearback.fiscal import parse_quarter
from hearback.publish.charts.drawing import SMALL, STRONG, Drawing, Type, lines_of
from hearback.publish.charts.figure import Column, Figure
from hearback.publish.charts.look import HAIR, LINE, NARROW, POOL_COLOURS, WIDE
from hearback.publish.frozen import Content, PublishedSurvey
from hearback.publish.series import RESPONSE, Numbers
from hearback.ui.numbers import count, share, share_interval
from hearback.ui.words import CHANNELS, REASONS, plain

STEPS = ("Customers", "Offered the survey", "Answered")
BAR, STEP, LABELS = 16.0, 24.0, 156.0
ABOVE = 19.0
"""In the narrow drawing words stand so far above their bar, not beside it."""
NOT_TOLD = "not reported"
NUMBER = Type(13, True)
MOST_SAID = 3
COLUMNS = (
    Column("quarter", "Quarter", "quarter"),
    Column("survey", "Survey"),
    Column("channel", "Channel"),
    Column("customers", "Customers", "count"),
    Column("offered", "Offered the survey", "count"),
    Column("answered", "Answered", "count"),
    Column("response_rate", "Response rate", "share", "answered"),
    Column("low", "95 % interval from", "low", "answered"),
    Column("high", "to", "high", "answered"),
    Column("reason", "Why a number is missing"),
)


@dataclass(frozen=True)
class Funnel:
    """One survey of the quarter: its volumes, and its response rate; null where not known or held back."""

    key: str
    name: str
    channel: str | None
    volumes: tuple[int | None, int | None, int | None]
    reasons: tuple[str | None, str | None, str | None]
    rate: float | None
    low: float | None
    high: float | None


def figures(data: Content, numbers: Numbers) -> Iterator[Figure]:
    """Give one figure for each service: of the newest quarter in which any volume is told."""
    for service in sorted(data.services, key=lambda one: one.key):
        for quarter in reversed(numbers.quarters):
            funnels = [_funnel(numbers, one) for one in numbers.surveys(service.key, str(quarter))]
            if any(volume is not None for one in funnels for volume in one.volumes):
                yield _figure(service.key, service.name, str(quarter), funnels)
                break


def _funnel(numbers: Numbers, survey: PublishedSurvey) -> Funnel:
    score = numbers.survey_score(RESPONSE, survey.key)
    return Funnel(
        key=survey.key,
        name=survey.name,
        channel=plain(survey.channel, CHANNELS) if survey.channel else None,
        volumes=(survey.customers_count, survey.offered_count, survey.respondents_count),
        reasons=(survey.customers_reason, survey.offered_reason, survey.respondents_reason),
        rate=score.value if score else None,
        low=score.low if score else None,
        high=score.high if score else None,
    )


def _figure(key: str, name: str, quarter: str, funnels: list[Funnel]) -> Figure:
    label = parse_quarter(quarter).label
    return Figure(
        name=f"response-{key}",
        kind="Bar chart: three bars for each survey",
        title=f"{name.rstrip('.')}: who was asked and who answered, {label}",
        says=_says(label, funnels),
        note="The bars of one survey share a scale; those of two surveys do not. Volumes are as the agency "
        "reported them.",
        columns=COLUMNS,
        rows=tuple(
            (quarter, one.name, one.channel, *one.volumes, one.rate, one.low, one.high, _reason(one))
            for one in funnels
        ),
        page=f"/services/{key}/",
        page_name=name,
        tables=("surveys", "scores"),
        numbers=(quarter, funnels),
        draw=draw,
        methods=("response-rate",),
        commands=_commands(quarter, funnels),
    )


def _commands(quarter: str, funnels: Sequence[Funnel]) -> tuple[str, ...]:
    """Name what computes the rates again, and what gives each; volumes are reported, and not computed."""
    shown = tuple(f"hearback measure show survey {one.key}" for one in funnels if one.rate is not None)
    return (f"hearback measure quarter {quarter} --dry-run", *shown) if shown else ()


def _reason(funnel: Funnel) -> str | None:
    """Say why volumes are missing, each named."""
    missing = [
        f"{step.lower()}: {plain(reason, REASONS) if reason else NOT_TOLD}"
        for step, volume, reason in zip(STEPS, funnel.volumes, funnel.reasons, strict=True)
        if volume is None
    ]
    return "; ".join(missing) or None


def _says(label: str, funnels: Sequence[Funnel]) -> tuple[str, ...]:
    n = len(funnels)
    surveys = "1 survey of this service was" if n == 1 else f"{n} surveys of this service were"
    said = [f"In {label}, {surveys} reported."]
    rated = [one for one in funnels if one.rate is not None]
    for one in rated[:MOST_SAID]:
        _customers, _offered, answered = one.volumes
        interval = ""
        if one.low is not None and one.high is not None:
            interval = f" (95 % interval {share_interval(one.low, one.high, answered)})"
        said.append(
            f"{one.name.rstrip('.')}: the response rate is {share(one.rate or 0.0, answered)}{interval}."
        )
    if len(rated) > MOST_SAID:
        said.append(f"The table has the response rates of {len(rated) - MOST_SAID} more.")
    if len(rated) < n:
        said.append(f"For {n - len(rated)} no response rate is known.")
    said.append("People who did not answer may think differently; the rate does not tell.")
    return tuple(said)


def draw(numbers: tuple[str, Sequence[Funnel]], narrow: bool) -> str:
    """Draw three bars for each survey, with the number beside each."""
    _quarter, funnels = numbers
    width = NARROW if narrow else WIDE
    sheet, y, left = Drawing(width), 2.0, 0.0 if narrow else LABELS
    for funnel in funnels:
        title = f"{funnel.name} ({funnel.channel})" if funnel.channel else funnel.name
        for line in lines_of(title, width, STRONG):
            sheet.label(line, 0, y + 14, STRONG)
            y += STRONG.leading
        y += 6
        most = max((volume for volume in funnel.volumes if volume is not None), default=0)
        room = width - left - 96
        for step, volume in zip(STEPS, funnel.volumes, strict=True):
            sheet.label(step, 0, y + 13, SMALL)
            y += ABOVE if narrow else 0
            _bar(sheet, volume, most, (left, y), room)
            y += STEP
        y += 14
    return sheet.finish(y - 10)


def _bar(sheet: Drawing, volume: int | None, most: int, place: tuple[float, float], room: float) -> None:
    """Draw a volume against the largest of its survey, or that it is not told."""
    left, y = place
    if volume is None:
        sheet.box(left, y, room / 3, BAR, ink=LINE, dashed=True)
        sheet.label("not told", left + room / 3 + 8, y + 13, SMALL)
        return
    long = max(1.5, room * volume / most) if volume else 0
    sheet.box(left, y, room, BAR, fill=HAIR)
    sheet.box(left, y, long, BAR, fill=POOL_COLOURS["increased"][0])
    sheet.label(count(volume), left + room + 8, y + 13, NUMBER)
