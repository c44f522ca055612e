"""Why a number is what it is: what was left out of it."""

from dataclasses import replace

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue
from hearback.publish.pages.quarters import quarter, quarters
from hearback.publish.pages.trust import whys


def test_each_number_of_a_page_tells_what_was_left_out_of_its_kind_of_question(site: ReleaseData) -> None:
    one, *rest = site.surveys
    asked = [("increased_trust", "Few."), ("stated_trust", "Late."), ("recommend", "Other.")]
    surveys = [
        replace(one, key=f"gone-{words}", questions=(replace(one.questions[0], wording_class=words),))
        for words, _ in asked
    ]
    gone = tuple(replace(site.exclusions[0], survey=f"gone-{words}", explanation=why) for words, why in asked)
    found = whys(
        Catalogue(replace(site, surveys=(one, *rest, *surveys), exclusions=gone)), "government", "all"
    )
    assert [(name, why.left_out, why.of_no_pool) for name, why in found] == [
        ("Trust or confidence increased", (("Few.", 1),), (("Other.", 1),)),
        ("Trust stated", (("Late.", 1),), ()),
    ]


def test_a_quarter_counts_the_surveys_reported_and_those_added_up_apart(site: ReleaseData) -> None:
    lines = {str(line.quarter): line for line in quarters(site)["lines"]}
    found = lines["FY2021-Q4"]
    assert (found.n_surveys, found.n_counted, found.answers) == (2, 1, "450")
    gone = replace(site.exclusions[0], survey="va-vha-2-fy2021-q1-email", quarter="FY2021-Q1")
    (left,) = [
        line
        for line in quarters(replace(site, exclusions=(*site.exclusions, gone)))["lines"]
        if str(line.quarter) == "FY2021-Q1"
    ]
    assert (left.n_surveys, left.n_counted, left.answers) == (1, 0, None)


def test_a_quarter_tells_once_which_surveys_asked_neither_kind_of_question(site: ReleaseData) -> None:
    asked = site.surveys[0].questions[0]
    survey = replace(site.surveys[0], key="gone", quarter="FY2021-Q4")
    survey = replace(survey, questions=(replace(asked, wording_class="recommend"),))
    gone = replace(site.exclusions[0], survey="gone", quarter="FY2021-Q4", explanation="Other.")
    told = quarter(replace(site, surveys=(*site.surveys, survey), exclusions=(gone,)), "FY2021-Q4")["told"]
    assert [one.why.of_no_pool for one in told] == [(("Other.", 1),), ()]
