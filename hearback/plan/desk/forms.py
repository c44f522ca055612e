"""Check what people type about a milestone. What is wrong is said beside the field, and nothing is lost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hearback.collect.desk.fields import DeskForm, area
from hearback.fiscal import PeriodNotValid
from hearback.plan.actions import NewWording, Why
from hearback.plan.desk.held import with_plain_breaks
from hearback.plan.queries import PlacedGoalFact, PlacedMilestoneFact
from hearback.plan.rules import (
    Kind,
    MoveNotAllowed,
    YearNotLikely,
    check_date,
    kind_of,
    needs_reason,
    open_moves,
)

DATES = _("As precisely as it is known: FY2026-Q3, 2026-05-31, 2026-05, FY2026 or 2026.")
NOT_LIKELY = _("The year is outside 1900 to 2100. Correct it.")
NOT_A_DATE = _("This is no date. Write FY2026-Q3, 2026-05-31, 2026-05, FY2026 or 2026.")
NEEDED = _("Say why. The public sees the reason.")


class PeriodField(forms.CharField):
    """A date as precise as it is known; gives null where it is left empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, empty_value=None, **options)

    def clean(self, value: Any) -> str | None:
        """Read it.

        Raises:
            ValidationError: if it is no date.
        """
        text = super().clean(value)
        try:
            check_date(text)
        except YearNotLikely as problem:
            raise forms.ValidationError(NOT_LIKELY) from problem
        except PeriodNotValid as problem:
            raise forms.ValidationError(NOT_A_DATE) from problem
        return text or None


class ShownForm(DeskForm):
    """A form whose page carries what its fields showed when it was opened, as `shown-` and the name.

    So whoever comes second overwrites only what they touched.
    """

    FIRST: tuple[str, ...] = ()
    """The fields that are carried so."""

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Give what the fields showed before anybody typed, for the page to carry on."""
        seen = self.seen()
        return [
            (f"shown-{name}", self._held(name) if seen[name] is None else seen[name] or "")
            for name in self.FIRST
        ]

    def seen(self) -> dict[str, str | None]:
        """Give what the fields showed when the page was opened, as it says; null where it does not."""
        return {name: self.data.get(f"shown-{name}") for name in self.FIRST}

    def touched(self) -> dict[str, str]:
        """Give what was typed where it is not what the page showed; all, where the page does not say."""
        typed = {name: self.data.get(name, "") for name in self.FIRST}
        seen = self.seen()
        return {name: text for name, text in typed.items() if _plain(seen[name]) != _plain(text)}

    def onto(self, now: "ShownForm") -> dict[str, Any]:
        """Give what to send to a form of what stands there now: fields that nobody touched are as there."""
        sent = {name: self.data[name] for name in self.data}
        left = {name: now._held(name) for name in self.FIRST}
        return {**sent, **left, **{f"shown-{name}": text for name, text in left.items()}, **self.touched()}

    def _held(self, name: str) -> str:
        return str(self.initial.get(name) or "")


def _plain(text: str | None) -> str | None:
    return None if text is None else with_plain_breaks(text).strip()


class WhyForm(ShownForm):
    """What is said about any change, under what is changed."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=area(3), empty_value=None,
        help_text=_("The public sees it. Name no person."),
    )  # fmt: skip
    decided_by = forms.CharField(
        label=_("Who decided"), required=False, max_length=120, empty_value=None,
        help_text=_("A role, such as Leader of the priority area; never a person."),
    )  # fmt: skip
    source = forms.URLField(
        label=_("Where it can be read"), required=False, empty_value=None, assume_scheme="https"
    )

    def __init__(
        self, placed: PlacedMilestoneFact | PlacedGoalFact, data: Mapping[str, Any] | None = None
    ) -> None:
        held = {name: getattr(placed.fact, name) for name in self.FIRST}
        super().__init__(data, initial=held)
        self.order_fields([*self.FIRST, "reason", "decided_by", "source"])

    def why(self) -> Why:
        """Give what is said about the change, for the action that makes it."""
        return Why(*(self.cleaned_data[name] for name in ("reason", "decided_by", "source")))

    def _always_need_reason(self) -> None:
        """Mark the reason as one that must be given, whatever is typed."""
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = NEEDED

    def _need_reason(self) -> None:
        if not self.cleaned_data.get("reason"):
            self.add_error("reason", NEEDED)


class MilestoneForm(WhyForm):
    """A change of a milestone."""

    def __init__(self, placed: PlacedMilestoneFact, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        self.placed = placed


class StatusForm(MilestoneForm):
    """To which status a milestone moves."""

    FIRST = ("status", "done")
    status = forms.ChoiceField(label=_("New status"))
    done = PeriodField(label=_("When it was done"), required=False, help_text=DATES)

    def __init__(self, placed: PlacedMilestoneFact, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        moves = open_moves(placed.fact.status)
        self.fields["status"].choices = [("", ""), *zip(moves, moves, strict=True)]  # type: ignore[attr-defined]
        self.initial["status"] = ""
        asking = [words for words, asks in moves.items() if asks]
        if asking:
            self.fields["reason"].help_text = _(
                "Needed for {statuses}. The public sees it. Name no person."
            ).format(statuses=", ".join(asking))

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where the move needs one, and for a day only of what is done."""
        status = self.cleaned_data.get("status")
        if not status:
            return self.cleaned_data
        try:
            if needs_reason(self.placed.fact.status, status):
                self._need_reason()
        except MoveNotAllowed:  # cannot be chosen
            return self.cleaned_data
        if self.cleaned_data.get("done") and kind_of(status) is not Kind.COMPLETE:
            self.add_error("done", _("Only what is complete was done. Leave it empty, or choose Complete."))
        return self.cleaned_data


class DoneForm(MilestoneForm):
    """When a milestone was done, which makes it complete."""

    FIRST = ("done",)
    done = PeriodField(label=_("When it was done"), help_text=DATES)

    def __init__(self, placed: PlacedMilestoneFact, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        if placed.fact.done is not None:
            self._always_need_reason()

    def clean(self) -> dict[str, Any]:
        """Ask for another date than is known."""
        known = self.placed.fact.done
        if known is not None and self.cleaned_data.get("done") == known:
            self.add_error("done", _("This is known already. Give another date."))
        return self.cleaned_data


class DueForm(MilestoneForm):
    """To which date the due date moves."""

    FIRST = ("due",)
    due = PeriodField(label=_("New due date"), help_text=DATES)

    def __init__(self, placed: PlacedMilestoneFact, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        if placed.fact.due is not None:
            self._always_need_reason()

    def clean(self) -> dict[str, Any]:
        """Ask for another date."""
        if self.cleaned_data.get("due") == self.placed.fact.due and "due" in self.cleaned_data:
            self.add_error("due", _("This is the due date already. Give another."))
        return self.cleaned_data


class CorrectForm(MilestoneForm):
    """How title and owner should read."""

    FIRST = ("title", "owner")
    title = forms.CharField(label=_("Title"), max_length=500, widget=area(2))
    owner = forms.CharField(
        label=_("Owner"), required=False, max_length=120, empty_value=None,
        help_text=_("An office or a role; empty where nobody is named."),
    )  # fmt: skip

    def __init__(self, placed: PlacedMilestoneFact, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        self._always_need_reason()

    def clean_title(self) -> str:
        """Write the title on one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> dict[str, Any]:
        """Ask for something that is different."""
        fact, new = self.placed.fact, self.cleaned_data
        if "title" in new and (new["title"], new.get("owner")) == (fact.title, fact.owner):
            self.add_error("title", _("Title and owner are as they were. Change one of them."))
        return new


class ReplaceForm(WhyForm):
    """What a goal is to say, and why it is reworded."""

    FIRST = ("gist", "number", "target_date", "status", "as_of")
    gist = forms.CharField(label=_("New wording"), max_length=1000, widget=area(3))
    number = forms.CharField(label=_("Number"), max_length=20)
    target_date = PeriodField(label=_("Target date"), required=False, help_text=DATES)
    status = forms.CharField(
        label=_("Status"), required=False, max_length=60, empty_value=None,
        help_text=_("In the words of the source; empty where none is known."),
    )  # fmt: skip
    as_of = PeriodField(label=_("As of"), required=False, help_text=_("Since when the new wording stands."))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=area(3), error_messages={"required": NEEDED},
        help_text=_("The public sees it. Name no person."),
    )  # fmt: skip

    def __init__(self, placed: PlacedGoalFact, on: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(placed, data)
        self.initial["as_of"] = on

    def clean_gist(self) -> str:
        """Write the wording on one line."""
        return " ".join(self.cleaned_data["gist"].split())

    def wording(self) -> NewWording:
        """Give the new wording, for the action that keeps it."""
        return NewWording(**{name: self.cleaned_data[name] for name in self.FIRST})
