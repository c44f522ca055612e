"""Codes of the data in plain words. A code without an entry is shown with its underscores taken out."""

POOL_TITLES = {
    "increased": "“This increased my trust”",
    "stated": "“I trust them”",
    "own": "Another question",
}
POOL_EXPLAINED = {
    "increased": "People were asked whether the transaction increased their trust or confidence.",
    "stated": "People were asked whether they trust the agency or programme, whatever the transaction did to it.",
    "own": "The question is worded or scaled in its own way, so its numbers are compared with nothing.",
}
CHANNELS = {
    None: "not reported", "computer": "web page", "website": "web page", "automated_phone": "automated phone",
    "in_person": "in person", "mixed": "several", "mobile": "mobile", "email": "email", "phone": "phone",
    "paper": "paper",
}  # fmt: skip
TIMINGS = {
    "post_transaction": "after a transaction", "during_visit": "during a visit", "periodic": "at set times",
    "unknown": "not known",
}  # fmt: skip
WORDINGS = {
    "increased_trust": "increased trust", "increased_confidence": "increased confidence",
    "stated_trust": "stated trust", "rated_confidence": "rated confidence", "recommend": "would recommend",
    "likelihood_of_use": "would use again", "expectations": "met expectations", "not_asked": "not asked",
    "other": "other wording", "unknown": "wording not known",
}  # fmt: skip
QUESTIONS = {
    "satisfaction": "Satisfaction", "trust": "Trust", "effectiveness": "Effectiveness", "ease": "Ease",
    "efficiency": "Efficiency", "transparency": "Transparency", "employee": "Employee helpfulness",
}  # fmt: skip
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
REASONS = {
    "suppressed_small": "too few answers to show",
    "suppressed": "too few answers to show",
    "no_answers": "nobody answered this question",
    "not_reported": "not reported",
}


def plain(code: str | None, words: dict[str, str] | None = None) -> str:
    """Say a code in words.

    >>> plain("email", {"email": "e-mail"}), plain("single_survey")
    ('e-mail', 'single survey')
    """
    if code is None:
        return "not known"
    return (words or {}).get(code) or code.replace("_", " ")
