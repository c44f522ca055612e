"""Every kind of finding is explained, and made by something."""

import re

from hearback.collect.rules import FINDINGS
from tests.architecture.source import ROOT, modules

PAGE = (ROOT / "docs/findings.md").read_text(encoding="utf-8")


def test_every_kind_is_explained_and_nothing_else_is() -> None:
    assert sorted(re.findall(r"^### (\w+)$", PAGE, re.MULTILINE)) == sorted(FINDINGS)


def test_every_explanation_says_what_it_means_and_what_to_do() -> None:
    for section in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]:
        assert "**Means" in section, section[:40]
        assert "**Do:**" in section, section[:40]


def test_every_kind_is_made_somewhere() -> None:
    code = "\n".join(m.text for m in modules("hearback/collect") if not m.path.endswith("/rules.py"))
    assert [kind for kind in FINDINGS if f'"{kind}"' not in code] == []


def test_every_kind_is_tried_in_a_test() -> None:
    code = "\n".join(m.text for m in modules("tests/collect") if not m.path.endswith("_page.py"))
    assert [kind for kind in FINDINGS if f'"{kind}"' not in code] == []
