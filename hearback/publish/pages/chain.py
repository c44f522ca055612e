"""Pages of the chain of evidence: what a promise rests on, and what rests on it, one link after the other."""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

from django.utils.translation import get_language, gettext

from hearback.plan.chain import EVIDENCE_WITHOUT_PROMISE, Chain, Gap, Link, Node, NodeId, chain_of
from hearback.plan.chain.words import KINDS, MISSING, ONE, SAYS, broken_in_words
from hearback.publish.frozen import ReleaseData
from hearback.publish.keeping import kept_for_each_release
from hearback.publish.pages.catalogue import NotInRelease, find
from hearback.ui.speaking import ENGLISH

DEEPEST = 5
"""So many links are walked each way on one page; each thing on it has a page of its own to go on from."""
MADE_HERE = frozenset({"measure", "release"})
"""Kinds that were read nowhere: they are computed or made here."""
PUBLISHED = frozenset({"success_measure", "result"})
"""Kinds at the end of the chain, which a release publishes."""
SOURCED = frozenset({"answer", "case", "comment", "evidence", "figure", "highlight", "observation", "result"})
"""Kinds that show beside their name where they were read."""
PAGES: dict[str, str] = {
    "journey": "/journeys/{key}/",
    "life_experience": "/life-experiences/{key}/",
    "strategy": "/strategies/{key}/",
    "priority_area": "/priority-areas/{key}/",
    "release": "/releases/{key}/",
    "update": "/updates/#{key}",
}
"""Where else on the public site a thing stands."""


@dataclass(frozen=True)
class Branch:
    """One link of a walk: how, to what (null: it is not there), and the links from there.

    `anchor` is its place on the page. What the page shows elsewhere is not shown again (`is_again`): the
    anchor leads there.
    """

    says: Any
    kind: Any
    key: str
    node: Node | None
    address: str | None
    is_sourced: bool
    anchor: str
    is_again: bool
    branches: tuple["Branch", ...]


def released_chain(release: ReleaseData) -> Chain:
    """Give the chain of a release, which publishes how far success measures are, and results."""
    chains, language = _chains(release), get_language() or ENGLISH
    if language not in chains:
        chains[language] = _with_release(release)
    return chains[language]


@kept_for_each_release
def _chains(release: ReleaseData) -> dict[str, Chain]:
    """Keep the chains of a release, by language."""
    return {}


def _with_release(release: ReleaseData) -> Chain:
    chain = chain_of(release)
    ends = [node for node in chain.nodes.values() if node.kind in PUBLISHED]
    title = gettext("Release %(n)s") % {"n": release.number}
    made = chain.add("release", str(release.number), title, told=f"{release.created_at:%Y-%m-%d}")
    for node in ends:
        chain.link(made.id, "publishes", node.id)
    return chain


def chain_index(release: ReleaseData) -> dict[str, Any]:
    """List all that is in the chain, by kind, and what is missing in it."""
    chain = released_chain(release)
    groups: dict[str, list[Node]] = defaultdict(list)
    for node in chain.nodes.values():
        groups[node.kind].append(node)
    return {
        "groups": [
            (title, [(node, _address(node)) for node in groups[kind]])
            for kind, title in KINDS.items()
            if groups[kind]
        ],
        "n_links": len(chain.links),
        "promises": _gaps(chain, lambda gap: gap.missing not in EVIDENCE_WITHOUT_PROMISE),
        "evidence": _gaps(chain, lambda gap: gap.missing in EVIDENCE_WITHOUT_PROMISE),
        "broken": broken_in_words(chain),
    }


def chain_page(release: ReleaseData, kind: str, key: str) -> dict[str, Any]:
    """Walk the chain from one thing, both ways.

    Raises:
        NotInRelease: if the release holds no such thing.
    """
    chain = released_chain(release)
    node = chain.nodes.get((kind, key)) or chain.nodes.get((kind, key.replace("/", ":")))
    if node is None:
        raise NotInRelease(f"{kind} {key}")
    return {
        "node": node,
        "kind": ONE[kind],
        "page": _page(release, node),
        "back": _walk(chain, node.id, forth=False),
        "forth": _walk(chain, node.id, forth=True),
        "missing": [MISSING[gap.missing] for gap in chain.missing_at(node.id)],
        "number": release.number,
        "is_made_here": kind in MADE_HERE,
    }


def graph(release: ReleaseData) -> dict[str, Any]:
    """Give the whole chain for programs: nodes, links from a start to the end it rests on, and gaps."""
    chain = released_chain(release)
    return {
        "release": release.number,
        "nodes": [asdict(node) for node in chain.nodes.values()],
        "links": [
            {
                "start": _named(one.start),
                "says": one.says,
                "end": _named(one.end),
                "is_broken": chain.is_broken(one),
            }
            for one in chain.links
        ],
        "gaps": [{"node": _named(gap.node.id), "missing": gap.missing} for gap in chain.gaps],
    }


def _page(release: ReleaseData, node: Node) -> str | None:
    if node.kind == "action_plan":
        plan = find(release.action_plans, node.key)
        return f"/providers/{plan.provider_key}/plans/{plan.fiscal_year}/"
    return PAGES[node.kind].format(key=node.key) if node.kind in PAGES else None


def _named(node: NodeId) -> dict[str, str]:
    return {"kind": node[0], "key": node[1]}


def _walk(chain: Chain, start: NodeId, *, forth: bool) -> tuple[Branch, ...]:
    """Walk from one thing; whatever is met is shown once, under the nearest thing that leads to it."""
    first: dict[NodeId, Link] = {}
    waits = deque([(start, 0)])
    while waits:
        here, depth = waits.popleft()
        for link, there in _next(chain, here, forth=forth):
            if there != start and there not in first:
                first[there] = link
                if depth < DEEPEST:
                    waits.append((there, depth + 1))
    return _branches(chain, start, first, forth=forth)


def _branches(chain: Chain, here: NodeId, first: Mapping[NodeId, Link], *, forth: bool) -> tuple[Branch, ...]:
    return tuple(
        _branch(chain, link, there, first, forth=forth)
        for link, there in _next(chain, here, forth=forth)
        if there in first
    )


def _branch(chain: Chain, link: Link, there: NodeId, first: Mapping[NodeId, Link], *, forth: bool) -> Branch:
    node, is_again = chain.nodes.get(there), first[there] is not link
    return Branch(
        SAYS[link.says], ONE[there[0]], there[1], node,
        address=None if node is None else _address(node),
        is_sourced=there[0] in SOURCED,
        anchor=f"{'on' if forth else 'under'}-{there[0]}-{there[1]}",
        is_again=is_again,
        branches=() if is_again else _branches(chain, there, first, forth=forth),
    )  # fmt: skip


def _next(chain: Chain, here: NodeId, *, forth: bool) -> list[tuple[Link, NodeId]]:
    if forth:
        return [(link, link.start) for link in chain.rests_on_it(here)]
    return [(link, link.end) for link in chain.rests_on(here)]


def _gaps(chain: Chain, wanted: Callable[[Gap], bool]) -> list[tuple[Any, list[tuple[Node, str]]]]:
    """Group gaps by what is missing."""
    groups: dict[str, list[tuple[Node, str]]] = defaultdict(list)
    for gap in filter(wanted, chain.gaps):
        groups[gap.missing].append((gap.node, _address(gap.node)))
    return [(ONE[nodes[0][0].kind], MISSING[code], nodes) for code, nodes in groups.items()]  # type: ignore[misc]


def _address(node: Node) -> str:
    """Give the page of a thing; no colon stands in it, which not every system takes in the name of a file."""
    return f"/chain/{node.kind}/{quote(node.key.replace(':', '/'))}/"
