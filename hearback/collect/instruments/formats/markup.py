"""Text out of HTML, and into it, where a format keeps HTML and an instrument plain text."""

from html import escape
from html.parser import HTMLParser

_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"script", "style"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.tags: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._unread += tag in _UNREAD
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in _UNREAD and self._unread > 0

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.parts.append(data)


def text_of(html: str) -> tuple[str, bool]:
    """Give the text of a piece of HTML, and whether it had more to it than line breaks."""
    reader = _Text()
    reader.feed(html)
    reader.close()
    text = "".join(reader.parts)
    is_plain = set(reader.tags) <= {"br"}
    if not is_plain:
        text = "\n".join(filter(None, (line.strip() for line in text.split("\n"))))
    return text, not is_plain


def html_of(text: str) -> str:
    """Write a text as HTML."""
    return escape(text, quote=False).replace("\n", "<br>")
