"""Why a number is what it is: what was left out of it."""

from dataclasses import replace

from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import Catalogue
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
