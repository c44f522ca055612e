"""Check what people type into an update. What is wrong is said beside the field, and nothing is lost."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hearback.collect.desk.fields import area
from hearback.plan import queries
from hearback.plan.actions import Written
from hearback.plan.desk.forms import DATES, PeriodField, ShownForm
from hearback.plan.desk.held import HeldField, HeldSourceField
from hearback.plan.facts import DraftFact

ALL = "all"
KINDS = {
    "area_summary": _("Summary of the priority area"),
    "blog": _("Blog"),
    "fact_sheet": _("Fact sheet"),
    "press": _("Press release"),
    "pilot": _("Pilot"),
    "policy": _("Policy"),
    "funding": _("Funding"),
}
BODY = _(
    "May be left empty. A blank line begins a paragraph, “- ” an item of a list; **strong**, *emphasis* and "
    "[words](https://…) for a link. Nothing else is turned into anything."
)


class DraftForm(ShownForm):
    """What an update says."""

    title = HeldField(label=_("Title"), max_length=200)
    date = PeriodField(label=_("Date"), help_text=DATES)
    kind = forms.ChoiceField(label=_("Kind"))
    gist = HeldField(
        label=_("What happened"), max_length=600, rows=3,
        help_text=_("In one or two sentences that stand alone: lists show only these."),
    )  # fmt: skip
    body = HeldField(
        label=_("More"), required=False, max_length=10_000, rows=10, empty_value=None, help_text=BODY
    )
    about = forms.MultipleChoiceField(
        label=_("What it is about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    source = HeldSourceField(
        label=_("Where it can be read"), required=False, empty_value=None, max_length=2048
    )
    correction = forms.CharField(
        label=_("What was wrong"), required=False, max_length=600, widget=area(2), empty_value=None,
        help_text=_("The public reads it beside the update, with the date. Name no person."),
    )  # fmt: skip

    def __init__(self, draft: DraftFact | None, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=None if draft is None else _held(draft))
        for name, field in self.fields.items():
            if draft is not None and isinstance(field, HeldField):
                self.fields[name] = field.holding(getattr(draft, name))
        kinds: dict[str, Any] = dict(KINDS)
        if draft is not None:
            kinds.setdefault(draft.kind, draft.kind.replace("_", " "))
        self.fields["kind"].choices = [*kinds.items()]  # type: ignore[attr-defined]
        self.fields["about"].choices = _subjects()  # type: ignore[attr-defined]
        if draft is None or draft.corrects_key is None:
            del self.fields["correction"]
        self.FIRST = tuple(name for name in self.fields if name != "about")
        self.sent = QueryDict(mutable=True) if data is None else data.copy()
        held = ["", *self.initial.get("about", ())]  # never empty, so that a page says it was shown
        self.about_shown: list[str] = self.sent.getlist("shown-about") or held

    def about_touched(self) -> bool:
        """Say whether other subjects are marked than the page showed."""
        return {*self.about_sent(), ""} != set(self.about_shown)

    def about_sent(self) -> list[str]:
        """Give the subjects that are marked."""
        return list(map(str, self.sent.getlist("about")))

    def onto(self, now: ShownForm) -> QueryDict:
        """Give what to send to a form of what stands there now: what nobody touched is as there."""
        sent = self.sent.copy()
        for name, text in super().onto(now).items():
            if name not in {"about", "shown-about"}:
                sent[name] = text
        if not self.about_touched():
            sent.setlist("about", now.initial["about"])
        sent.setlist("shown-about", ["", *now.initial["about"]])
        return sent

    def clean_about(self) -> list[str]:
        """Refuse some life experiences beside all of them."""
        about: list[str] = self.cleaned_data["about"]
        if ALL in about and any(one.startswith("life:") for one in about):
            raise forms.ValidationError(_("Choose all life experiences, or some of them; not both."))
        return about

    def written(self) -> Written:
        """Give what was typed, for the action that keeps it."""
        typed = {name: one for name, one in self.cleaned_data.items() if name != "about"}
        about = self.cleaned_data["about"]
        return Written(
            **typed,
            strategies=[one.removeprefix("strategy:") for one in about if one.startswith("strategy:")],
            life_experiences=[one.removeprefix("life:") for one in about if one.startswith("life:")],
            all_life_experiences=ALL in about,
        )


def _held(draft: DraftFact) -> dict[str, Any]:
    about = [f"strategy:{key}" for key in draft.strategy_keys]
    about += [ALL] if draft.all_life_experiences else [f"life:{key}" for key in draft.life_experience_keys]
    names = ("title", "date", "kind", "gist", "body", "source", "correction")
    return {"about": about, **{name: getattr(draft, name) for name in names}}


def _subjects() -> list[tuple[str, Any]]:
    """Name what an update can be about."""
    strategies = [
        (f"strategy:{one.key}", one.title) for area in queries.priority_areas() for one in area.strategies
    ]
    lives = [(f"life:{one.key}", one.name) for one in queries.life_experiences()]
    return [*strategies, (ALL, _("All life experiences")), *lives]


def about_in_words(draft: DraftFact) -> list[Any]:
    """Name what a draft is about."""
    return named(_held(draft)["about"])


def named(subjects: Iterable[str]) -> list[Any]:
    """Name what an update can be about, as the form has it."""
    names = dict(_subjects())
    return [names[one] for one in subjects if one in names]
