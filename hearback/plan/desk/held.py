"""Fields for texts that stand already: what was not touched comes back as it stood, however long it is."""

from typing import Any, Self

from django import forms

from hearback.collect.desk.fields import area


class HeldField(forms.CharField):
    """A text that may stay as it is held, with its line breaks and the blanks around it.

    Browsers send line breaks in a form of their own, and fields cut blanks. A field may be as long as its
    limit, or as what is held where that is longer.
    """

    def __init__(self, held: str | None = None, *, max_length: int, rows: int = 1, **options: Any) -> None:
        self.held, self.limit, self.rows, self.options = held, max_length, rows, options
        lines = max(rows, (held or "").count("\n") + 1)
        widget = area(rows if rows > 1 else lines) if lines > 1 else forms.TextInput()
        widget.attrs["class"] = "usa-textarea" if lines > 1 else "usa-input"
        super().__init__(max_length=max(max_length, len(held or "")), widget=widget, **options)

    def holding(self, held: str | None) -> Self:
        """Give the same field for what is held."""
        return type(self)(held, max_length=self.limit, rows=self.rows, **self.options)

    def to_python(self, value: Any) -> Any:
        """Read it; what is held where nothing else was typed."""
        text = super().to_python(None if value is None else with_plain_breaks(value))
        return self.held if self.held and text == with_plain_breaks(self.held).strip() else text


class HeldSourceField(HeldField):
    """Where something can be read: an address of the web, or what is held, which may be a title."""

    def clean(self, value: Any) -> Any:
        """Read it.

        Raises:
            ValidationError: if it is neither.
        """
        text = super().clean(value)
        if not text or text == self.held:
            return text
        return forms.URLField(assume_scheme="https").clean(text)


def with_plain_breaks(text: str) -> str:
    """Write line breaks as files do."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


def same_words(one: Any, other: Any) -> bool:
    """Say whether two values are the same but for blanks and line breaks; an empty text is as good as none.

    >>> same_words("two  words ", "two\\nwords"), same_words("", None), same_words(0.0, None)
    (True, True, False)
    """
    first, second = (((value.split() or None) if isinstance(value, str) else value) for value in (one, other))
    return bool(first == second)
