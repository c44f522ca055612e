"""The whole road of a form: made, translated, published, embedded, answered in Spanish, exported, imported.

Everything in a real browser against real servers, as people would do it: by the service owner, by the
reviewer who publishes, and by somebody who answers on a page of another site with the keyboard and a screen
reader.
"""

import csv
import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from playwright.sync_api import Page as Tab

from tests.conftest import ROOT
from tests.walks.accessibility import Tree
from tests.walks.browser import follow, photograph
from tests.walks.embed.host import Host, hosted
from tests.walks.embed.page import PLACE, policy
from tests.walks.running import Site, run

pytestmark = pytest.mark.browser
KEY = "walked"
FORM = f"/dashboard/forms/{KEY}/"
MOST_STEPS = 12
"""Of making the form and asking for review: at ten seconds each, two minutes."""
SPANISH = "¿Cómo le fue con nosotros?"
OTHERS = [("1", "en", ["ease", "humanity"], []), ("0", "en", [], ["efficiency"]), ("1", "es", [], []),
          ("0", "es", [], ["ease", "other"]), ("1", "en", ["other"], [])]  # fmt: skip
"""Answers that a program sends: trust, language, what went well, what did not."""


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """The web server of somebody else."""
    with hosted() as running:
        yield running


@pytest.fixture(scope="module")
def elsewhere(site: Site, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Another, fresh home; gives the environment of its commands."""
    home = tmp_path_factory.mktemp("elsewhere") / "home"
    environ = {**site.environ, "HEARBACK_HOME": str(home)}
    run(environ, "init")
    run(environ, "directory", "load", str(ROOT / "examples" / "federal"))
    return environ


@dataclass
class Person:
    """Somebody at a browser who does one thing after the other."""

    tab: Tab
    steps: list[str] = field(default_factory=list)

    def press(self, target: Locator) -> None:
        """Press a link or a button."""
        self.steps.append(f"press {target}")
        follow(target)

    def fill(self, label: str, text: str) -> None:
        """Write into a field."""
        self.steps.append(f"fill {label}")
        self.tab.get_by_label(label, exact=True).fill(text)

    def follow(self, name: str) -> None:
        """Follow a link."""
        self.press(self.tab.get_by_role("link", name=name, exact=True))

    def send(self, name: str) -> None:
        """Press a button."""
        self.press(self.tab.get_by_role("button", name=name, exact=True))


def _person(browser: Browser, link: str) -> Person:
    tab = browser.new_context(accept_downloads=True).new_page()
    tab.goto(link)
    follow(tab.get_by_role("main").get_by_role("button"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("Dashboard")
    return Person(tab)


def test_a_form_from_nothing_to_the_same_counts_in_another_home(
    site: Site, browser: Browser, host: Host, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    links = {row["username"]: row["link"] for row in run(site.environ, "demo", "links")["links"]}
    owner = _person(browser, links["service-owner"])
    about = _make(owner)
    assert len(owner.steps) <= MOST_STEPS, owner.steps
    _publish(_person(browser, links["reviewer"]), site)
    _answer_on_a_page_of_somebody_else(site, browser, host, _tag(owner, site))
    _answer_by_program(site, browser.new_context())
    _read(owner)
    file = _export(owner, tmp_path)
    told = _import_elsewhere(elsewhere, file, _as_text(owner, site, tmp_path), about)
    assert told == {"rows_read": 6, "rows_stored": 6, "rows_rejected": 0}
    again = tmp_path / "again.csv"
    words = ("collect", "responses", "export", KEY, str(again), "--seventeen", "--with-time")
    assert run(elsewhere, *words)["rows"] == 6
    assert _counts(again) == _counts(file)
    assert (_counts(file)["question_1", "1"], _counts(file)["question_1", "0"]) == (3, 3)
    assert _counts(file)["negative_ease", "1"] == 1


def _make(owner: Person) -> str:
    """Make the thumbs form, put it in words of one's own in two languages, and ask for a review."""
    tab = owner.tab
    owner.follow("Forms and responses")
    owner.follow("Make a form")
    owner.steps.append("choose the service")
    about = tab.get_by_label("Service, and who gives it")
    about.select_option(index=1)
    chosen = about.input_value()
    owner.fill("Address: /done/…", KEY)
    owner.send("Make the form")
    owner.follow("Languages")
    owner.follow("español")
    owner.fill("Title, español", SPANISH)
    owner.send("Keep the texts")
    expect(tab.get_by_role("status")).to_have_text("The translation is kept.")
    owner.follow("Overview")
    owner.follow("Submit for review")
    owner.send("Submit for review")
    expect(tab.locator(".lead .desk__state")).to_have_text("in review")
    return chosen


def _publish(reviewer: Person, site: Site) -> None:
    """Publish it; what people answer is not for the reviewer to read or to take out."""
    reviewer.tab.goto(site.address + FORM)
    reviewer.follow("Publish")
    reviewer.send("Publish")
    expect(reviewer.tab.locator(".lead .desk__state")).to_have_text("published")
    for page in ("responses/", "export/"):
        answer = reviewer.tab.goto(f"{site.address}{FORM}{page}")
        assert answer is not None
        assert answer.status == 403


def _tag(owner: Person, site: Site) -> str:
    """Copy the script tag from the page of the form."""
    owner.tab.goto(site.address + FORM)
    owner.tab.get_by_text("Ask on a page of another site").click()
    tag = owner.tab.get_by_role("code").filter(has_text='data-mode="inline"').inner_text()
    assert f'data-form="{KEY}"' in tag
    return re.sub(r'data-target="[^"]*"', 'data-target="#feedback"', tag)


def _answer_on_a_page_of_somebody_else(site: Site, browser: Browser, host: Host, tag: str) -> None:
    """Answer in Spanish under the strictest policy, with the keyboard alone, by what a screen reader says."""
    tab = browser.new_context(locale="es-MX").new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    tab.goto(host.put_bare("/tramite", PLACE + tag, policy=policy(site), language="es"))
    tree = Tree(tab)
    tree.await_node("heading", SPANISH, level=2)
    tree.await_node("group", "Idioma")
    tree.await_node("group", "confío en que esta agencia")
    tree.await_node("radio", "Pulgar arriba", checked="false", invalid="false")
    assert {one.name for one in tree.nodes() if one.role == "button"} == {"English", "español", "Enviar"}
    _go_to(tab, tree, "radio", "Pulgar arriba")
    tab.keyboard.press("ArrowDown")
    tree.await_node("radio", "Pulgar abajo", checked="true", focused=True)
    tree.await_node("radio", "Pulgar arriba", checked="false")
    tree.await_node("group", "¿Qué no salió tan bien?")
    _go_to(tab, tree, "checkbox", "Tomó demasiado tiempo")
    tab.keyboard.press("Space")
    tree.await_node("checkbox", "Tomó demasiado tiempo", checked="true", focused=True)
    _go_to(tab, tree, "textbox", "¿Hay algo más")
    tab.keyboard.type("Escríbanme a ana@example.org, por favor")
    _go_to(tab, tree, "button", "Enviar")
    tab.keyboard.press("Enter")
    tree.await_node("heading", "Quitamos lo que parece información personal", focused=True)
    tree.await_node("blockquote", "")
    photograph(tab, "walk-embed-review-es")
    _go_to(tab, tree, "button", "Enviar")
    tab.keyboard.press("Enter")
    tree.await_node("status", "", live="polite", focused=True)
    expect(tab.get_by_role("status")).to_contain_text("Gracias")
    assert tab.get_by_role("status").evaluate("one => one.closest('[lang]').lang") == "es"
    assert complaints == []
    tab.context.close()


def _go_to(tab: Tab, tree: Tree, role: str, name: str) -> None:
    """Go on with the tabulator until the screen reader says that this has the focus."""
    said = []
    for _ in range(20):
        tab.keyboard.press("Tab")
        at = tree.await_focus()
        said.append((at.role, at.name))
        if at.role == role and name in at.name:
            return
    raise AssertionError(f"no {role} {name!r} on the way: {said}")


def _answer_by_program(site: Site, program: BrowserContext) -> None:
    for number, (trust, language, well, badly) in enumerate(OTHERS):
        answers = {"trust": trust, "positive": well, "negative": badly, "comment": f"={number}, «ñ»"}
        message = {"key": f"program-{number}", "language": language, "answers": answers}
        assert program.request.post(f"{site.address}/intake/{KEY}", data=message).status == 201
    program.close()


def _read(owner: Person) -> None:
    """Find the answers on the signed-in side, masked, in words, with the language they were given in."""
    owner.follow("Responses")
    tab = owner.tab
    expect(tab.locator("p.lead")).to_contain_text("6 responses")
    response = tab.get_by_role("article").filter(has_text="Escríbanme")
    expect(response).to_contain_text("español")
    expect(response).to_contain_text("Thumbs down")
    expect(response).to_contain_text("It took too long")
    expect(response).not_to_contain_text("ana@example.org")


def _export(owner: Person, folder: Path) -> Path:
    """Export the quarter that runs now, as the 17 columns with time and language."""
    tab = owner.tab
    owner.follow("Export responses")
    tab.get_by_label("Fiscal quarter").select_option(index=1)
    tab.get_by_label("The 17 columns, with time and language").check()
    photograph(tab, "walk-export")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Export", exact=True).click()
    name = download.value.suggested_filename
    assert re.fullmatch(rf"{KEY}-FY\d{{4}}-Q[1-4]-17-columns-with-time\.csv", name)
    file = folder / name
    download.value.save_as(file)
    follow(tab.get_by_role("link", name="Versions", exact=True))
    expect(tab.get_by_role("row").filter(has_text="responses exported")).to_contain_text("service-owner")
    return file


def _as_text(owner: Person, site: Site, folder: Path) -> Path:
    """Copy the form out as text."""
    owner.tab.goto(f"{site.address}{FORM}text/")
    file = folder / "form.yaml"
    file.write_text(html.unescape(owner.tab.get_by_label("Form as YAML").input_value()), encoding="utf-8")
    return file


def _import_elsewhere(environ: dict[str, str], file: Path, form: Path, about: str) -> dict[str, int]:
    """Make the same form in another home, and bring the file in there."""
    service, provider = about.split("|")
    run(environ, "collect", "form", "new", KEY, "--from", str(form), "--service", service,
        "--provider", provider)  # fmt: skip
    run(environ, "collect", "form", "move", KEY, "submit")
    run(environ, "collect", "form", "move", KEY, "publish")
    told = run(environ, "collect", "responses", "import", KEY, str(file))
    return {name: told[name] for name in ("rows_read", "rows_stored", "rows_rejected")}


def _counts(file: Path) -> Counter[tuple[str, str]]:
    """Count every value of every column but the names of responses."""
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert len(rows) == 6
    return Counter((name, value) for row in rows for name, value in row.items() if name != "external_id")
