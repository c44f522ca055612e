"""Where awarded money went: from the fund to agencies, and from each to its projects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hearback.plan.queries import FundingFact
from hearback.publish.charts.drawing import SMALL, STRONG, Drawing, Type, lines_of
from hearback.publish.charts.figure import Column, Figure
from hearback.publish.charts.look import HAIR, MUTED, NARROW, POOL_COLOURS, WIDE
from hearback.publish.frozen import Content
from hearback.ui.numbers import dollars

NAME, AWARD = "funding", "fund_investment"
NOT_NAMED, SEVERAL = "Agency not named", "Several agencies together"
WORDS, AMOUNT = Type(13), Type(13, True)
HEIGHT, LEAST, DASH = 420.0, 2.0, 60.0
COLUMNS = (
    Column("agency", "Agency", missing=NOT_NAMED),
    Column("project", "Project"),
    Column("awarded", "Awarded", "dollars"),
    Column("when", "When", "date"),
    Column("customer_experience", "For customer experience"),
    Column("reason", "Why there is no amount"),
)


@dataclass(frozen=True)
class Award:
    """One award; `amount` is null where none was stated."""

    project: str
    amount: int | None


@dataclass(frozen=True)
class Group:
    """An agency and what it was awarded."""

    agency: str
    awards: tuple[Award, ...]

    @property
    def total(self) -> int:
        """Add up the amounts that were stated."""
        return sum(one.amount or 0 for one in self.awards)


def figures(data: Content) -> Iterator[Figure]:
    """Give the figure, where any award has an amount. Requests and money set aside are not in it."""
    awards = [fact for fact in data.funding if fact.kind == AWARD]
    if not any(fact.amount_usd for fact in awards):
        return
    names = {agency.key: agency.name for agency in data.agencies}
    grouped: dict[str, list[FundingFact]] = {}
    for fact in sorted(awards, key=lambda one: one.key):
        grouped.setdefault(_who(fact, names), []).append(fact)
    ordered = sorted(grouped.items(), key=lambda item: item[0].casefold())
    groups = [
        Group(who, tuple(Award(fact.recipient or "Project not named", fact.amount_usd) for fact in facts))
        for who, facts in ordered
    ]
    yield Figure(
        name=NAME,
        kind="Flow chart from agencies to projects, as thick as the money",
        title="Awarded money, from agencies to projects",
        says=_says(awards),
        note=_note(awards),
        columns=COLUMNS,
        rows=tuple(
            (
                None if who == NOT_NAMED else who, fact.recipient, fact.amount_usd, fact.date,
                {True: "yes", False: "no", None: "not stated"}[fact.customer_experience],
                None if fact.amount_usd is not None else "not stated by the source",
            )
            for who, facts in ordered
            for fact in facts
        ),
        page="/funding/",
        page_name="Funding",
        tables=("funding",),
        numbers=groups,
        draw=draw,
    )  # fmt: skip


def _who(fact: FundingFact, names: dict[str, str]) -> str:
    keys = fact.agency_keys or ((fact.agency_key,) if fact.agency_key else ())
    if not keys:
        return NOT_NAMED
    return names.get(keys[0], keys[0]) if len(keys) == 1 else SEVERAL


def _says(awards: Sequence[FundingFact]) -> tuple[str, ...]:
    stated = [fact.amount_usd for fact in awards if fact.amount_usd is not None]
    said = [_sum(len(awards), len(stated), dollars(sum(stated)))]
    if len(stated) < len(awards):
        said.append(f"For {len(awards) - len(stated)} no amount was stated, so more was awarded.")
    elsewhere = [fact for fact in awards if fact.customer_experience is False and fact.amount_usd]
    if elsewhere:
        total = dollars(sum(fact.amount_usd or 0 for fact in elsewhere))
        said.append(f"Not for customer experience: {len(elsewhere)} of those with an amount, {total}.")
    return tuple(said)


def _note(awards: Sequence[FundingFact]) -> str:
    """Say how to read it: of dashed lines only where there are some. Wide it has bands, narrow bars."""
    said = ["The larger an amount, the thicker its band or the longer its bar, to scale."]
    if any(fact.amount_usd is None for fact in awards):
        said.append("A dashed line is an award whose amount was not stated.")
    said.append("Money set aside, and money only asked for, are not in it.")
    return " ".join(said)


def _sum(n: int, n_stated: int, total: str) -> str:
    if n == 1:
        return f"1 award, of {total}."
    if n_stated == 1:
        return f"{n} awards; the one with an amount is of {total}."
    return f"{n} awards; the {n_stated} with an amount add up to {total}."


def draw(groups: Sequence[Group], narrow: bool) -> str:
    """Draw bands from agencies to projects; in the narrow version bars below the name of each agency."""
    return _bars(groups) if narrow else _bands(groups)


def _bands(groups: Sequence[Group]) -> str:
    sheet, left, right, words = Drawing(WIDE), 250.0, 540.0, 236.0
    scale = HEIGHT / sum(group.total for group in groups)
    pale, colour = POOL_COLOURS["increased"][1], POOL_COLOURS["increased"][0]
    y = 4.0
    for group in groups:
        heights = [max(LEAST, (one.amount or 0) * scale) for one in group.awards]
        lines = lines_of(group.agency, words, STRONG)
        rows = [
            max(high, _row(one, WIDE - right - 24)) + 8
            for one, high in zip(group.awards, heights, strict=True)
        ]
        room = max(sum(rows), len(lines) * STRONG.leading + 26)
        from_y = y + (room - sum(heights)) / 2
        _who_label(sheet, group, lines, left - 14, y + room / 2)
        to_y, at = y + (room - sum(rows)) / 2, from_y
        for one, high, row in zip(group.awards, heights, rows, strict=True):
            end = to_y + (row - high) / 2
            if one.amount is None:
                sheet.line((left, at + 1), (right, end + 1), ink=MUTED, dashed=True)
            else:
                sheet.ribbon((left, at), (right, end), high, fill=pale)
                sheet.box(right - 5, end, 5, high, fill=colour)
                sheet.box(left, at, 5, high, fill=colour)
            _award_label(sheet, one, right + 10, to_y + row / 2, WIDE - right - 24)
            at, to_y = at + high, to_y + row
        y += room + 6
        sheet.line((0, y - 1), (WIDE, y - 1), ink=HAIR)
        y += 6
    return sheet.finish(y)


def _row(one: Award, width: float) -> float:
    return len(lines_of(one.project, width, WORDS)) * WORDS.leading + 18


def _who_label(sheet: Drawing, group: Group, lines: list[str], x: float, middle: float) -> None:
    y = middle - (len(lines) * STRONG.leading + 16) / 2 + 13
    for n, line in enumerate(lines):
        sheet.label(line, x, y + n * STRONG.leading, STRONG, ends=True)
    total = dollars(group.total) if group.total else "amount not stated"
    sheet.label(total, x, y + len(lines) * STRONG.leading, SMALL, ends=True)


def _award_label(sheet: Drawing, one: Award, x: float, middle: float, width: float) -> None:
    lines = lines_of(one.project, width, WORDS)
    y = middle - (len(lines) * WORDS.leading + 16) / 2 + 12
    for n, line in enumerate(lines):
        sheet.label(line, x, y + n * WORDS.leading, WORDS)
    words = "amount not stated" if one.amount is None else dollars(one.amount)
    sheet.label(words, x, y + len(lines) * WORDS.leading, SMALL if one.amount is None else AMOUNT)


def _bars(groups: Sequence[Group]) -> str:
    sheet, y, colour = Drawing(NARROW), 2.0, POOL_COLOURS["increased"][0]
    most = max(one.amount or 0 for group in groups for one in group.awards)
    for group in groups:
        for line in lines_of(group.agency, NARROW, STRONG):
            sheet.label(line, 0, y + 13, STRONG)
            y += STRONG.leading
        for one in group.awards:
            y += 4
            for line in lines_of(one.project, NARROW, WORDS):
                sheet.label(line, 0, y + 12, WORDS)
                y += WORDS.leading
            room = NARROW - 130.0
            if one.amount is None:
                sheet.line((0, y + 8), (DASH, y + 8), ink=MUTED, dashed=True)
                sheet.label("amount not stated", DASH + 8, y + 12, SMALL)
            else:
                sheet.box(0, y + 2, max(LEAST, room * one.amount / most), 12, fill=colour)
                sheet.label(dollars(one.amount), room * one.amount / most + 8, y + 13, AMOUNT)
            y += 22
        sheet.line((0, y + 2), (NARROW, y + 2), ink=HAIR)
        y += 12
    return sheet.finish(y)
