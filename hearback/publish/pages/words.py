"""Codes of the public pages in plain words; `ui.words` has those of reported surveys."""

STATES = {
    "reporting_at_last_extract": "was reporting when the data were last read",
    "earlier_or_replaced": "was designated earlier, or was replaced",
    "designated_on_provider_page": "named as designated on the provider’s page; no figures found",
    "reported_in_press": "known from press reports; no figures found",
}
COMMITMENT_KINDS = {
    "agency_commitment": "Commitments of agencies",
    "government_wide_duty": "Duties across the government",
    "provider_duty": "Duties of service providers",
    "open_government_pledge": "Open government pledges",
}
UPDATE_KINDS = {
    "area_summary": "Summary of progress", "blog": "Blog", "fact_sheet": "Fact sheet", "funding": "Funding",
    "press": "Press", "order_progress": "Progress on the order", "budget": "Budget", "audit": "Audit",
    "agenda": "Agenda", "executive_order": "Executive order", "pilot": "Pilot", "policy": "Policy",
    "dashboard": "Dashboard",
}  # fmt: skip
FUNDING_KINDS = {
    "fund_allocation": "Set aside",
    "fund_investment": "Awarded",
    "budget_request": "Asked for in a budget",
}
ACTION_STATUSES = {
    "planned": "Planned", "under_way": "Under way", "delivered": "Delivered",
    "delivered_in_part": "Delivered in part", "dropped": "Dropped",
}  # fmt: skip
OUTCOMES = {
    "kept": "Kept", "kept_in_part": "Kept in part", "not_kept": "Not kept", "not_said": "Not said",
}  # fmt: skip
