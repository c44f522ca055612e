"""A little Markdown that people write: paragraphs, lists, quotations, links, emphasis. Nothing else."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

KNOWN = ("emphasis", "list", "blockquote", "link", "newline", "escape", "entity", "autolink")
SCHEMES = ("https://", "http://", "mailto:", "/")


def _is_safe(address: str) -> bool:
    return address.lower().startswith(SCHEMES) and not address.startswith("//")


def _reader() -> MarkdownIt:
    reader = MarkdownIt("zero", {"html": False}).enable(list(KNOWN))
    reader.validateLink = _is_safe  # type: ignore[method-assign, assignment]
    return reader


_READER = _reader()


def small_markdown(text: str) -> SafeString:
    """Turn what a person wrote into HTML. All else than the little that is known is shown as it was typed.

    Links lead to addresses of the web, of mail, or of this site; others stay text.

    >>> small_markdown("**Done**: see [how](https://example.org/)")
    '<p><strong>Done</strong>: see <a href="https://example.org/">how</a></p>\\n'
    >>> small_markdown("<b>x</b> [y](javascript:z)")
    '<p>&lt;b&gt;x&lt;/b&gt; [y](javascript:z)</p>\\n'
    """
    safe: SafeString = mark_safe(_READER.render(text))  # noqa: S308 - all text is escaped, HTML is off
    return safe
