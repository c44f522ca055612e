"""What somebody typed who was too late, beside what they saw and what stands there now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hearback.plan.desk.forms import ShownForm

Values = Mapping[str, str | None]


@dataclass(frozen=True)
class Beside:
    """One field in three ways. `typed` is null where they left it as it was, or could not change it."""

    label: Any
    seen: str | None
    now: str | None
    typed: str | None
    nothing: Any
    """What is said where nothing was typed."""

    @property
    def differs(self) -> bool:
        """Whether they typed something else than what stands there now."""
        return self.typed is not None and self.typed != (self.now or "")


def beside(asked: ShownForm, labels: Mapping[str, Any], seen: Values, now: Values) -> Iterator[Beside]:
    """Give the fields of a form, then all others that have a label."""
    touched = asked.touched()
    for name in (*asked.FIRST, *(name for name in labels if name not in asked.FIRST)):
        typed = touched.get(name)
        nothing = _("left as it was") if typed is None else _("empty")
        if name not in asked.FIRST:
            nothing = _("not on this page")
        yield Beside(labels[name], seen.get(name), now[name], typed, nothing)
