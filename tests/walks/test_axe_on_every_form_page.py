"""Every page of forms, every page on which they are made, and the embed: nothing for axe to find.

In English, in Spanish and from the right, on a phone and on a desktop, light and dark; errors included.
"""

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect
from playwright.sync_api import Page as Tab

from hearback.collect.intake.store.opened import FILE
from tests.conftest import ROOT
from tests.walks.browser import WIDTHS, Watched, follow, photograph, watched
from tests.walks.embed.host import Host, hosted
from tests.walks.embed.page import PLACE
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
EVERY_TYPE = ROOT / "tests" / "walks" / "instruments" / "every_type.yaml"
ABOUT = ("--service", "state-passports-25", "--provider", "state-passports")
LOCALES = {"en": "en-US", "es": "es-MX", "ar": "ar-EG"}
DARK = {("en", "desktop"), ("es", "phone"), ("ar", "desktop")}
MEANT = re.compile(r"status of (403|404|409|410|422|503)|net::ERR_FAILED|cannot be parsed")
"""What Chromium complains of when it is answered with an error, broken off, or given no number, as here."""
SURVEY = {"title": "T", "logo": "x.png", "pages": [{"elements": [{"type": "text", "name": "Why"}]}]}


@dataclass(frozen=True)
class World:
    """The site with forms on it, a page of somebody else, and who is signed in, by name."""

    site: Site
    host: Host
    browser: Browser
    states: dict[str, Any]
    tags: dict[str, dict[str, str]]
    folder: Path

    def view(self, language: str, width: str, who: str = "") -> Watched:
        """Open a tab, in a language, of somebody who is signed in or of nobody."""
        colours = "dark" if (language, width) in DARK else "light"
        state = self.states[who] if who else None
        view = watched(self.browser, width, locale=LOCALES[language], color_scheme=colours,
                       storage_state=state, bypass_csp=True)  # fmt: skip
        return view


@pytest.fixture(scope="module")
def world(site: Site, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two open forms, one closed, one in review, and one whose first language is incomplete Arabic."""
    folder = tmp_path_factory.mktemp("axe")
    arabic = folder / "arabic.yaml"
    text = EVERY_TYPE.read_text(encoding="utf-8")
    arabic.write_text(text.replace("languages: [en, es, ar]", "languages: [ar, en, es]"), encoding="utf-8")
    starts = {"axe-all": EVERY_TYPE, "axe-thumbs": "thumbs", "axe-shut": "thumbs", "axe-review": "thumbs"}
    for key, start in {**starts, "axe-arabic": arabic}.items():
        run(site.environ, "collect", "form", "new", key, "--from", str(start), *ABOUT)
    for key in starts:
        run(site.environ, "collect", "form", "move", key, "submit")
    for key in ("axe-all", "axe-thumbs", "axe-shut"):
        run(site.environ, "collect", "form", "move", key, "publish")
    run(site.environ, "collect", "form", "move", "axe-shut", "close")
    run(site.environ, "accounts", "add", "walker", "--name", "Walker", "--role", "member")
    tags = {
        one: run(site.environ, "collect", "form", "embed", one)["tags"] for one in ("axe-all", "axe-thumbs")
    }
    with hosted() as host:
        yield World(site, host, browser, _states(site, browser), tags, folder)


def _states(site: Site, browser: Browser) -> dict[str, Any]:
    links = {row["username"]: row["link"] for row in run(site.environ, "demo", "links")["links"]}
    links["walker"] = run(site.environ, "accounts", "link", "walker")["link"]
    states = {}
    for who in ("walker", "reviewer", "administrator"):
        context = browser.new_context()
        tab = context.new_page()
        tab.goto(links[who])
        follow(tab.get_by_role("main").get_by_role("button"))
        expect(tab.get_by_role("heading", level=1)).to_have_text("Dashboard")
        states[who] = context.storage_state()
        context.close()
    return states


Screens = Iterator[tuple[str, Watched]]


def asked_on_a_page(world: World, language: str, width: str) -> Screens:
    """The hosted page: all kinds of questions, errors, review, a busy store, thanks, a closed form."""
    view = world.view(language, width)
    tab = view.tab
    view.go(f"{world.site.address}/done/axe-all?lang={language}")
    assert tab.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    yield "first", view
    view.go(f"{world.site.address}/done/axe-all?lang={language}&useful=1&channel=email")
    yield "chosen in an e-mail", view
    view.go(f"{world.site.address}/done/axe-all?lang={language}")
    _send(tab)
    yield "wrong", view
    tab.locator("#q-useful-0").check()
    _send(tab)
    yield "shown", view
    _send(tab)
    yield "second", view
    follow(tab.locator("form [name=_save]"))
    yield "saved", view
    view.go(str(tab.locator(".asking__link a").get_attribute("href")))
    tab.locator("#q-desk").fill("Call me: 202-555-0143")
    tab.locator("#q-minutes").fill("-3")
    _send(tab)
    yield "out of range", view
    tab.locator("#q-minutes").fill("20")
    _send(tab)
    expect(tab.locator("blockquote").first).to_be_visible()
    yield "review", view
    with closing(sqlite3.connect(_store_of(world.site), isolation_level=None)) as busy:
        busy.execute("BEGIN EXCLUSIVE")
        with tab.expect_response(lambda answer: answer.request.method == "POST") as told:
            follow(tab.locator("button[name=_confirmed]"))
        assert told.value.status == 503
        yield "later", view
        busy.execute("ROLLBACK")
    _send(tab)
    expect(tab.get_by_role("status")).to_be_visible()
    yield "thanks", view
    view.go(f"{world.site.address}/done/axe-shut?lang={language}")
    yield "closed", view


def asked_on_another_site(world: World, language: str, width: str) -> Screens:
    """The embed in the page: every kind of question, errors, review, an answer that is not stored, thanks."""
    view = world.view(language, width)
    tab = view.tab
    view.go(world.host.put(f"/axe-{language}", PLACE + _tag(world, "axe-all"), language=language))
    form = tab.locator("#feedback form")
    expect(form).to_have_css("direction", "rtl" if language == "ar" else "ltr")
    expect(tab.locator("body")).to_have_css("direction", "ltr")
    yield "first", view
    form.locator("[type=submit]").click()
    yield "wrong", view
    form.locator("#q-useful-0").check()
    form.locator("#q-how-other").check()
    yield "shown", view
    form.locator("[type=submit]").click()
    yield "second", view
    form.locator("#q-desk").fill("5")
    form.locator("#q-minutes").fill("-3")
    form.locator("[type=submit]").click()
    expect(form.locator("#q-minutes")).to_be_focused()
    yield "out of range", view
    form.locator("#q-minutes").fill("20")
    form.locator("#q-comment").fill("My address is ana@example.org")
    form.locator("[type=submit]").click()
    tab.locator("#feedback blockquote").wait_for()
    yield "review", view
    tab.route("**/intake/axe-all", _fail)
    tab.locator("#feedback .buttons button").first.click()
    expect(tab.locator("#feedback .alert")).not_to_be_empty()
    yield "not stored", view
    tab.unroute("**/intake/axe-all")
    tab.locator("#feedback .buttons button").first.click()
    tab.locator("#feedback .thanks").wait_for()
    yield "thanks", view


def asked_in_dialogs(world: World, language: str, width: str) -> Screens:
    """The embed behind a button of its own, and behind one of the page's: closed, open, wrong."""
    view = world.view(language, width)
    tab = view.tab
    body = '<main><h1>A page</h1><button id="feedback-button" hidden>Feedback</button></main>'
    tags = _tag(world, "axe-thumbs", "modal") + _tag(world, "axe-all", "button")
    view.go(world.host.put(f"/axe-dialogs-{language}", body + tags, language=language))
    tab.locator(".launcher button").wait_for()
    yield "closed", view
    tab.locator(".launcher button").click()
    yield "modal", view
    tab.keyboard.press("Escape")
    tab.locator("#feedback-button").click()
    yield "button", view
    tab.locator("dialog[open] [type=submit]").click()
    yield "wrong", view


OF_OTHERS = (
    ("reviewer", "../../"), ("reviewer", "../../history/"), ("administrator", "../../people/"),
    ("reviewer", "../../surveys/FY2021-Q2/"), ("reviewer", "settings/"), ("reviewer", "../nowhere/"),
    ("reviewer", "../axe-review/move/return/"), ("reviewer", "../axe-review/move/publish/"),
)  # fmt: skip
"""Pages of the signed-in side for other people, as they stand to a form; two of them are refusals."""


def made_by_people(world: World, language: str, width: str) -> Screens:
    """Every signed-in page of forms, and what it says of mistakes."""
    key = "axe-arabic" if language == "ar" else "axe-all"
    form = f"{world.site.address}/dashboard/forms/{key}/"
    view = world.view(language, width, "walker")
    questions = [f"edit/{number}/" for number in (1, 2, 4, 5, 6, 7, 10)]
    pages = ["", "edit/", *questions, "edit/2/remove/", "languages/", "languages/es/", "settings/", "keep/",
             "text/", "file/", "preview/", "versions/", "responses/", "export/", "move/submit/"]  # fmt: skip
    pages += ["languages/es/remove/", "move/close/"] if key == "axe-all" else []
    for page in ("../", "../new/", *pages):
        view.go(form + page)
        yield page or "overview", view
    for name, mistake in MISTAKES.items():
        mistake(view, form, world.folder)
        yield name, view
    view.tab.context.close()
    for who, page in OF_OTHERS:
        view = world.view(language, width, who)
        view.go(form + page)
        yield f"{who} {page}", view
        view.tab.context.close()


def _nothing_chosen(view: Watched, form: str, folder: Path) -> None:
    view.go(f"{form}../new/")
    view.tab.locator("main form").evaluate("form => form.noValidate = true")
    _press_last(view.tab)


def _unreadable(view: Watched, form: str, folder: Path) -> None:
    view.go(f"{form}text/")
    view.tab.locator("#yaml").fill("title: [")
    follow(view.tab.locator("form:has(#yaml) button"))


def _no_form(view: Watched, form: str, folder: Path) -> None:
    _send_file(view, form, folder, "title: [")


def _of_another_program(view: Watched, form: str, folder: Path) -> None:
    _send_file(view, form, folder, json.dumps(SURVEY))


def _send_file(view: Watched, form: str, folder: Path, text: str) -> None:
    view.go(f"{form}file/")
    file = folder / "sent.json"
    file.write_text(text, encoding="utf-8")
    view.tab.locator("#file").set_input_files(file)
    _press_last(view.tab)


def _no_zone(view: Watched, form: str, folder: Path) -> None:
    view.go(f"{form}export/")
    if view.tab.locator("#id_zone").count():
        view.tab.locator("#id_zone").fill("Nowhere")
        follow(view.tab.locator("main form button").first)


def _no_moment(view: Watched, form: str, folder: Path) -> None:
    view.go(f"{form}settings/")
    view.tab.locator("#id_opens_at").fill("tomorrow")
    _press_last(view.tab)


def _no_number(view: Watched, form: str, folder: Path) -> None:
    view.go(f"{form}edit/6/")
    view.tab.locator("#id_at_least").evaluate("one => one.type = 'text'")
    view.tab.locator("#id_at_least").fill("many")
    follow(view.tab.locator("main form button[type=submit], main form button:not([type])").last)


MISTAKES: dict[str, Callable[[Watched, str, Path], None]] = {
    "nothing chosen": _nothing_chosen,
    "unreadable text": _unreadable,
    "file that is no form": _no_form,
    "file of another program": _of_another_program,
    "no zone": _no_zone,
    "no moment": _no_moment,
    "no number": _no_number,
}


def _send(tab: Tab) -> None:
    follow(tab.locator("form button").first)


def _press_last(tab: Tab) -> None:
    follow(tab.locator("main form button").last)


def _tag(world: World, key: str, mode: str = "inline") -> str:
    return world.tags[key][mode]


def _store_of(site: Site) -> Path:
    return site.home / FILE


def _fail(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(
    "screens", [asked_on_a_page, asked_on_another_site, asked_in_dialogs, made_by_people]
)
def test_nothing_for_axe_to_find(
    world: World, screens: Callable[[World, str, str], Screens], language: str, width: str
) -> None:
    found = {}
    for screen, view in screens(world, language, width):
        if screens is made_by_people and language == "ar":
            view.tab.evaluate("document.documentElement.dir = 'rtl'")
        if problems := [one for one in view.problems() if not MEANT.search(one)]:
            found[screen] = problems
        name = re.sub(r"[^a-z0-9]+", "-", f"axe-{screens.__name__}-{screen}-{language}-{width}".lower())
        photograph(view.tab, name)
        view.complaints.clear()
    assert found == {}
