"""What tests of forms share: a form that is published, and a way to answer it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from hearback.collect.actions import forms as actions
from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument

Publish = Callable[..., str]


@pytest.fixture
def publish(
    home: Path, directory: None, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> Publish:
    """Make a form of an instrument and publish it; gives its key."""

    def run(instrument: Instrument | None = None, key: str = "service-2") -> str:
        start = instrument or files.ready("thumbs")
        actions.create_form(key, start, service="service-2", provider="provider-21", by="owner", at=at)
        actions.move_version(key, "submit", by="owner", at=at)
        with django_capture_on_commit_callbacks(execute=True):
            actions.move_version(key, "publish", by="reviewer", at=at)
        return key

    return run


@pytest.fixture
def publish_again(
    at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> Callable[[str], None]:
    """Publish a second version of a form, with another wording of its first question."""

    def run(key: str) -> None:
        before = files.ready("thumbs")
        first = replace(before.questions[0], words={"en": "Would you say so?", "es": "¿Lo diría?"})
        page = replace(before.pages[0], questions=(first, *before.questions[1:]))
        actions.save_draft(key, replace(before, pages=(page,)), by="owner", at=at)
        actions.move_version(key, "submit", by="owner", at=at)
        with django_capture_on_commit_callbacks(execute=True):
            actions.move_version(key, "publish", by="reviewer", at=at)

    return run
