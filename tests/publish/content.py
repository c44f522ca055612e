"""A small release content, made without a database."""

from dataclasses import replace
from typing import Any

from hearback.directory.queries import AgencyFact, ProviderFact, ProvisionFact, ServiceFact
from hearback.measure.queries import ScoreFact
from hearback.publish.frozen import Content

AGENCY = AgencyFact(
    "va", "Department of Veterans Affairs", "VA", "federal", None, None, None, "https://example.org/a"
)
PROVIDER = ProviderFact("va-vha", "Veterans Health Administration", "VHA", "va", None, "2018", None, None)
SERVICE = ServiceFact(
    "va-vha-2", "Outpatient care", None, True, None, "FY2021-Q1", None, None,
    (ProvisionFact("va-vha", "va-vha-2", None, None),), None,
)  # fmt: skip
SCORE = ScoreFact(
    measure="trust_agree_share", level="service", subject="va-vha-2", quarter="FY2021-Q2", pool="stated",
    value=0.82, low=0.692, high=0.902, n=50, numerator=41, numerator_name="answers 4 and 5", denominator=50,
    denominator_name="answers", n_surveys=1, method="wilson", method_version="1", flags=("single_survey",),
    reason=None, inputs_sha256="0" * 64,
)  # fmt: skip
EMPTY = Content(*((),) * 13)


def content(**changes: Any) -> Content:
    """Make a content with one agency, provider, service and score; name what should differ."""
    small = replace(EMPTY, agencies=(AGENCY,), providers=(PROVIDER,), services=(SERVICE,), scores=(SCORE,))
    return replace(small, **changes)
