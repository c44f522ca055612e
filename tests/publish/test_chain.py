"""Pages of the chain of evidence, and the chain as JSON."""

import json
import re

from django.test import Client

from hearback.plan.chain import GAPS
from hearback.plan.chain.words import KINDS, MISSING, ONE, SAYS
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.chain import released_chain
from tests.publish.journeys import FIGURE


def test_everything_that_a_chain_can_hold_has_words(site: ReleaseData) -> None:
    assert set(KINDS) == set(ONE)
    assert set(MISSING) == set(GAPS)
    assert {link.says for link in released_chain(site).links} <= set(SAYS)


def test_the_graph_is_the_chain_of_the_release(client: Client, site: ReleaseData) -> None:
    told = json.loads(client.get("/chain/graph.json").content)
    chain = released_chain(site)
    assert told["release"] == site.number
    assert [(one["kind"], one["key"]) for one in told["nodes"]] == list(chain.nodes)
    assert len(told["links"]) == len(chain.links)
    assert [one["is_broken"] for one in told["links"]].count(True) == len(chain.broken)


def test_a_figure_that_no_release_holds_is_a_broken_link(client: Client, site: ReleaseData) -> None:
    told = json.loads(client.get("/chain/graph.json").content)
    cited = [one for one in told["links"] if one["start"] == {"kind": "insight", "key": "i2"}]
    assert {(one["end"]["kind"], one["end"]["key"]): one["is_broken"] for one in cited} == {
        ("journey", "outpatient-care"): False, ("answer", "insight:i2:1"): False, ("figure", FIGURE): False,
        ("figure", f"{FIGURE}-x"): True, ("pain_point", "gone"): True,
    }  # fmt: skip
    assert client.get(f"/chain/figure/{FIGURE}-x/").status_code == 404
    page = client.get(f"/chain/figure/{FIGURE}/").content.decode()
    assert ">Seven in ten.</h1>" in page
    assert 'href="/chain/insight/i2/"' in page


def test_what_a_page_leads_to_is_shown_on_it_once(client: Client, site: ReleaseData) -> None:
    pages = [client.get(f"/chain/{kind}/{key}/").content.decode() for kind, key in released_chain(site).nodes]
    for page in pages:
        marks = re.findall(r'<li id="((?:on|under)-[^"]+)"', page)
        assert len(marks) == len(set(marks))
        assert set(re.findall(r'href="#((?:on|under)-[^"]+)"', page)) <= set(marks)
    assert any("shown above or below" in page for page in pages)


def test_every_thing_has_a_page_and_leads_on_both_ways(client: Client, site: ReleaseData) -> None:
    chain = released_chain(site)
    assert {"evidence", "figure", "answer", "result"} <= {kind for kind, _ in chain.nodes}
    for kind, key in chain.nodes:
        page = client.get(f"/chain/{kind}/{key}/").content.decode()
        ends = [one.end for one in chain.rests_on((kind, key))]
        starts = [one.start for one in chain.rests_on_it((kind, key))]
        for there in [*ends, *starts]:
            if there in chain.nodes:
                address = f"/chain/{there[0]}/{there[1].replace(':', '/')}/"
                assert f'href="{address}"' in page, (kind, key, there)
                assert client.get(address).status_code == 200
    assert client.get("/chain/project/nowhere/").status_code == 404


def test_the_index_names_what_is_missing(client: Client, site: ReleaseData) -> None:
    page = client.get("/chain/").content.decode()
    chain = released_chain(site)
    assert chain.gaps
    for gap in chain.gaps:
        assert str(MISSING[gap.missing]) in page


def test_the_release_publishes_the_ends_of_the_chain(client: Client, site: ReleaseData) -> None:
    chain = released_chain(site)
    release = ("release", str(site.number))
    published = {one.end for one in chain.rests_on(release)}
    assert published == {
        node.id for node in chain.nodes.values() if node.kind in {"success_measure", "result"}
    }
    page = client.get(f"/chain/release/{site.number}/").content.decode()
    assert f'href="/releases/{site.number}/"' in page
    assert "Source not known" not in page
    key = next(key for kind, key in published if kind == "success_measure")
    measure = client.get(f"/chain/success_measure/{key}/").content.decode()
    assert f'href="/chain/release/{site.number}/"' in measure
    assert str(MISSING["success_measure_without_work"]) in measure
