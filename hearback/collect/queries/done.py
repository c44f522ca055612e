"""What was done to forms, responses and reported counts, as the history keeps it, in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

DONE = {
    "form.created": gettext_lazy("made"),
    "form.draft_saved": gettext_lazy("changed"),
    "form.translations_confirmed": gettext_lazy("translations said to be still right"),
    "form.submit": gettext_lazy("submitted for review"),
    "form.return": gettext_lazy("returned to draft"),
    "form.publish": gettext_lazy("published"),
    "form.closed": gettext_lazy("closed"),
    "form.reopened": gettext_lazy("opened again"),
    "form.archived": gettext_lazy("archived"),
    "form.retention_set": gettext_lazy("time to keep responses changed"),
    "responses.exported": gettext_lazy("responses exported"),
    "responses.expiry_begun": gettext_lazy("deletion of old responses begun"),
    "responses.expired": gettext_lazy("old responses deleted"),
    "responses.import_begun": gettext_lazy("import of responses begun"),
    "responses.imported": gettext_lazy("responses imported"),
    "responses.reversal_begun": gettext_lazy("taking back an import of responses begun"),
    "responses.import_reversed": gettext_lazy("import of responses taken back"),
    "responses.settled": gettext_lazy("responses put into the archive of answers"),
    "answers.archived": gettext_lazy("answers archived"),
    "answers.replaced": gettext_lazy("archived answers replaced"),
    "file.loaded": gettext_lazy("file loaded"),
    "file.loaded_again": gettext_lazy("file loaded again"),
    "file.findings_changed": gettext_lazy("findings of a file changed"),
    "survey.loaded": gettext_lazy("reported survey loaded"),
    "survey.completed": gettext_lazy("reported survey completed"),
    "survey.restated": gettext_lazy("reported survey restated"),
}
"""Every verb that collect records, in words."""
COLUMNS = {
    "all": gettext_lazy("every question"),
    "17": gettext_lazy("the 17 columns"),
    "17 with time": gettext_lazy("the 17 columns, with time and language"),
}


def more_of(verb: str, after: Mapping[str, Any] | None) -> str:
    """Say which responses an export took out, and in which columns; blank for what else was done."""
    if verb != "responses.exported" or not after:
        return ""
    n = int(after.get("rows", 0))
    columns = str(after.get("columns", "all"))
    told = [
        ngettext("{n} response", "{n} responses", n).format(n=n),
        _period(after.get("since"), after.get("until")),
        str(COLUMNS.get(columns, columns)),
        str(after.get("file", "")).upper(),
    ]
    return "; ".join(one for one in told if one)


def _period(since: str | None, until: str | None) -> str:
    """Name the days; `until` is the moment after the last of them."""
    first = datetime.fromisoformat(since).date().isoformat() if since else ""
    last = (datetime.fromisoformat(until) - timedelta(microseconds=1)).date().isoformat() if until else ""
    if first and last:
        return _("{first} to {last}").format(first=first, last=last)
    if first:
        return _("from {first} on").format(first=first)
    return _("up to {last}").format(last=last) if last else _("of all days")
