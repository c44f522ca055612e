"""Every text of forms, the signed-in side and the public site is there in every language of the interface."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.utils import translation

from hearback.collect.instruments.answering import PROBLEMS
from tests.conftest import ROOT

LEAST = {"accounts": 10, "collect": 300, "dashboard": 40, "publish": 900, "ui": 60}
"""Fewer texts than these, and something was not read."""
APPS = [ROOT / "hearback" / name for name in LEAST]
PAIRS = [(app, folder.name) for app in APPS for folder in sorted((app / "locale").iterdir())]


def _catalog(file: Path) -> Catalog:
    with file.open("rb") as opened:
        return read_po(opened)


def _texts(catalog: Catalog) -> set[str]:
    return {str(message.id) for message in catalog if message.id}


def test_every_app_speaks_the_same_languages() -> None:
    assert len({frozenset(language for app, language in PAIRS if app == one) for one in APPS}) == 1


@pytest.mark.parametrize(("app", "language"), PAIRS)
def test_nothing_is_left_untranslated(app: Path, language: str) -> None:
    catalog = _catalog(app / "locale" / language / "LC_MESSAGES" / "django.po")
    assert len(catalog) > LEAST[app.name]
    assert [m.id for m in catalog if m.id and (m.fuzzy or not all(_forms(m.string)))] == []


def _forms(string: object) -> tuple[str, ...]:
    return tuple(string) if isinstance(string, (tuple, list)) else (str(string),)


@pytest.mark.parametrize(("app", "language"), PAIRS)
def test_the_file_has_the_texts_of_today(app: Path, language: str, tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not here; tools/install_test_tools.sh installs it")
    copy = tmp_path / app.name
    shutil.copytree(app, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    admin = Path(sys.executable).with_name("django-admin")
    made = [admin, "makemessages", "--locale", language, "--no-location",
            "--settings", "hearback.config.settings"]  # fmt: skip
    subprocess.run(made, cwd=copy, check=True, capture_output=True, env=_environ())
    place = Path("locale") / language / "LC_MESSAGES" / "django.po"
    assert _texts(_catalog(copy / place)) == _texts(_catalog(app / place)), "run: make messages"


def _environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "HEARBACK_SECRET_KEY": "only-for-messages-" * 3}


def test_problems_are_told_in_spanish() -> None:
    with translation.override("es"):
        told = {kind: translation.gettext(text) for kind, text in PROBLEMS.items()}
    assert [kind for kind, text in told.items() if text == PROBLEMS[kind]] == []
    assert told["required"] == "Responda a esta pregunta."
