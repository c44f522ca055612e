"""What is told of journeys in words, on public and on signed-in pages. No table is reached from here."""

from django.utils.translation import gettext_lazy as _

FEELINGS = {
    -2: _("very bad"), -1: _("bad"), 0: _("neither good nor bad"), 1: _("good"), 2: _("very good"),
}  # fmt: skip
EVIDENCE = {
    "answer": _("answer"), "comment": _("comment"), "case": _("case"), "observation": _("observation"),
    "highlight": _("passage of a transcript"), "published_figure": _("published figure"),
    "pain_point": _("pain point"),
}  # fmt: skip
"""What an insight or a persona cites."""
