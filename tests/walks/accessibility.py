"""What a screen reader gets of a page: Chromium's own accessibility tree, shadow trees included."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession
from playwright.sync_api import Page as Tab

PATIENCE = 30.0


@dataclass(frozen=True)
class Node:
    """One thing that is read out. `states` has what Chromium says of it: checked, focused, live, required."""

    role: str
    name: str
    description: str = ""
    states: dict[str, Any] = field(default_factory=dict, hash=False)


class Tree:
    """The accessibility tree of a tab, read anew whenever it is asked."""

    def __init__(self, tab: Tab) -> None:
        self._session: CDPSession = tab.context.new_cdp_session(tab)
        self._session.send("Accessibility.enable")

    def nodes(self) -> list[Node]:
        """List what is not passed over, in the order in which it is read."""
        raw = self._session.send("Accessibility.getFullAXTree")["nodes"]
        return [_node(one) for one in raw if not one.get("ignored")]

    def await_node(self, role: str, name: str, **states: Any) -> Node:
        """Wait until something of this role is there whose name holds these words, in these states.

        Raises:
            AssertionError: if it does not come; lists what is there instead.
        """
        found = self._await(lambda one: one.role == role and name in one.name and _has(one, states))
        assert found, f"no {role} {name!r} {states}; there are: {self.nodes()}"
        return found

    def await_focus(self) -> Node:
        """Wait until something other than the page itself has the focus; gives it."""
        found = self._await(lambda one: one.states.get("focused") is True and one.role != "RootWebArea")
        assert found, "nothing has the focus"
        return found

    def _await(self, is_it: Callable[[Node], bool]) -> Node | None:
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            for one in self.nodes():
                if is_it(one):
                    return one
            time.sleep(0.1)
        return None


def _node(raw: dict[str, Any]) -> Node:
    states = {one["name"]: one["value"].get("value") for one in raw.get("properties", ())}
    return Node(_text(raw, "role"), _text(raw, "name"), _text(raw, "description"), states)


def _text(raw: dict[str, Any], part: str) -> str:
    return str(raw.get(part, {}).get("value", ""))


def _has(node: Node, states: dict[str, Any]) -> bool:
    return all(node.states.get(name) == value for name, value in states.items())
