"""Codes of the public pages in plain words; `ui.words` has those of reported surveys."""

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

STATES = {
    "reporting_at_last_extract": _("was reporting when the data were last read"),
    "earlier_or_replaced": _("was designated earlier, or was replaced"),
    "designated_on_provider_page": _("named as designated on the provider’s page; no figures found"),
    "reported_in_press": _("known from press reports; no figures found"),
}
COMMITMENT_KINDS = {
    "agency_commitment": _("Commitments of agencies"),
    "government_wide_duty": _("Duties across the government"),
    "provider_duty": _("Duties of service providers"),
    "open_government_pledge": _("Open government pledges"),
}
UPDATE_KINDS = {
    "area_summary": _("Summary of progress"),
    "blog": _("Blog"),
    "fact_sheet": _("Fact sheet"),
    "funding": _("Funding"),
    "press": _("Press"),
    "order_progress": _("Progress on the order"),
    "budget": _("Budget"),
    "audit": _("Audit"),
    "agenda": _("Agenda"),
    "executive_order": _("Executive order"),
    "pilot": _("Pilot"),
    "policy": _("Policy"),
    "dashboard": _("Dashboard"),
}
FUNDING_KINDS = {
    "fund_allocation": _("Set aside"),
    "fund_investment": _("Awarded"),
    "budget_request": _("Asked for in a budget"),
}
ACTION_STATUSES = {
    "planned": _("Planned"), "under_way": _("Under way"), "delivered": _("Delivered"),
    "delivered_in_part": _("Delivered in part"), "dropped": _("Dropped"),
}  # fmt: skip
OUTCOMES = {
    "kept": pgettext_lazy("what became of a promise", "Kept"),
    "kept_in_part": _("Kept in part"), "not_kept": _("Not kept"),
    "not_said": _("Not said"),
}  # fmt: skip
