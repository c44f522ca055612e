"""What the public reads of an update: its text in a little Markdown, and what was put right."""

from django.template.loader import render_to_string

from hearback.plan.facts import CorrectionFact, UpdateFact
from hearback.publish.pages.area import updates

UPDATE = UpdateFact(
    "u1", "2026-11-02", "blog", "Shorter form", "It has two pages.", (), (), True, None,
    body="See **how**.\n\n- <script>alert(1)</script>\n- [x](javascript:y)",
    corrections=(CorrectionFact("2026-11-20", "It said three."),),
)  # fmt: skip


def test_the_text_and_its_corrections_are_shown_and_nothing_in_it_runs() -> None:
    page = render_to_string("publish/update_entries.html", {"updates": updates([UPDATE])})
    assert "<p>See <strong>how</strong>.</p>" in page
    assert "<li>&lt;script&gt;alert(1)&lt;/script&gt;</li>" in page
    assert 'href="javascript' not in page
    assert " ".join(page.split()).count("<strong>Corrected on 20 November 2026:</strong> It said three.") == 1


def test_an_update_without_more_has_no_empty_place_for_it() -> None:
    plain = UpdateFact("u2", "2026-11", "blog", "Title", "Gist.", (), (), True, None)
    page = render_to_string("publish/update_entries.html", {"updates": updates([plain])})
    assert "prose" not in page
    assert "Corrected" not in page
