"""The other pages of a form: as text, settings, languages, preview, moves, responses."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest
from django.test import Client
from django.utils import timezone

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Clearance, Delivery
from hearback.collect.intake.store import Received
from hearback.collect.queries import form, intake_store, responses
from hearback.history.queries import latest_entries
from tests.collect.desk.test_building import fields_of, newest, revision

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    """Give the page as text."""
    return client.get(address).content.decode()


def test_the_text_of_a_form_comes_back_as_it_was(owner: Client, draft: str) -> None:
    before = newest()
    page = text_of(owner, f"{draft}text/")
    shown = re.search(r'<textarea[^>]*id="yaml"[^>]*>\n(.*?)</textarea>', page, re.S)
    assert shown is not None
    text = shown[1].replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    assert files.read_yaml(text) == before
    sent = {
        "yaml": text.replace("How did we do?", "How was it?").replace("\n", "\r\n"),
        "revision": revision(),
    }
    assert owner.post(f"{draft}text/", sent).status_code == 302
    assert newest() == msgspec.structs.replace(before, title={**before.title, "en": "How was it?"})


def test_a_text_that_cannot_be_read_stays_on_the_page(owner: Client, draft: str) -> None:
    before = newest()
    answer = owner.post(f"{draft}text/", {"yaml": "title: [\nnot yaml", "revision": revision()})
    assert answer.status_code == 422
    assert "is not YAML" in answer.content.decode()
    assert "not yaml" in answer.content.decode()
    assert newest() == before


SETTINGS = {
    "control_number": "0000-0000", "expires_on": "2028-09-30", "burden_minutes": "2.5", "agency": "An agency",
    "contact": "forms@agency.example", "statement": "You need not answer.", "steps": "on",
    "opens_at": "2026-10-01T00:00-04:00", "closes_at": "", "quota": "100", "ask_one_in": "4",
    "ask_again_after_days": "30", "challenge_above": "500", "timing": "periodic", "countries": "us, mx",
}  # fmt: skip


def test_settings_are_kept(owner: Client, draft: str) -> None:
    assert owner.post(f"{draft}settings/", {**SETTINGS, "revision": revision()}).status_code == 302
    kept = newest()
    assert kept.clearance == Clearance(
        "0000-0000", date(2028, 9, 30), 2.5, "An agency", "forms@agency.example",
        {"en": "You need not answer."},
    )  # fmt: skip
    opens = datetime.fromisoformat("2026-10-01T00:00-04:00")
    assert kept.delivery == Delivery(True, opens, None, 100, 4, 30, 500)
    assert (kept.timing, kept.countries) == ("periodic", ("us", "mx"))
    page = text_of(owner, f"{draft}settings/")
    assert 'value="2026-10-01T00:00:00-04:00"' in page
    assert 'value="2028-09-30"' in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"control_number": ""}, "Fill this in too"),
        ({"opens_at": "tomorrow"}, "Write day, time and time zone"),
        ({"opens_at": "2026-10-01T00:00"}, "Write day, time and time zone"),
        ({"countries": "usa"}, "Write two letters for each country."),
        ({"ask_one_in": "0"}, "greater than or equal to 1"),
    ],
)
def test_settings_that_cannot_be_read_are_told(
    owner: Client, draft: str, typed: dict[str, str], told: str
) -> None:
    answer = owner.post(f"{draft}settings/", {**SETTINGS, **typed, "revision": revision()})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert newest().clearance is None


def test_how_long_responses_are_kept_is_decided_and_noted(owner: Client, draft: str) -> None:
    assert "until somebody decides how long" in text_of(owner, draft)
    assert owner.post(f"{draft}keep/", {"days": "0"}).status_code == 422
    owner.post(f"{draft}keep/", {"days": "400"})
    assert "400 days" in text_of(owner, draft)
    (noted, *_) = latest_entries(1, "form", "service-2")
    assert (noted.verb, noted.by, noted.after) == ("form.retention_set", "owner", {"retention_days": 400})
    owner.post(f"{draft}keep/", {"days": ""})
    assert form("service-2").retention_days is None  # type: ignore[union-attr]


def test_languages_are_added_translated_put_first_and_removed(owner: Client, draft: str) -> None:
    added = owner.post(f"{draft}languages/", {"do": "add", "language": "ar", "revision": revision()})
    assert added.headers["Location"] == f"{draft}languages/ar/"
    page = text_of(owner, f"{draft}languages/ar/")
    assert "0 of 23 texts are there." in page
    assert 'lang="ar" dir="rtl"' in page
    owner.post(f"{draft}languages/ar/", {"text:title": "كيف كان أداؤنا؟", "revision": revision()})
    assert "1 of 23 texts are there." in text_of(owner, f"{draft}languages/ar/")
    assert "22 of 23 missing" in text_of(owner, f"{draft}languages/")
    owner.post(f"{draft}languages/", {"do": "first:es", "revision": revision()})
    assert newest().languages == ("es", "en", "ar")
    owner.post(f"{draft}languages/ar/remove/", {"revision": revision()})
    assert newest().languages == ("es", "en")
    assert owner.get(f"{draft}languages/es/remove/").status_code == 404, "the first stays"
    wrong = owner.post(f"{draft}languages/", {"do": "add", "language": "E S", "revision": revision()})
    assert wrong.status_code == 422


def test_a_preview_asks_and_stores_nothing(owner: Client, draft: str) -> None:
    first = text_of(owner, f"{draft}preview/?lang=es")
    assert "Vista previa: no se guarda nada." in first
    assert "¿Cómo lo hicimos?" in first
    sent = {"trust": "1", "_shown": "trust", "lang": "es"}
    second = owner.post(f"{draft}preview/", sent).content.decode()
    assert "¿Qué salió bien?" in second
    done = {**sent, "_seen": "trust", "_shown": ["positive", "comment"], "comment": "x@example.org"}
    assert "Gracias" in owner.post(f"{draft}preview/", done).content.decode()
    assert responses("service-2") == []


def test_a_question_is_previewed_as_it_is_typed_and_nothing_is_kept(owner: Client, draft: str) -> None:
    before = newest()
    address = f"{draft}edit/3/preview/"
    assert re.findall(r'name="_shown" value="(\w+)"', text_of(owner, address)) == ["negative"]
    sent = fields_of(text_of(owner, f"{draft}edit/3/"))
    typed = {**sent, "words": "What went wrong?", "choice-0-words": "Everything"}
    page = owner.post(f"{address}?lang=en", typed).content.decode()
    assert "What went wrong?" in page
    assert "Everything" in page
    assert "¿Qué no salió tan bien?" in owner.post(f"{address}?lang=es", typed).content.decode()
    unreadable = owner.post(address, {**sent, "max_choices": "many"})
    assert unreadable.status_code == 422
    assert "Enter a whole number." in unreadable.content.decode()
    assert newest() == before
    assert owner.get(f"{draft}edit/9/preview/").status_code == 404


def test_a_preview_may_be_framed_by_the_site_alone_and_pages_frame_nothing_else(
    owner: Client, draft: str
) -> None:
    preview = owner.get(f"{draft}preview/")
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
    page = owner.get(f"{draft}edit/")
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "<script" not in page.content.decode()
    assert "script-src 'self'" in owner.get(f"{draft}edit/2/").headers["Content-Security-Policy"]
    for address in (f"{draft}edit/", f"{draft}preview/", f"{draft}edit/2/preview/"):
        assert "script-src 'none'" in owner.get(address).headers["Content-Security-Policy"], address
    assert owner.get(f"{draft}edit/2/preview/").headers["X-Frame-Options"] == "SAMEORIGIN"


NO_LANGUAGE = "languages: []\npages: []"
NO_LIST = "languages: [en]\npages:\n- questions:\n  - {code: a, type: region, vocabulary: nowhere}"


@pytest.mark.parametrize("yaml", [NO_LANGUAGE, NO_LIST])
def test_what_cannot_be_shown_says_why(owner: Client, draft: str, yaml: str) -> None:
    owner.post(f"{draft}text/", {"yaml": f"key: x\ntitle: {{en: X}}\n{yaml}", "revision": revision()})
    assert "The form cannot be shown like this" in text_of(owner, f"{draft}preview/")
    for path in ("", "edit/", "languages/", "settings/", "text/", "versions/", "responses/"):
        assert owner.get(draft + path).status_code == 200, path


def test_a_form_goes_its_way_and_history_says_who_did_what(
    owner: Client, reviewer: Client, draft: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    def move(client: Client, name: str, **sent: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(f"{draft}move/{name}/", {"revision": revision(), **sent})
        assert answer.status_code == 302, name

    move(owner, "submit")
    move(reviewer, "return", note="Say thank you")
    assert "Say thank you" in text_of(owner, f"{draft}versions/")
    move(owner, "submit")
    move(reviewer, "publish")
    assert Client().get("/done/service-2").status_code == 200
    move(owner, "close")
    assert Client().get("/done/service-2").status_code == 410
    move(reviewer, "reopen")
    move(owner, "close")
    move(owner, "archive")
    assert form("service-2").state == "archived"  # type: ignore[union-attr]
    done = [(one.by, one.verb) for one in latest_entries(20, "form", "service-2")][::-1]
    assert done == [
        ("owner", "form.created"), ("owner", "form.submit"), ("reviewer", "form.return"),
        ("owner", "form.submit"), ("reviewer", "form.publish"), ("owner", "form.closed"),
        ("reviewer", "form.reopened"), ("owner", "form.closed"), ("owner", "form.archived"),
    ]  # fmt: skip
    assert owner.post(f"{draft}move/archive/", {"revision": revision()}).status_code == 409
    assert owner.get(f"{draft}move/fly/").status_code == 404


def stored(n: int, **fields: Any) -> Received:
    """Make a response that lies in the store."""
    answers = {
        "trust": "0",
        "negative": ["efficiency", "other"],
        "negative.text": "queue",
        "comment": f"No. {n}",
    }
    held = {"language": "es" if n % 2 else "en", "not_shown": ("positive",), "masked": {"email": n}, **fields}
    return Received(
        form="service-2", version=1, key=str(n), at=1_772_463_600_000 + n * 86_400_000, channel="website",
        place="lobby", campaign="", answers=msgspec.json.encode(answers), **held,
    )  # fmt: skip


def test_responses_are_read_the_newest_first_page_by_page(
    owner: Client, draft: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hearback.collect.desk.responses.ON_A_PAGE", 2)
    with intake_store() as store:
        store.append([stored(n) for n in range(5)])
    page = text_of(owner, f"{draft}responses/")
    assert re.findall(r"No\. \d", page) == ["No. 4", "No. 3"]
    assert "5 responses" in page
    assert "It took too long" in page
    assert "queue" in page
    assert "not shown" in page
    assert "4 pieces masked" in page
    assert 'href="?page=2" rel="next"' in page
    last = text_of(owner, f"{draft}responses/?page=3")
    assert re.findall(r"No\. \d", last) == ["No. 0"]
    assert 'rel="next"' not in last
    for nonsense in ("0", "4", "x", "9" * 30, "²"):
        assert owner.get(f"{draft}responses/?page={nonsense}").status_code == 404


def test_a_whole_number_is_shown_as_one(owner: Client, draft: str) -> None:
    with intake_store() as store:
        store.append([msgspec.structs.replace(stored(1), answers=b'{"trust":"0","comment":7312.0}')])
    page = text_of(owner, f"{draft}responses/")
    assert "7312" in page
    assert "7312.0" not in page


def test_responses_are_filtered_by_day_and_language(owner: Client, draft: str) -> None:
    with intake_store() as store:
        store.append([stored(n) for n in range(5)])
    days = "since=2026-03-03&until=2026-03-05"
    page = text_of(owner, f"{draft}responses/?{days}")
    assert re.findall(r"No\. \d", page) == ["No. 3", "No. 2", "No. 1"], "the last day is in it"
    page = text_of(owner, f"{draft}responses/?{days}&language=en")
    assert re.findall(r"No\. \d", page) == ["No. 2"]
    assert re.search(r"\b1 response\b", page)
    assert owner.get(f"{draft}responses/?since=0001-01-01&until=9999-12-31").status_code == 200
    assert "Enter a valid date." in text_of(owner, f"{draft}responses/?since=yesterday")
    assert datetime.fromtimestamp(1_772_463_600, UTC).date() == date(2026, 3, 2)


def test_pages_speak_the_language_of_the_browser(owner: Client, draft: str) -> None:
    answer = owner.get(f"{draft}edit/", headers={"accept-language": "es-MX,es;q=0.9"})
    assert answer.headers["Content-Language"] == "es"
    assert '<html lang="es"' in answer.content.decode()
    assert "Agregar una pregunta" in answer.content.decode()
    assert owner.get(f"{draft}edit/", headers={"accept-language": "fr"}).headers["Content-Language"] == "en"


def test_a_poster_is_there_once_the_form_is_published(
    owner: Client, reviewer: Client, draft: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    address = f"{draft}poster-a4.pdf?place=lobby"
    assert owner.get(address).status_code == 404
    owner.post(f"{draft}move/submit/", {"revision": revision()})
    with django_capture_on_commit_callbacks(execute=True):
        reviewer.post(f"{draft}move/publish/", {"revision": revision()})
    assert "poster-letter.pdf?place=lobby" in text_of(owner, f"{draft}?place=lobby")
    answer = owner.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert owner.get(f"{draft}poster-a0.pdf").status_code == 404
    assert "Only a reviewer can open it again." in text_of(owner, f"{draft}move/close/")
    owner.post(f"{draft}move/close/", {"revision": revision()})
    shut = text_of(owner, draft)
    assert "The form is closed: whoever opens its address is told so and cannot answer." in shut
    assert "qr.svg" not in shut
    assert "poster" not in shut.replace("posters", "")
    answer = owner.get(address)
    assert (answer.status_code, "nobody could answer" in answer.content.decode()) == (409, True)
    assert owner.get(f"{draft}email/en.html").status_code == 404


def test_what_was_kept_out_lately_is_told_beside_the_responses(owner: Client, draft: str) -> None:
    today = timezone.now().date()
    assert "Kept out" not in text_of(owner, f"{draft}responses/")
    with intake_store() as store:
        store.add_refused(
            {
                ("service-2", today.isoformat(), "trapped"): 1_200,
                ("service-2", (today - timedelta(days=2)).isoformat(), "trapped"): 34,
                ("service-2", (today - timedelta(days=60)).isoformat(), "over_limit"): 5,
            }
        )
    page = text_of(owner, f"{draft}responses/")
    assert "Kept out in the last 30 days: 1,234 responses from programs" in page
    assert "far too many" not in page


def test_the_block_for_an_email_can_be_downloaded_in_every_language(
    owner: Client, reviewer: Client, draft: str, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    address = f"{draft}email.es.html?campaign=renewal"
    assert owner.get(address).status_code == 404
    owner.post(f"{draft}move/submit/", {"revision": revision()})
    with django_capture_on_commit_callbacks(execute=True):
        reviewer.post(f"{draft}move/publish/", {"revision": revision()})
    page = text_of(owner, f"{draft}?campaign=renewal")
    assert page.count("email.es.") == page.count("email.en.") == 2
    answer = owner.get(address)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="service-2-es.html"'
    assert "campaign=renewal&amp;channel=email&amp;lang=es&amp;trust=1" in answer.content.decode()
    assert "campaign=renewal&channel=email&lang=es&trust=1" in text_of(owner, address.replace("html", "txt"))
    assert owner.get(f"{draft}email.fr.html").status_code == 404
    assert owner.get(f"{draft}email.es.pdf").status_code == 404
