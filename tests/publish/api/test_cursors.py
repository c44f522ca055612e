"""Where the next page starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearback.publish.api.cursors import Cursor, CursorNotValid, read_cursor


@given(st.integers(1, 10**9 - 1), st.integers(0, 10**12 - 1))
def test_a_cursor_comes_back_as_it_was_given_out(release: int, seen: int) -> None:
    assert read_cursor(str(Cursor(release, seen))) == Cursor(release, seen)


@pytest.mark.parametrize("text", ["", "abc", "MC4w", "MS4tMQ", "MS4wMQ", "MS4x=", "é", "MS4x\n"])
def test_what_was_never_given_out_is_refused(text: str) -> None:
    with pytest.raises(CursorNotValid):
        read_cursor(text)
