"""Pages of the chain of evidence, and the chain as JSON."""

import json

from django.test import Client

from hearback.plan.chain import GAPS
from hearback.plan.chain.words import KINDS, MISSING, ONE, SAYS
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.chain import LEAVES, released_chain


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


def test_every_thing_has_a_page_and_leads_on_both_ways(client: Client, site: ReleaseData) -> None:
    chain = released_chain(site)
    for kind, key in chain.nodes:
        answer = client.get(f"/chain/{kind}/{key}/")
        if kind in LEAVES:
            assert answer.status_code == 404
            continue
        page = answer.content.decode()
        ends = [one.end for one in chain.rests_on((kind, key))]
        starts = [one.start for one in chain.rests_on_it((kind, key))]
        for there in [*ends, *starts]:
            if there in chain.nodes and there[0] not in LEAVES:
                assert f'href="/chain/{there[0]}/{there[1]}/"' in page, (kind, key, there)
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
