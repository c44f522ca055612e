"""Sources as people read them."""

import pytest

from hearback.ui.templatetags.written import linked, source


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (
            "https://www.example.org/a?b=<c>",
            '<a class="source" href="https://www.example.org/a?b=&lt;c&gt;">',
        ),
        ("https://[", '<a class="source" href="https://[">https://[</a>'),
        ("javascript:alert(1)", ""),
        ("A book, page 4", '<span class="source">A book, page 4</span>'),
        (
            "Order 14058: <b>on trust</b>",
            '<span class="source">Order 14058: &lt;b&gt;on trust&lt;/b&gt;</span>',
        ),
        (" javascript:alert(1)", ""),
        (None, ""),
    ],
)
def test_only_an_address_of_the_web_is_a_link_and_a_bad_one_breaks_no_page(
    address: str | None, shown: str
) -> None:
    found = source(address)
    assert found.startswith(shown)
    assert bool(found) == bool(shown)


def test_the_name_of_a_site_breaks_at_its_dots_only_where_it_is_long() -> None:
    assert ">performance.gov</a>" in source("https://www.performance.gov/pma/cx/")
    assert ">assets<wbr>.performance<wbr>.gov</a>" in source("https://assets.performance.gov/a.pdf")


def test_an_address_within_a_text_is_a_link_that_names_the_site() -> None:
    found = linked("See https://example.org/a?b=1, then (https://www.example.gov/c/). <b>End</b>")
    assert found == (
        'See <a class="source" href="https://example.org/a?b=1">example.org</a>, '
        'then (<a class="source" href="https://www.example.gov/c/">example.gov</a>). &lt;b&gt;End&lt;/b&gt;'
    )
    assert linked("No address, https:// alone") == "No address, https:// alone"
