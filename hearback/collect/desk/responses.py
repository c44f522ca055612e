"""The responses to a form, the newest first, as they are stored: masked, with codes in words."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import Trouble
from hearback.collect.desk.fields import FilterForm, first_language, number_of
from hearback.collect.instruments.conditions import whole
from hearback.collect.instruments.definition import Instrument, Question, text_code
from hearback.collect.instruments.vocabularies import choices_of
from hearback.collect.intake.store import Received, Store, StoreNotReady
from hearback.collect.languages import name_of
from hearback.collect.moments import milliseconds
from hearback.collect.queries import intake_store

ON_A_PAGE = 25
DAYS_OF_REFUSED = 30
EMPTY: dict[str, Any] = {"rows": [], "tally": [], "n": 0, "has_more": False}


@dataclass(frozen=True)
class AnswerRow:
    """One question with its answer; `was_shown` is false where earlier answers hid it."""

    words: str
    answers: list[str]
    was_shown: bool


@dataclass(frozen=True)
class ResponseRow:
    """One response in words."""

    number: int
    at: datetime
    language: str
    version: int
    channel: str
    place: str
    campaign: str
    answers: list[AnswerRow]
    n_masked: int


@dataclass(frozen=True)
class Window:
    """Which responses: milliseconds since 1970, UTC, `until` exclusive; every language where it is blank."""

    since: int = 0
    until: int | None = None
    language: str = ""


@require_safe
@at_desk("see_responses")
def form_responses(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a page of responses; a page past the last is not found."""
    page = number_of(request.GET.get("page", "1")) or 0
    if page < 1:
        raise Http404
    languages = sorted({name for one in desk.form.versions for name in one.instrument.languages})
    asked = FilterForm([(name, name_of(name)) for name in languages], request.GET)
    trouble = None
    try:
        with intake_store() as store:
            found = {**_found(store, desk, _window(asked), page), "refused": _refused(store, desk.key)}
    except StoreNotReady:
        found = EMPTY
        trouble = Trouble(_("The responses cannot be read just now"), _("Try again in a minute."))
    if page > 1 and not found["rows"] and trouble is None:
        raise Http404
    context = {
        **found,
        "asked": asked,
        "trouble": trouble,
        "page": page,
        "newer": _address(request, page - 1) if page > 1 else "",
        "older": _address(request, page + 1) if found["has_more"] else "",
    }
    return show_form(request, desk, "responses", context, 503 if trouble else 200)


def _found(store: Store, desk: Desk, window: Window, page: int) -> dict[str, Any]:
    stored = store.latest(
        desk.key,
        limit=ON_A_PAGE + 1,
        offset=(page - 1) * ON_A_PAGE,
        since=window.since,
        until=window.until,
        language=window.language,
    )
    counts = store.tally(desk.key, since=window.since, until=window.until)
    versions = {one.number: one.instrument for one in desk.form.versions}
    return {
        "rows": [_row(one.number, one.response, versions) for one in stored[:ON_A_PAGE]],
        "tally": [(name_of(name), n) for name, n in sorted(counts.items())],
        "n": counts.get(window.language, 0) if window.language else sum(counts.values()),
        "has_more": len(stored) > ON_A_PAGE,
    }


def _refused(store: Store, key: str) -> dict[str, int]:
    """Count what was kept out of the form lately, by why."""
    first = timezone.now().date() - timedelta(days=DAYS_OF_REFUSED)
    counts: Counter[str] = Counter()
    for _day, kind, n in store.refused(key, since=first.isoformat()):
        counts[kind] += n
    return dict(counts)


def _window(asked: FilterForm) -> Window:
    """Read the filters; one that cannot be read filters nothing and is told at its field."""
    asked.is_valid()
    typed = asked.cleaned_data
    since, until = typed.get("since"), typed.get("until")
    return Window(
        _milliseconds(since) if since else 0,
        _milliseconds(until + timedelta(days=1)) if until and until < date.max else None,
        typed.get("language", ""),
    )


def _milliseconds(day: date) -> int:
    return milliseconds(datetime.combine(day, time(), UTC))


def _address(request: HttpRequest, page: int) -> str:
    kept = {name: value for name, value in request.GET.items() if name != "page"}
    return "?" + urlencode({**kept, "page": page})


def _row(number: int, one: Received, versions: dict[int, Instrument]) -> ResponseRow:
    instrument = versions.get(one.version)
    given: dict[str, Any] = msgspec.json.decode(one.answers)
    return ResponseRow(
        number=number,
        at=datetime.fromtimestamp(one.at / 1000, UTC),
        language=name_of(one.language),
        version=one.version,
        channel=one.channel,
        place=one.place,
        campaign=one.campaign,
        answers=_answers(instrument, given, one.not_shown) if instrument else [],
        n_masked=sum(one.masked.values()),
    )


def _answers(instrument: Instrument, given: dict[str, Any], not_shown: tuple[str, ...]) -> list[AnswerRow]:
    language = first_language(instrument)
    return [
        AnswerRow(
            question.words.get(language) or question.code,
            _in_words(question, given, language),
            question.code not in not_shown,
        )
        for question in instrument.questions
    ]


def _in_words(question: Question, given: dict[str, Any], language: str) -> list[str]:
    value = given.get(question.code)
    if value is None:
        return []
    named = {one.code: one.words.get(language) or one.code for one in choices_of(question)}
    codes = value if isinstance(value, list) else [whole(value)]
    text = given.get(text_code(question.code))
    return [*(named.get(str(code), str(code)) for code in codes), *([str(text)] if text else [])]
