"""How long responses to a form are kept."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hearback.collect.actions.retention import MOST_DAYS, keep_responses
from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.fields import DeskForm


class KeepForm(DeskForm):
    """For how many days; blank until somebody decides."""

    days = forms.IntegerField(
        label=gettext_lazy("Days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Blank keeps them until somebody decides."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk("edit_forms")
def form_keep(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show and change how long responses are kept."""
    asked = KeepForm(
        request.POST if request.method == "POST" else None, initial={"days": desk.form.retention_days}
    )
    if request.method == "POST" and asked.is_valid():
        keep_responses(desk.key, asked.cleaned_data["days"], by=desk.by, at=timezone.now())
        messages.success(request, _("The time is kept."))
        return redirect("form_overview", key=desk.key)
    return show_form(request, desk, "keep", {"asked": asked}, 422 if asked.errors else 200)
