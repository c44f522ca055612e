"""Check what people ask of an export: which responses, in what shape, in what kind of file."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hearback.collect.desk.fields import DeskForm, day
from hearback.collect.exporting import Export
from hearback.collect.languages import name_of
from hearback.collect.queries import FormFact
from hearback.collect.response_files.seventeen import NotSeventeen, seventeen
from hearback.collect.response_files.writing import WRITERS
from hearback.fiscal import Quarter, parse_quarter, quarter_of_day

QUARTERS = 12
"""How many quarters can be chosen by name; what is older, by its days."""
SHAPES = {
    "all": _("Every question, one column each"),
    "seventeen": _("The 17 columns of the quarterly file"),
    "with_time": _("The 17 columns, with time and language"),
}
FILES = {"csv": _("CSV"), "xlsx": _("XLSX, for spreadsheets"), "json": _("JSON"), "parquet": _("Parquet")}


class ExportForm(DeskForm):
    """Which responses, and how."""

    quarter = forms.ChoiceField(label=_("Fiscal quarter"), required=False)
    since = forms.DateField(label=_("Or from"), required=False, widget=day())
    until = forms.DateField(label=_("Up to and including"), required=False, widget=day())
    zone = forms.CharField(
        label=_("Time zone in which days begin"),
        max_length=60,
        help_text=_("Such as America/New_York, or UTC."),
    )
    shape = forms.ChoiceField(label=_("Columns"), widget=forms.RadioSelect, initial="all")
    words = forms.ChoiceField(
        label=_("Answers to choose from"),
        choices=[("", _("as codes, which stay the same")), ("yes", _("as the words that people saw"))],
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(label=_("Language of the words"), required=False)
    kind = forms.ChoiceField(label=_("Kind of file"), choices=[(one, FILES.get(one, one)) for one in WRITERS])

    def __init__(self, form: FormFact, data: Any = None) -> None:
        super().__init__(data, initial={"zone": str(settings.ZONE), "words": ""})
        self.form = form
        quarters = [(str(one), _called(one)) for one in _latest()]
        self._choose("quarter", [("", gettext("By the days below, or all")), *quarters])
        self._choose("shape", [*SHAPES.items()] if fits_seventeen(form) else [("all", SHAPES["all"])])
        languages = dict.fromkeys(name for one in form.versions for name in one.instrument.languages)
        self._choose("language", [(name, name_of(name)) for name in languages])

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_zone(self) -> tzinfo:
        """Find the zone."""
        try:
            return ZoneInfo(self.cleaned_data["zone"])
        except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
            raise ValidationError(_("Write a time zone, such as America/New_York.")) from problem

    def clean(self) -> dict[str, Any]:
        """Ask for a quarter or for days, and for days in their order."""
        typed = super().clean() or {}
        since, until = typed.get("since"), typed.get("until")
        if typed.get("quarter") and (since or until):
            self.add_error("quarter", gettext("Choose a quarter or days, not both."))
        if since and until and until < since:
            self.add_error("until", gettext("Choose a day that is not before the first."))
        return typed

    def asked(self) -> Export:
        """Give what is to be written."""
        typed = self.cleaned_data
        since, until = self._period()
        return Export(
            self.form, since, until, typed["zone"], bool(typed["words"]), typed["language"],
            typed["shape"] != "all", typed["shape"] == "with_time",
        )  # fmt: skip

    def _period(self) -> tuple[datetime | None, datetime | None]:
        typed = self.cleaned_data
        first, last = typed["since"], typed["until"]
        after = last + timedelta(days=1) if last and last < date.max else None
        if typed["quarter"]:
            quarter, start = parse_quarter(typed["quarter"]), settings.FISCAL_YEAR_STARTS
            first, after = quarter.starts_on(start), quarter.ends_before(start)
        return _begin(first, typed["zone"]), _begin(after, typed["zone"])


def fits_seventeen(form: FormFact) -> bool:
    """Say whether every version that people were asked can be written as the 17 columns."""
    try:
        for one in form.versions:
            if one.state == "published":
                seventeen(one.instrument)
    except NotSeventeen:
        return False
    return form.published is not None


def _begin(first: date | None, zone: tzinfo) -> datetime | None:
    return datetime.combine(first, time(), zone) if first else None


def _latest() -> list[Quarter]:
    """List the quarters that can be chosen, the one that runs now first."""
    today = timezone.now().astimezone(settings.ZONE).date() - date(1970, 1, 1)
    found = [quarter_of_day(today.days, settings.FISCAL_YEAR_STARTS)]
    while len(found) < QUARTERS:
        found.append(found[-1].previous())
    return found


def _called(quarter: Quarter) -> str:
    start = settings.FISCAL_YEAR_STARTS
    last = quarter.ends_before(start) - timedelta(days=1)
    days = (date_format(one, "DATE_FORMAT") for one in (quarter.starts_on(start), last))
    return f"{quarter.label} ({' – '.join(days)})"
