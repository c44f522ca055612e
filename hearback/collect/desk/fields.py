"""Check what people type about the whole of a form: its texts, whom it asks, under which permission."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from msgspec.structs import replace

from hearback.collect.instruments.checking import KEY, LANGUAGE
from hearback.collect.instruments.definition import Clearance, Delivery, Instrument
from hearback.collect.instruments.wording import with_words

TIMINGS = {
    "post_transaction": _("right after a transaction"),
    "during_visit": _("during a visit"),
    "periodic": _("at set times"),
    "unknown": _("not known"),
}
WITH_ZONE = _("With a time zone: 2026-10-01T09:00-04:00.")
LOOKS = {forms.Textarea: "usa-textarea", forms.Select: "usa-select"}


class DeskForm(forms.Form):
    """Fields with the looks of the site."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.RadioSelect | forms.CheckboxInput | forms.CheckboxSelectMultiple):
                continue
            look = next((look for kind, look in LOOKS.items() if isinstance(widget, kind)), "usa-input")
            widget.attrs["class"] = look


def speak(fields: Mapping[str, forms.Field], language: str) -> None:
    """Tell browsers which language is typed in fields, which may not be that of the page."""
    for field in fields.values():
        field.widget.attrs |= {"lang": language, "dir": "auto"}


def area(rows: int) -> forms.Textarea:
    """Make a field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


def day() -> forms.DateInput:
    """Make a field for a day that the browser helps with, whatever the language of the page."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class MomentField(forms.CharField):
    """A moment with its time zone, as text."""

    def to_python(self, value: Any) -> datetime | None:  # type: ignore[override]
        """Read it; blank is none."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text)
        except ValueError as problem:
            raise ValidationError(self._say()) from problem
        if moment.tzinfo is None:
            raise ValidationError(self._say())
        return moment

    def prepare_value(self, value: Any) -> Any:
        """Write it as it is read."""
        return value.isoformat() if isinstance(value, datetime) else value

    def _say(self) -> Any:
        return _("Write day, time and time zone, such as 2026-10-01T09:00-04:00.")


class TextsForm(DeskForm):
    """The form's own words, in its first language, and the headings of its pages."""

    title = forms.CharField(label=_("Title"), max_length=500)
    introduction = forms.CharField(label=_("Introduction"), required=False, widget=area(2))
    thanks = forms.CharField(label=_("Words of thanks"), required=False, widget=area(2))

    def __init__(self, instrument: Instrument, data: Any = None) -> None:
        language = first_language(instrument)
        names = ("title", "introduction", "thanks")
        initial = {name: getattr(instrument, name).get(language, "") for name in names}
        super().__init__(data, initial=initial)
        for number, page in enumerate(instrument.pages, start=1):
            if len(instrument.pages) > 1 or page.title:
                label = _("Heading of page {number}").format(number=number)
                heading = forms.CharField(label=label, required=False, initial=page.title.get(language, ""))
                heading.widget.attrs["class"] = "usa-input"
                self.fields[f"page_{number}"] = heading
        speak(self.fields, language)

    def applied(self, instrument: Instrument) -> Instrument:
        """Put what was typed into an instrument."""
        language, typed = first_language(instrument), self.cleaned_data
        names = ("title", "introduction", "thanks")
        texts = {name: with_words(getattr(instrument, name), language, typed[name]) for name in names}
        pages = [
            replace(page, title=with_words(page.title, language, typed.get(f"page_{number}", "")))
            for number, page in enumerate(instrument.pages, start=1)
        ]
        return replace(instrument, **texts, pages=tuple(pages))


class SettingsForm(DeskForm):
    """The permission to ask, and whom the form asks, when and how."""

    control_number = forms.CharField(label=_("Control number"), required=False, max_length=40)
    expires_on = forms.DateField(label=_("Expires on"), required=False, widget=day())
    burden_minutes = forms.FloatField(label=_("Minutes it takes to answer"), required=False, min_value=0)
    agency = forms.CharField(label=_("Agency that asks"), required=False, max_length=200)
    contact = forms.CharField(label=_("Whom to ask about the form"), required=False, max_length=300)
    statement = forms.CharField(label=_("Burden statement"), required=False, widget=area(4))
    steps = forms.BooleanField(label=_("Show one page of the form at a time"), required=False)
    opens_at = MomentField(label=_("Opens at"), required=False, help_text=WITH_ZONE)
    closes_at = MomentField(label=_("Closes at"), required=False, help_text=WITH_ZONE)
    quota = forms.IntegerField(label=_("Close after so many responses"), required=False, min_value=1)
    ask_one_in = forms.IntegerField(
        label=_("Ask one visitor in"), min_value=1, initial=1, help_text=_("1 asks everybody.")
    )
    ask_again_after_days = forms.IntegerField(
        label=_("Days before the same browser is asked again"), min_value=0, initial=0
    )
    challenge_above = forms.IntegerField(
        label=_("Ask for proof above so many responses in ten minutes"),
        required=False,
        min_value=0,
        help_text=_("Against floods from programs. Left empty, it is as for other forms; 0 asks everybody."),
    )
    timing = forms.ChoiceField(label=_("People are asked"), choices=list(TIMINGS.items()))
    countries = forms.CharField(
        label=_("Countries whose kinds of personal data are masked"),
        required=False,
        help_text=_("Two letters each, such as: us mx"),
    )

    CLEARANCE = ("control_number", "expires_on", "burden_minutes", "agency", "contact")
    DELIVERY = (
        "steps", "opens_at", "closes_at", "quota", "ask_one_in", "ask_again_after_days", "challenge_above"
    )  # fmt: skip

    def __init__(self, instrument: Instrument, data: Any = None) -> None:
        super().__init__(data, initial=_settings_of(instrument))

    def clean(self) -> dict[str, Any]:
        """Ask for all of the permission where any of it is given."""
        typed = super().clean() or {}
        if any(typed.get(name) not in (None, "") for name in (*self.CLEARANCE, "statement")):
            for name in self.CLEARANCE:
                if typed.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, _("Fill this in too, or leave all of the permission empty."))
        return typed

    def clean_countries(self) -> tuple[str, ...]:
        """Read codes of countries."""
        found = tuple(re.findall(r"[^\s,;]+", self.cleaned_data["countries"].lower()))
        if any(not re.fullmatch(r"[a-z]{2}", one) for one in found):
            raise ValidationError(_("Write two letters for each country."))
        return found

    def applied(self, instrument: Instrument) -> Instrument:
        """Put what was typed into an instrument."""
        typed = self.cleaned_data
        return replace(
            instrument,
            clearance=self._clearance(instrument),
            delivery=Delivery(**{name: typed[name] for name in self.DELIVERY}),
            timing=typed["timing"],
            countries=typed["countries"],
        )

    def _clearance(self, instrument: Instrument) -> Clearance | None:
        if not self.cleaned_data["control_number"]:
            return None
        held = instrument.clearance.statement if instrument.clearance else {}
        statement = with_words(held, first_language(instrument), self.cleaned_data["statement"])
        return Clearance(**{name: self.cleaned_data[name] for name in self.CLEARANCE}, statement=statement)


class LanguageForm(DeskForm):
    """A language to add."""

    language = forms.CharField(
        label=_("Language tag"), max_length=35, help_text=_("Such as es, vi, zh-Hant or ar.")
    )

    def clean_language(self) -> str:
        """Refuse what is no tag."""
        if not LANGUAGE.match(self.cleaned_data["language"]):
            raise ValidationError(_("Write a language tag, such as es or zh-Hant."))
        return str(self.cleaned_data["language"])


class FilterForm(DeskForm):
    """Which responses to show."""

    since = forms.DateField(label=_("From"), required=False, widget=day())
    until = forms.DateField(label=_("Up to and including"), required=False, widget=day())
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, languages: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        self.fields["language"].choices = [("", _("all")), *languages]  # type: ignore[attr-defined]


def number_of(text: str) -> int | None:
    """Read a counting number of at most six digits, as addresses and buttons carry; None where it is none."""
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else None


def key_of(text: str) -> str:
    """Check a form's address.

    Raises:
        ValidationError: says what an address is made of.
    """
    if not KEY.match(text):
        raise ValidationError(_("Use small letters, digits and hyphens, at most 80."))
    return text


def first_language(instrument: Instrument) -> str:
    """Give the language that every text must have."""
    return next(iter(instrument.languages), "en")


def _settings_of(instrument: Instrument) -> dict[str, Any]:
    clearance, delivery = instrument.clearance, instrument.delivery
    held: dict[str, Any] = {name: getattr(delivery, name) for name in SettingsForm.DELIVERY}
    held |= {"timing": instrument.timing, "countries": " ".join(instrument.countries)}
    if clearance is not None:
        held |= {name: getattr(clearance, name) for name in SettingsForm.CLEARANCE}
        held["statement"] = clearance.statement.get(first_language(instrument), "")
    return held
