"""Check what owners and reviewers type in a round. What is wrong is said beside the field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hearback.collect.desk.fields import DeskForm, area, day
from hearback.fiscal import QuarterNotValid, parse_period, parse_quarter
from hearback.plan.actions import Told
from hearback.plan.days import today
from hearback.plan.desk.forms import DATES, NEEDED, PeriodField
from hearback.plan.desk.held import HeldField, HeldSourceField, same_words
from hearback.plan.rounds.reading import EntryFact
from hearback.plan.rounds.words import FIELDS
from hearback.plan.rules import (
    FIELDS_ASKED,
    LARGEST_FIGURE,
    About,
    EntryState,
    Kind,
    MoveNotAllowed,
    is_before_baseline,
    kind_of,
    needs_reason,
    open_moves,
    quarters_to_ask,
)

LATER, SAME, NEW = "later", "same", "new"
HOW = {
    LATER: _("I say it later"),
    SAME: _("It is as it stands here: nothing has changed"),
    NEW: _("Something has changed"),
}
NOT_MEANT = _(
    "You typed something else here. Choose that something has changed, or put back what stood there."
)
NOT_SENT = _("You typed something here. Choose how it stands, so that it is sent.")
PERCENT = _("Write a percent from 0 to 100.")
DIGITS = _("Write the figure in digits, with a point before decimals: 61.5.")
TOO_LARGE = _("Write a figure of at most 1,000,000,000,000, above or below zero.")
WORDS = ("reason", "source", "remark")


class AnyCaseField(PeriodField):
    """A date whose letters may be small: fy2027-q2."""

    def clean(self, value: Any) -> str | None:
        """Read it."""
        return super().clean(str(value).upper() if value else value)


def _figure(name: str, *, percent: bool) -> forms.FloatField:
    least, most = (0, 100) if percent else (-LARGEST_FIGURE, LARGEST_FIGURE)
    beyond = PERCENT if percent else TOO_LARGE
    return forms.FloatField(
        label=FIELDS[name], required=False, min_value=least, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),  # of type number sends nothing for 1,5
        error_messages={"min_value": beyond, "max_value": beyond, "invalid": DIGITS},
    )  # fmt: skip


def _fields(about: About, values: Mapping[str, Any], *, percent: bool) -> dict[str, forms.Field]:
    """Make the fields of what can be said anew."""

    def text(name: str, length: int, rows: int = 1, kind: type[HeldField] = HeldField) -> HeldField:
        held, label = values[name], FIELDS[name]
        return kind(held, label=label, required=False, max_length=length, empty_value=None, rows=rows)

    if about is About.MILESTONE:
        held = values["status"]
        moves = [" ".join((held or "").split()), *_plain_moves(held)]
        status = forms.ChoiceField(
            label=FIELDS["status"], required=False, choices=[(one, one or _("not known")) for one in moves]
        )
        return {
            "status": status,
            "due": AnyCaseField(label=FIELDS["due"], required=False, help_text=DATES),
            "done": AnyCaseField(label=FIELDS["done"], required=False, help_text=DATES),
        }
    if about is About.PROJECT:
        return {"phase": text("phase", 40), "next_steps": text("next_steps", 2000, 3)}
    if about is About.COMMITMENT:
        return {
            "status": text("status", 60),
            "progress": text("progress", 2000, 3),
            "progress_source": text("progress_source", 500, kind=HeldSourceField),
        }
    return {
        "value": _figure("value", percent=percent),
        "low": _figure("low", percent=percent),
        "high": _figure("high", percent=percent),
        "as_of": AnyCaseField(label=FIELDS["as_of"], required=False, help_text=DATES),
    }


def _plain_moves(held: str | None) -> list[str]:
    """Give the words a status may be moved to, one for each meaning: sources have several for some."""
    words: dict[Kind, str] = {}
    for word in open_moves(held):
        words.setdefault(kind_of(word), word)
    words.pop(kind_of(held), None)
    return list(words.values())


class EntryForm(DeskForm):
    """How one thing stands, as its owner says."""

    how = forms.ChoiceField(
        label=_("How does it stand?"), choices=list(HOW.items()), widget=forms.RadioSelect, initial=LATER
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=area(2), empty_value=None
    )
    source = forms.URLField(
        label=_("Where it can be read"), required=False, empty_value=None, assume_scheme="https"
    )
    remark = forms.CharField(
        label=_("For the reviewer"), required=False, max_length=1000, widget=area(2), empty_value=None,
        help_text=_("It is never published."),
    )  # fmt: skip

    def __init__(self, entry: EntryFact, data: Mapping[str, Any] | None = None) -> None:
        self.entry = entry
        self.asks = () if entry.now is None or entry.now.computed else FIELDS_ASKED[entry.about]
        self.stands = dict(entry.now.values) if entry.now else {}
        said = entry.told if entry.state in {EntryState.ANSWERED, EntryState.RETURNED} else {}
        words = {name: getattr(entry, name) for name in WORDS}
        super().__init__(data, prefix=f"e{entry.number}", initial={**self.stands, **said, **words})
        if not self.asks:  # computed here: it can only be confirmed
            choices = [(how, words) for how, words in HOW.items() if how != NEW]
            self.fields["how"].choices = choices  # type: ignore[attr-defined]
            return
        percent = bool(entry.now and entry.now.promise and entry.now.promise.percent)
        for name, field in _fields(entry.about, self.stands, percent=percent).items():
            field.widget.attrs["class"] = _look(field)
            self.fields[name] = field
        self.order_fields(["how", *self.asks, *WORDS])
        if entry.about is About.MEASURE:
            self.fields["reason"].help_text = _("The public sees it beside the figure; name no person.")
        if entry.about is About.MILESTONE:
            self.fields["reason"].help_text = _(
                "Needed where a due date moves, or a status moves back. The public sees it; name no person."
            )

    def values(self) -> dict[str, Any]:
        """Give what was typed into the fields of what can be said anew; empty is not known.

        A field that was not sent at all, or has the same words, is as it stands.
        """
        return {name: self._value(name) for name in self.asks}

    def clean(self) -> dict[str, Any]:
        """Hold what was chosen against what was typed, and ask for a reason where one is needed."""
        if self.errors:
            return self.cleaned_data
        how, changed = self.cleaned_data["how"], self._changed()
        if how == LATER and any(not same_words(self.cleaned_data[n], self.initial[n]) for n in WORDS):
            self.add_error("how", NOT_SENT)
        if how == NEW and not changed:
            self.add_error("how", _("Nothing is different from what stands here. Change it, or choose so."))
        if how != NEW and changed:
            said = {name: value for name, value in self.entry.told.items() if name in changed}
            if how == SAME or not all(same_words(self.values()[name], said.get(name)) for name in changed):
                self.add_error("how", NOT_MEANT)
        if how == NEW and self.entry.about is About.MILESTONE and not self.cleaned_data["reason"]:
            self._ask_why(changed)
        if how == NEW and self.entry.about is About.MEASURE and changed:
            self._check_figure()
        return self.cleaned_data

    def told(self) -> Told:
        """Give what is said, for the action that keeps it."""
        words = {name: self.cleaned_data[name] for name in WORDS}
        return Told(changes=self.values() if self.cleaned_data["how"] == NEW else {}, **words)

    def _value(self, name: str) -> Any:
        held = self.stands[name]
        if self.add_prefix(name) not in self.data:
            return held
        typed = self.cleaned_data.get(name)
        return held if same_words(typed, held) else _or_null(typed)

    def _changed(self) -> list[str]:
        return [name for name, value in self.values().items() if value != self.stands.get(name)]

    def _ask_why(self, changed: list[str]) -> None:
        values = self.values()
        moved = "due" in changed and self.stands["due"] is not None
        try:
            back = "status" in changed and needs_reason(self.stands["status"], values["status"] or "")
        except MoveNotAllowed:
            return  # the action says it
        if moved or back:
            self.add_error("reason", NEEDED)

    def _check_days(self, as_of: str) -> None:
        promise = self.entry.now.promise if self.entry.now else None
        starts = settings.FISCAL_YEAR_STARTS
        if parse_period(as_of, starts).starts_on > today():
            self.add_error("as_of", _("That has not begun yet. Write a date of the past."))
        elif promise and is_before_baseline(as_of, promise.aim, starts):
            self.add_error(
                "as_of",
                _("That is before the baseline, which is of %(day)s. Write a later date.")
                % {"day": promise.aim.baseline_as_of},
            )

    def _check_figure(self) -> None:
        value, low, high, as_of = (self.values()[name] for name in FIELDS_ASKED[About.MEASURE])
        if value is None:
            self.add_error("value", _("Write the figure."))
        if as_of is None:
            self.add_error("as_of", _("Write of which date the figure is."))
        else:
            self._check_days(as_of)
        if (low is None) != (high is None):
            missing = "low" if low is None else "high"
            self.add_error(missing, _("Write both ends of the interval, or none where it is not known."))
        elif low is not None and value is not None and not low <= value <= high:
            self.add_error("value", _("The figure is not between the two ends of its interval."))


def _or_null(value: Any) -> Any:
    return None if value == "" else value


def _look(field: forms.Field) -> str:
    looks = ((forms.Textarea, "usa-textarea"), (forms.Select, "usa-select"))
    return next((look for kind, look in looks if isinstance(field.widget, kind)), "usa-input")


class RoundForm(DeskForm):
    """A round to open."""

    quarter = forms.CharField(label=_("Quarter"), max_length=12)
    due = forms.DateField(label=_("Answers are due on"), widget=day())
    note = forms.CharField(
        label=_("What owners are told"), required=False, max_length=1000, widget=area(3), empty_value=None
    )

    def __init__(self, on: date, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.earliest, self.latest = quarters_to_ask(on, settings.FISCAL_YEAR_STARTS)
        self.fields["quarter"].help_text = _("From %(earliest)s to %(latest)s.") % self._ends

    def clean_quarter(self) -> str:
        """Read the quarter, in small letters too, and refuse one that is far from today."""
        try:
            quarter = parse_quarter(self.cleaned_data["quarter"].upper())
        except QuarterNotValid as problem:
            raise forms.ValidationError(_("Write a fiscal quarter, such as FY2027-Q1.")) from problem
        if not self.earliest <= quarter <= self.latest:
            raise forms.ValidationError(
                _("That is too far from today. Write a quarter from %(earliest)s to %(latest)s.") % self._ends
            )
        return str(quarter)

    @property
    def _ends(self) -> dict[str, str]:
        return {"earliest": str(self.earliest), "latest": str(self.latest)}


class GivingForm(DeskForm):
    """Who is to answer for the things that are marked."""

    owner = forms.ChoiceField(label=_("Who is asked"), required=False)
    seat = forms.ChoiceField(label=_("Seat that stands behind it"), required=False)

    def __init__(
        self,
        people: list[tuple[str, str]],
        seats: list[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        nobody = ("", _("nobody"))
        self.fields["owner"].choices = [nobody, *people]  # type: ignore[attr-defined]
        self.fields["seat"].choices = [nobody, *seats]  # type: ignore[attr-defined]
