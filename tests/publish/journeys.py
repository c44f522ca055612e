"""Journeys of the small site: one with steps, one with stages alone, one of which no stage is known."""

from typing import Any

from hearback.learn.queries import (
    EvidenceFact,
    InsightFact,
    JourneyFact,
    LinkFact,
    PainPointFact,
    ParticipantsFact,
    PersonaFact,
    StageFact,
    StepFact,
    StoryFact,
    StudyFact,
    StudyFileFact,
)
from hearback.learn.rules import QUANTITIES, Amount, burden, pain_size

SOURCE = "https://example.org/source"
UNKNOWN = {f"{name}{end}": None for name in QUANTITIES for end in ("", "_low", "_high")}

FIGURE = "trust_agree_share/service/va-vha-2/FY2021-Q4"
WAITING = InsightFact(
    "i2",
    "Weeks are too long.",
    (
        LinkFact("answer", None, SOURCE, "Somebody waited."),
        LinkFact("published_figure", FIGURE, None, "Seven in ten.", True),
        LinkFact("published_figure", f"{FIGURE}-x", None, "Nobody knows.", False),
        LinkFact("pain_point", "gone", None, "It was taken out.", False),
    ),
    2,
    True,
    None,
)
"""An insight of whose links two lead to nothing."""


def step(key: str, gist: str, **known: Any) -> StepFact:
    """Make a step of which only this is known."""
    blank: dict[str, Any] = dict.fromkeys(StepFact.__dataclass_fields__)
    return StepFact(**blank | {"key": key, "gist": gist} | known)


def point(key: str, gist: str, stage: str | None = None, **known: Any) -> PainPointFact:
    """Make a pain point of which nobody counted how many name it, unless given."""
    blank: dict[str, Any] = {
        "groups": (), "evidence": (), "size": pain_size(None, None, None), "rank": None, "source": None,
    }  # fmt: skip
    return PainPointFact(**blank | {"key": key, "gist": gist, "stage_key": stage} | known)


def journey(key: str, name: str, stages: tuple[StageFact, ...] = (), **known: Any) -> JourneyFact:
    """Make a journey; its burden is that of its steps."""
    blank: dict[str, Any] = dict.fromkeys(JourneyFact.__dataclass_fields__)
    amounts = [
        {name: Amount(*(getattr(s, f"{name}{end}") for end in ("", "_low", "_high"))) for name in QUANTITIES}
        for stage in stages
        for s in stage.steps
    ]
    made = {
        "key": key,
        "name": name,
        "stages": stages,
        "pain_points": (),
        "stories": (),
        "studies": (),
        "personas": (),
        "insights": (),
    }
    return JourneyFact(**blank | made | {"burden": burden(amounts, known.get("yearly_volume"))} | known)


def journeys() -> tuple[JourneyFact, ...]:
    """Make the three journeys."""
    asking = StageFact(
        "asking", "asking for a visit", None,
        (
            step("call", "Calls the clinic.", agency_key="va", channel="phone", minutes=20, visits=0,
                 documents=0, feeling=-1, feeling_gist="Waits in the queue <long>."),
            step("form", "Fills in a form.", agency_key="elsewhere", minutes=40, minutes_low=30,
                 minutes_high=90, documents=3, cost_usd=12.5, measure_key="trust_agree_share"),
        ), SOURCE,
    )  # fmt: skip
    visiting = StageFact(
        "visiting", "visiting", None,
        (step("visit", "Sees the doctor.", waiting_days_low=14, waiting_days_high=60, feeling=2),), None,
    )  # fmt: skip
    slow = point(
        "slow", "Weeks go by.", "visiting", groups=("Veterans",), size=pain_size(12, 48, 1200), rank=1,
        evidence=(EvidenceFact("Many wrote so.", SOURCE),), source=SOURCE,
    )  # fmt: skip
    pregnancy, birth = (StageFact(f"c-{name}", name, None, (), SOURCE) for name in ("pregnancy", "birth"))
    return (
        journey(
            "outpatient-care", "Receiving outpatient care", (asking, visiting), about_key="va-vha-2",
            yearly_volume=1200, pain_points=(slow, point("unclear", "Nobody knows which form.")),
            **research(),
        ),
        journey("having-a-child", "Having a child", (pregnancy, birth), source=SOURCE,
                note="First stages only.", pain_points=(point("p1", "Forms repeat.", source=SOURCE),)),
        journey("moving-house", "Moving house"),
    )  # fmt: skip


def research() -> dict[str, Any]:
    """Make a story with consent, a composite without words, a study, and an insight with its evidence."""
    groups = (ParticipantsFact("Veterans", 14), ParticipantsFact("clerks", None))
    return {
        "stories": (
            StoryFact(
                "ann", "A <long> wait", "asking", "I came\ntwice.", False, "signed", "interview", True, SOURCE
            ),
            StoryFact("bea", "Bea", None, None, True, None, None, True, None),
        ),
        "studies": (
            StudyFact(
                "talks",
                "Talks",
                "interviews",
                "2025-05",
                groups,
                None,
                3,
                "asked before",
                4,
                2,
                SOURCE,
                files=(StudyFileFact("Questions", SOURCE, "What was asked.", True),),
            ),
        ),
        "personas": (
            PersonaFact(
                "newcomer",
                "Newcomer",
                "Back <from> service.",
                ("one form",),
                (),
                ("Veterans",),
                (LinkFact("pain_point", "slow", None, "Weeks of waiting."),),
                1,
                "the talks",
                True,
                SOURCE,
            ),
        ),
        "insights": (
            InsightFact(
                "i1",
                "Nobody is told why.",
                (
                    LinkFact("case", None, SOURCE, "A complaint."),
                    LinkFact("highlight", "h1", None, "Said twice."),
                ),
                2,
                True,
                None,
            ),
            WAITING,
        ),
    }


def long_journey() -> JourneyFact:
    """Make a journey of eight stages with eight steps each, in words that are long and hostile."""
    long_word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
    gists = (
        "Looks for the right form among many.",
        long_word,
        '</text><script>alert(1)</script> & \x0b#read("x")',
        "Waits.",
        "申請書を探して記入する" * 3,
        "Asks at the desk which of the papers count, and is sent home.",
        "Pays.",
        "https://example.org/a/very/long/address/without/any/blank?" + "q=1&" * 12,
    )
    stages = tuple(
        StageFact(
            f"s{n}", ("asking " * n).strip(), None,
            tuple(
                step(f"s{n}-{m}", gist, channel=("phone", None, "in_person")[m % 3],
                     agency_key="va" if m % 2 else None, minutes=None if m == 3 else 5.5 * m, minutes_low=3,
                     minutes_high=60, documents=m, feeling=(None, -2, -1, 0, 1, 2)[(n + m) % 6],
                     feeling_gist=gist if m == 5 else None)
                for m, gist in enumerate(gists)
            ), SOURCE,
        )
        for n in range(1, 9)
    )  # fmt: skip
    points = tuple(
        point(f"p{n}", gist, f"s{n}" if n else None, size=pain_size(12, 48, 900))
        for n, gist in enumerate(gists)
    )
    return journey("long", f"A journey as long as any: {long_word}", stages, gist=gists[5] * 6,
                   pain_points=points, yearly_volume=36_000, source=SOURCE)  # fmt: skip
