"""What responses of a file say, counted as they would be stored: to look at before anything is."""

from collections import Counter
from collections.abc import Mapping

import msgspec

from hearback.collect.instruments.definition import CLOSED, Instrument
from hearback.collect.intake.store import Received

LEFT_OPEN, NOT_SHOWN, WRITTEN = "left open", "not shown", "written"


class Counts:
    """Counts answers by question and code, and what responses say of themselves; never a written text."""

    def __init__(self, forms: Mapping[int, Instrument]) -> None:
        self._types = {
            number: {one.code: one.type for one in form.questions} for number, form in forms.items()
        }
        self._about: dict[str, Counter[str]] = {}
        self._answers: dict[str, Counter[str]] = {}

    def add(self, one: Received) -> None:
        """Count a response."""
        for name, value in (
            ("version", str(one.version)),
            ("language", one.language),
            ("channel", one.channel),
        ):
            self._about.setdefault(name, Counter())[value] += 1
        answers = msgspec.json.decode(one.answers)
        for code, kind in self._types[one.version].items():
            counted = self._answers.setdefault(code, Counter())
            answer = answers.get(code)
            if code in one.not_shown:
                counted[NOT_SHOWN] += 1
            elif answer is None:
                counted[LEFT_OPEN] += 1
            elif kind in CLOSED:
                counted.update(answer if isinstance(answer, list) else [answer])
            else:
                counted[WRITTEN] += 1

    def told(self) -> dict[str, dict[str, dict[str, int]]]:
        """Give what was counted, sorted."""
        return {
            "responses": {name: dict(sorted(counted.items())) for name, counted in self._about.items()},
            "answers": {name: dict(sorted(counted.items())) for name, counted in self._answers.items()},
        }


def as_lines(told: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[str]:
    """Tell counts to a person, one question on a line."""
    return [
        f"{name}: {', '.join(f'{value} {n:,}' for value, n in counted.items())}"
        for part in told.values()
        for name, counted in part.items()
    ]
