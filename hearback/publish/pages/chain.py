"""Pages of the chain of evidence: what a promise rests on, and what rests on it, one link after the other."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from hearback.plan.chain import EVIDENCE_WITHOUT_PROMISE, Chain, Gap, Link, Node, NodeId, chain_of
from hearback.plan.chain.words import KINDS, MISSING, ONE, SAYS, broken_in_words
from hearback.publish.frozen import ReleaseData
from hearback.publish.pages.catalogue import NotInRelease, find

DEEPEST = 5
"""So many links are walked each way on one page; each thing on it has a page of its own to go on from."""
MADE_HERE = frozenset({"measure", "release"})
"""Kinds that were read nowhere: they are computed or made here."""
PUBLISHED = frozenset({"success_measure", "result"})
"""Kinds at the end of the chain, which a release publishes."""
LEAVES = frozenset({"evidence", "result"})
"""Kinds without a page of their own: they stand on that of what cites them or of what they came of."""
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
    """One link of a walk: how, to what (null: it is not there), and the links from there."""

    says: Any
    kind: Any
    key: str
    node: Node | None
    address: str | None
    branches: tuple["Branch", ...]


def released_chain(release: ReleaseData) -> Chain:
    """Make the chain of a release, which publishes how far success measures are, and results."""
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
            if groups[kind] and kind not in LEAVES
        ],
        "n_links": len(chain.links),
        "promises": _gaps(chain, lambda gap: gap.missing not in EVIDENCE_WITHOUT_PROMISE),
        "evidence": _gaps(chain, lambda gap: gap.missing in EVIDENCE_WITHOUT_PROMISE),
        "broken": broken_in_words(chain),
    }


def chain_page(release: ReleaseData, kind: str, key: str) -> dict[str, Any]:
    """Walk the chain from one thing, both ways.

    Raises:
        NotInRelease: if the release holds no such thing, or it has no page of its own.
    """
    chain = released_chain(release)
    node = chain.nodes.get((kind, key))
    if node is None or kind in LEAVES:
        raise NotInRelease(f"{kind} {key}")
    return {
        "node": node,
        "kind": ONE[kind],
        "page": _page(release, kind, key),
        "back": _walk(chain, node.id, forth=False, walked=(node.id,)),
        "forth": _walk(chain, node.id, forth=True, walked=(node.id,)),
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


def _page(release: ReleaseData, kind: str, key: str) -> str | None:
    if kind == "action_plan":
        plan = find(release.action_plans, key)
        return f"/providers/{plan.provider_key}/plans/{plan.fiscal_year}/"
    return PAGES[kind].format(key=key) if kind in PAGES else None


def _named(node: NodeId) -> dict[str, str]:
    return {"kind": node[0], "key": node[1]}


def _walk(chain: Chain, start: NodeId, *, forth: bool, walked: Sequence[NodeId]) -> tuple[Branch, ...]:
    links = chain.rests_on_it(start) if forth else chain.rests_on(start)
    found = ((link, link.start if forth else link.end) for link in links)
    return tuple(
        _branch(chain, link, node, forth=forth, walked=walked) for link, node in found if node not in walked
    )


def _branch(chain: Chain, link: Link, there: NodeId, *, forth: bool, walked: Sequence[NodeId]) -> Branch:
    node = chain.nodes.get(there)
    deeper: tuple[Branch, ...] = ()
    if node is not None and len(walked) <= DEEPEST:
        deeper = _walk(chain, there, forth=forth, walked=(*walked, there))
    address = None if node is None else _address(node)
    return Branch(SAYS[link.says], ONE[there[0]], there[1], node, address, deeper)


def _gaps(chain: Chain, wanted: Callable[[Gap], bool]) -> list[tuple[Any, list[tuple[Node, str | None]]]]:
    """Group gaps by what is missing."""
    groups: dict[str, list[tuple[Node, str | None]]] = defaultdict(list)
    for gap in filter(wanted, chain.gaps):
        groups[gap.missing].append((gap.node, _address(gap.node)))
    return [(ONE[nodes[0][0].kind], MISSING[code], nodes) for code, nodes in groups.items()]  # type: ignore[misc]


def _address(node: Node) -> str | None:
    return None if node.kind in LEAVES else f"/chain/{node.kind}/{node.key}/"
