"""What the tests of the embed share: forms, their tags, and the web server of somebody else."""

from collections.abc import Iterator

import pytest

from tests.conftest import ROOT
from tests.walks.embed.host import Host, hosted
from tests.walks.embed.page import Tag
from tests.walks.running import Site, run

EVERY_TYPE = ROOT / "tests" / "walks" / "instruments" / "every_type.yaml"
ABOUT = ("--service", "state-passports-25", "--provider", "state-passports")


@pytest.fixture(scope="session")
def forms(site: Site) -> Site:
    """The site with the thumbs form, one with a question of every type, and one that is closed."""
    for key, start in (
        ("thumbs-there", "thumbs"),
        ("every-there", str(EVERY_TYPE)),
        ("shut-there", "thumbs"),
    ):
        run(site.environ, "collect", "form", "new", key, "--from", start, *ABOUT)
        run(site.environ, "collect", "form", "move", key, "submit")
        run(site.environ, "collect", "form", "move", key, "publish")
    run(site.environ, "collect", "form", "move", "shut-there", "close")
    return site


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """The web server of somebody else."""
    with hosted() as running:
        yield running


@pytest.fixture(scope="session")
def tag(forms: Site) -> Tag:
    """Give the tag of a form as the command prints it, with further attributes."""
    printed = {
        key: run(forms.environ, "collect", "form", "embed", key)["tags"]
        for key in ("thumbs-there", "every-there", "shut-there")
    }

    def written(key: str, mode: str = "inline", **attributes: str) -> str:
        more = "".join(f' data-{name}="{value}"' for name, value in attributes.items())
        return str(printed[key][mode]).replace(" async", f"{more} async")

    return written
