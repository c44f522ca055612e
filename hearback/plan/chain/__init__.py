"""The chain of evidence: what each promise rests on, and what rests on it, from what people say to what came.

Links point backwards: from what is promised or done to why. They are made of facts, so that the same chain
can be walked in the working tables and in a frozen release.

`links` are what it is made of, `making` makes it from facts, `words` says it to people.
"""

from hearback.plan.chain.links import EVIDENCE_WITHOUT_PROMISE, GAPS, Chain, Gap, Link, Node, NodeId
from hearback.plan.chain.making import chain_of

__all__ = ["EVIDENCE_WITHOUT_PROMISE", "GAPS", "Chain", "Gap", "Link", "Node", "NodeId", "chain_of"]
