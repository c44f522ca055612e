"""The page of the permission to ask and of the delivery: whom a form asks, when, and how."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.drafts import NotKept, Trouble, keep
from hearback.collect.desk.fields import SettingsForm
from hearback.collect.desk.places import mendings

SETTINGS = {"clearance", "delivery", "countries"}


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_settings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show and keep the settings of a form."""
    instrument = desk.form.newest.instrument
    if request.method != "POST":
        return _page(request, desk, SettingsForm(instrument))
    asked = SettingsForm(instrument, request.POST)
    if not asked.is_valid():
        return _page(request, desk, asked, status=422)
    try:
        keep(request, desk, asked.applied(instrument), _("The settings are kept."))
    except NotKept as problem:
        return _page(request, desk, asked, problem.trouble, 409)
    return redirect("form_settings", key=desk.key)


def _page(
    request: HttpRequest, desk: Desk, asked: SettingsForm, trouble: Trouble | None = None, status: int = 200
) -> HttpResponse:
    found = mendings(desk.key, desk.form.newest.instrument)
    context = {
        "asked": asked,
        "trouble": trouble,
        "revision": request.POST.get("revision", desk.form.newest.revision),
        "mendings": [one for one in found if one.where.split(".")[0] in SETTINGS],
        "clearance_fields": [asked[name] for name in (*SettingsForm.CLEARANCE, "statement")],
        "delivery_fields": [asked[name] for name in ("timing", *SettingsForm.DELIVERY, "countries")],
    }
    return show_form(request, desk, "settings", context, status)
