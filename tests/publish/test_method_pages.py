"""Method pages: how they are listed, and that tables and sections have names."""

import re
from dataclasses import replace

import pytest

from hearback.publish.formats import TABLES
from hearback.publish.frozen import MethodFact, ReleaseData
from hearback.publish.pages import open_data
from hearback.publish.pages.markdown import to_html
from hearback.publish.snapshot import METHODS_FOLDER, read_methods


def test_the_list_of_methods_tells_numbers_from_rules_and_from_what_is_in_no_release_yet(
    site: ReleaseData,
) -> None:
    pages = read_methods(METHODS_FOLDER)
    told = open_data.methods(replace(site, methods=pages))
    groups = [[one.slug for one in told[name]] for name in ("numbers", "rules", "not_released")]
    assert sorted(slug for group in groups for slug in group) == sorted(one.slug for one in pages)
    assert set(groups[2]) == open_data.NOT_RELEASED
    assert set(groups[1]) == {
        "action-plans",
        "before-after",
        "comparability",
        "control-charts",
        "flags",
        "lateness",
        "noise",
        "nonresponse",
        "progress",
        "suppression",
        "weighted-figures",
    }
    assert not open_data.NOT_RELEASED & {table.name for table in TABLES}


def test_tables_of_a_method_page_are_captioned_by_the_heading_and_headings_can_be_linked() -> None:
    table = "| a |\n|---|\n| 1 |\n"
    text = to_html(f"{table}\n## `Worked` <example>\n\n{table}\n{table}\n## Worked example\n", "Mean")
    captions = re.findall(
        r'aria-label="([^"]*)"><table class="usa-table"><caption class="sr-only">(.*?)<', text
    )
    named = ["Mean", "Worked &lt;example&gt;", "Worked &lt;example&gt; (2)"]
    assert captions == [(name, name) for name in named]
    assert re.findall(r'<h2 id="([^"]*)">', text) == ["worked-example", "worked-example-1"]


def test_long_code_of_a_method_page_breaks_where_its_parts_join() -> None:
    told = to_html("`scipy.stats.binomtest(71, 120, p < 0.5)` and `trust_mean`", "Mean")
    assert told == (
        "<p><code>scipy<wbr>.stats<wbr>.binomtest(<wbr>71, 120, p &lt; 0.5)</code> "
        "and <code>trust_mean</code></p>\n"
    )


def test_code_does_not_break_at_the_hyphen_of_a_command_or_option() -> None:
    whole = '<span class="whole">{}</span>'.format
    told = to_html("`hearback measure show-changes --by day_part` and `n - 1` and `a-b<`", "Change")
    assert told == (
        f"<p><code>hearback measure {whole('show-changes')} {whole('--by')} day_<wbr>part</code> "
        f"and <code>n - 1</code> and <code>{whole('a-b&lt;')}</code></p>\n"
    )
    name = "a-name-that-is-wider-than-a-phone"
    assert to_html(f"`{name}`", "Change") == f"<p><code>{name}</code></p>\n"


@pytest.mark.parametrize("page", read_methods(METHODS_FOLDER), ids=lambda page: page.slug)
def test_every_table_and_heading_of_a_method_page_has_a_name_of_its_own(page: MethodFact) -> None:
    text = to_html(page.markdown, page.title)
    ids = re.findall(r'<h2 id="([^"]*)">', text)
    assert len(ids) == len(set(ids)) == text.count("<h2")
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", text)
    assert len(captions) == len(set(captions)) == text.count("<table")
