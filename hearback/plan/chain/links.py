"""What a chain is made of: nodes, the links between them, and what is missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

NodeId = tuple[str, str]
"""A kind and a key: unique in the chain."""


@dataclass(frozen=True)
class Node:
    """One thing of the chain. `url` is where it was read; null where that is not known.

    `told` is how far it is, where that is known: status of a milestone, progress of a success measure, the
    date of what is told of a commitment.
    """

    kind: str
    key: str
    title: str
    url: str | None = None
    told: str | None = None

    @property
    def id(self) -> NodeId:
        """Give what names it in the chain."""
        return self.kind, self.key


@dataclass(frozen=True)
class Link:
    """`start` rests on `end`; `says` is how, as in `answers` or `is about`."""

    start: NodeId
    says: str
    end: NodeId


@dataclass(frozen=True)
class Gap:
    """What is missing in the chain at one node, as a code of `GAPS`."""

    node: Node
    missing: str


GAPS = frozenset(
    {
        "pain_point_without_evidence",
        "pain_point_without_project",
        "insight_without_evidence",
        "insight_without_project",
        "persona_without_evidence",
        "project_without_pain_point",
        "project_without_milestone",
        "project_without_result",
        "project_without_success_measure",
        "strategy_without_success_measure",
        "success_measure_without_work",
        "milestone_without_evidence",
        "action_without_evidence",
        "success_measure_without_figures",
        "success_measure_without_target",
        "commitment_without_evidence",
        "commitment_without_progress",
    }
)
"""Everything that can be missing; `words` says it in words."""
EVIDENCE_WITHOUT_PROMISE = frozenset({"pain_point_without_project", "insight_without_project"})
"""Where something is known and nothing is promised about it; all other gaps are of promises."""


@dataclass
class Chain:
    """Nodes, the links between them, and what is missing."""

    nodes: dict[NodeId, Node] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._back: dict[NodeId, list[Link]] = defaultdict(list)
        self._forth: dict[NodeId, list[Link]] = defaultdict(list)

    def rests_on(self, node: NodeId) -> list[Link]:
        """Give the links from a node to what it rests on; their ends may be missing."""
        return self._back[node]

    def rests_on_it(self, node: NodeId) -> list[Link]:
        """Give the links to a node from what rests on it."""
        return self._forth[node]

    def missing_at(self, node: NodeId) -> list[Gap]:
        """Give what is missing at a node."""
        return [gap for gap in self.gaps if gap.node.id == node]

    @property
    def broken(self) -> list[Link]:
        """Give the links of which one end is not there."""
        return [link for link in self.links if self.is_broken(link)]

    def is_broken(self, link: Link) -> bool:
        """Say whether one end of a link is not there."""
        return link.start not in self.nodes or link.end not in self.nodes

    def add(self, kind: str, key: str, title: str, url: str | None = None, told: str | None = None) -> Node:
        """Add a node."""
        node = Node(kind, key, title, url, told)
        self.nodes[node.id] = node
        return node

    def link(self, start: NodeId, says: str, end: NodeId) -> None:
        """Add a link; its end may come later, or never."""
        link = Link(start, says, end)
        self.links.append(link)
        self._back[start].append(link)
        self._forth[end].append(link)

    def gap(self, node: Node, missing: str) -> None:
        """Note what is missing at a node."""
        self.gaps.append(Gap(node, missing))

    def evidence(self, of: Node, shown: Iterable[tuple[str, str | None]], told: str | None = None) -> None:
        """Add evidence from elsewhere, each under the key of what cites it and a number."""
        for number, (gist, url) in enumerate(shown, 1):
            made = self.add("evidence", f"{of.kind}:{of.key}:{number}", gist, url, told)
            self.link(of.id, "cites", made.id)
