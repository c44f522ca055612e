"""The embed as it is built, kept, served and printed."""

import gzip
import hashlib
import re
import subprocess
import sys
from base64 import b64encode
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client

from hearback.cli.bench.embed import BUDGET, measure
from hearback.collect import embed
from hearback.collect.commands.embed import embed_command
from hearback.collect.instruments.answering import PROBLEMS
from hearback.collect.instruments.prepared import DEFAULT_LENGTH, OTHER_LENGTH
from hearback.collect.languages import RIGHT_TO_LEFT
from tests.collect.forms.conftest import Publish, publish  # noqa: F401 - a fixture
from tests.conftest import ROOT

HEARBACK = Path(sys.executable).parent / "hearback"
ASK = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "hearback.config.settings"
import django
django.setup()
from django.test import Client
answer = Client(headers={"host": "localhost"}).get("/static/embed/0123456789abcdef0123.js")
print(answer.status_code, answer.getvalue().decode(), answer["Cross-Origin-Resource-Policy"])
"""
WIDGET = ROOT / "hearback" / "collect" / "widget"


def test_its_name_is_made_from_its_content() -> None:
    file = embed.built().file
    assert file.name == hashlib.sha256(file.read_bytes()).hexdigest()[:20] + ".js"


def test_all_of_it_fits_into_the_budget() -> None:
    row = measure()
    assert row["gzip_bytes"] <= BUDGET == 15_360
    assert row["gzip_bytes"] == len(gzip.compress(embed.built().file.read_bytes(), 9))
    text = embed.built().file.read_text(encoding="utf-8")
    assert "all:initial" in text
    assert "Responda a esta pregunta." in text


def test_it_uses_nothing_that_a_strict_policy_forbids() -> None:
    text = embed.built().file.read_text(encoding="utf-8")
    used = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|\.style\b", text
    )
    assert used == []


def test_it_says_of_problems_what_the_server_says() -> None:
    words = (WIDGET / "words.js").read_text(encoding="utf-8")
    said = dict(re.findall(r'^  (\w+): *\n? *"(.*)",$', words, re.MULTILINE))
    assert {kind: said.get(kind) for kind in PROBLEMS} == PROBLEMS
    assert set(embed.WORDS) <= set(said.values())


def test_it_knows_the_same_lengths_and_directions_as_the_server() -> None:
    answering = (WIDGET / "answering.js").read_text(encoding="utf-8")
    (lengths,) = re.findall(r"const LENGTHS = \{ (.*) \};", answering)
    assert {name: int(n) for name, n in re.findall(r"(\w+): (\d+)", lengths)} == DEFAULT_LENGTH
    assert f"OTHER_LENGTH = {OTHER_LENGTH};" in answering
    (leftward,) = re.findall(r"\^\((.*)\)\$", (WIDGET / "languages.js").read_text(encoding="utf-8"))
    assert set(leftward.split("|")) == RIGHT_TO_LEFT


@pytest.mark.django_db
def test_pages_of_others_may_load_it_and_keep_it_for_a_year(client: Client) -> None:
    answer = client.get(embed.built().path, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert "immutable" in answer["Cache-Control"]
    assert int(answer["Cache-Control"].split("max-age=")[1].split(",")[0]) >= 31_536_000
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.getvalue()) == embed.built().file.read_bytes()
    assert "Set-Cookie" not in answer
    answer.close()
    with closing(client.get("/static/ui/icon.svg")) as other:
        assert "Cross-Origin-Resource-Policy" not in other


def test_a_browser_can_tell_whether_it_was_changed() -> None:
    script = embed.built()
    expected = b64encode(hashlib.sha384(script.file.read_bytes()).digest()).decode()
    assert f'integrity="sha384-{expected}"' in embed.tag("f", "inline", "https://a.example", script)


def test_tags_say_where_things_are_and_nothing_unsafe() -> None:
    script = embed.built()
    written = embed.tag('f"><b', "modal", "https://a.example", script, "https://intake.example")
    assert (
        'data-form="f&quot;&gt;&lt;b" data-mode="modal" data-intake="https://intake.example" async>'
        in written
    )
    assert "data-target" not in written
    assert 'data-target="#feedback-button"' in embed.tag("f", "button", "https://a.example", script)


def test_what_is_pasted_has_the_place_that_the_form_fills_and_a_link_for_who_has_no_script() -> None:
    script = embed.built()
    site = "https://a.example"
    place, tag, link = embed.snippet("f", "inline", site, "How <it> went", script).splitlines()
    assert place == '<div id="feedback"></div>'
    assert 'data-target="#feedback"' in tag
    assert tag == embed.tag("f", "inline", site, script)
    assert link == '<noscript><a href="https://a.example/done/f">How &lt;it&gt; went</a></noscript>'
    assert embed.snippet("f", "modal", site, "x", script).splitlines()[0].startswith("<script ")


def test_earlier_ones_are_kept(tmp_path: Path) -> None:
    built, home = tmp_path / "built", tmp_path / "home"
    built.mkdir()
    home.mkdir()
    with pytest.raises(embed.EmbedNotBuilt, match="make setup"):
        embed.built(built)
    assert not embed.keep(home, built)
    (built / "old.js").write_text("old")
    assert embed.keep(home, built)
    assert not embed.keep(home, built)
    (built / "old.js").rename(built / "new.js")
    assert embed.keep(home, built)
    assert sorted(file.name for file in (home / "embed").iterdir()) == ["new.js", "old.js"]


def test_earlier_ones_are_served_after_an_upgrade(environ: dict[str, str]) -> None:
    subprocess.run([HEARBACK, "init"], env=environ, check=True, capture_output=True)
    kept = Path(environ["HEARBACK_HOME"]) / "embed"
    assert (kept / embed.built().file.name).read_bytes() == embed.built().file.read_bytes()
    (kept / "0123456789abcdef0123.js").write_text("earlier")
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environ, cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["200", "earlier", "cross-origin"]


@pytest.mark.django_db
def test_the_command_prints_a_tag_for_each_mode(publish: Publish) -> None:  # noqa: F811
    key = publish()
    printed = CliRunner().invoke(embed_command, [key], catch_exceptions=False).output
    assert [line for line in printed.splitlines() if line.endswith(":")] == ["inline:", "modal:", "button:"]
    one = CliRunner().invoke(embed_command, [key, "--mode", "modal", "--json"], catch_exceptions=False).output
    assert '"modal": "<script src=' in one
    assert '"inline"' not in one


@pytest.mark.django_db
def test_a_form_that_is_not_there_is_refused() -> None:
    refused = CliRunner().invoke(embed_command, ["nothing"])
    assert (refused.exit_code, "no form 'nothing'" in refused.output) == (1, True)
