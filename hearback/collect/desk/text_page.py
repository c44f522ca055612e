"""The form as text: YAML that can be copied out, changed, and put back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.places import mendings
from hearback.collect.instruments.checking import Fault
from hearback.collect.instruments.files import InstrumentNotValid, read_yaml, write_yaml


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk()
def form_text(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a draft as YAML, and keep what is sent back."""
    if request.method != "POST":
        return _page(request, desk, write_yaml(desk.form.newest.instrument))
    text = request.POST.get("yaml", "").replace("\r\n", "\n")
    try:
        keep(request, desk, read_yaml(text), _("The text is kept."))
    except InstrumentNotValid as problem:
        return _page(request, desk, text, unreadable=problem.faults)
    except NotKept as problem:
        return _page(request, desk, text, problem.trouble)
    return redirect("form_text", key=desk.key)


def _page(
    request: HttpRequest,
    desk: Desk,
    text: str,
    trouble: Trouble | None = None,
    unreadable: list[Fault] | None = None,
) -> HttpResponse:
    context = {
        "text": text,
        "trouble": trouble,
        "unreadable": unreadable,
        "revision": request.POST.get("revision", desk.form.newest.revision),
        "mendings": mendings(desk.key, desk.form.newest.instrument),
        "n_lines": min(60, text.count("\n") + 3),
    }
    return show_form(request, desk, "text", context, 422 if unreadable else 409 if trouble else 200)
