"""Another language in the middle of a form: what was filled in stays, and the answer is in the new one."""

import pytest
from playwright.sync_api import Browser, expect

from tests.walks.browser import WIDTHS, photograph, watched
from tests.walks.embed.host import HOSTILE, Host
from tests.walks.embed.page import PLACE, Tag, policy, press, responses, thumbs_up, told
from tests.walks.running import Site

pytestmark = pytest.mark.browser


def test_what_is_filled_in_stays(forms: Site, host: Host, tag: Tag, browser: Browser) -> None:
    tab = watched(browser, "desktop").tab
    before = len(responses(forms, "thumbs-there"))
    page = PLACE + tag("thumbs-there")
    tab.goto(host.put_bare("/languages", page, policy=policy(forms)))
    thumbs_up(tab).check()
    tab.get_by_label("It was easy").check()
    tab.get_by_label("Anything else").fill("Gracias por todo")
    choice = tab.get_by_role("group", name="Language")
    expect(choice.get_by_role("button", name="English")).to_have_attribute("aria-current", "true")
    choice.get_by_role("button", name="español").focus()
    press(tab, "Enter")
    chosen = tab.get_by_role("group", name="Idioma").get_by_role("button", name="español")
    expect(chosen).to_be_focused()
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(tab.get_by_role("heading", name="¿Cómo lo hicimos?")).to_be_visible()
    expect(tab.get_by_role("radio", name="Pulgar arriba")).to_be_checked()
    expect(tab.get_by_label("Fue fácil")).to_be_checked()
    expect(tab.get_by_label("¿Hay algo más")).to_have_value("Gracias por todo")
    tab.get_by_role("button", name="Enviar").click()
    expect(tab.get_by_role("status")).to_contain_text("Gracias")
    expect(tab.get_by_role("group", name="Idioma")).to_be_hidden()
    (stored,) = responses(forms, "thumbs-there")[before:]
    assert stored["language"] == "es"
    assert stored["answers"] == {"trust": "1", "positive": ["ease"], "comment": "Gracias por todo"}


@pytest.mark.parametrize("width", WIDTHS)
def test_from_the_right_and_back_on_a_page_of_a_form_in_steps(
    forms: Site, host: Host, tag: Tag, browser: Browser, width: str
) -> None:
    view = watched(browser, width)
    tab = view.tab
    view.go(host.put("/derecha", PLACE + tag("every-there"), styles=HOSTILE))
    told(tab, "ready")
    tab.get_by_role("button", name="العربية").click()
    form = tab.locator(".form")
    expect(form).to_have_attribute("dir", "rtl")
    expect(form).to_have_attribute("lang", "ar")
    photograph(tab, f"embed-languages-ar-{width}")
    assert view.problems() == []
    tab.get_by_role("button", name="English").click()
    expect(form).to_have_attribute("dir", "ltr")
