"""Our own wording of the bundled data, where notes of the collected files are too short to be read alone."""

from typing import Any

SENTENCES = {
    # Updates
    "36 commitments, life experiences, yearly designation of services and OMB team.":
        "The order sets 36 commitments, life experiences, a yearly designation of services and an OMB team.",
    "Vision names three priorities; customer experience is the second.":
        "The vision names three priorities; customer experience is the second.",
    "Draft learning agenda and employee pulse results shared.":
        "A draft learning agenda and employee pulse results were shared.",
    "First progress note on the order.":
        "This is the first progress note on Executive Order 14058.",
    "Area pages gain goals, success measures and milestones; five life experiences announced.":
        "Area pages gain goals, success measures and milestones; five life experiences are announced.",
    "VA app update and chatbot, telehealth privacy guidance, Head Start link to SNAP, new Medicare.gov "
    "home page.":
        "The note names a VA app update and chatbot, telehealth privacy guidance, a Head Start link to SNAP "
        "and a new Medicare.gov home page.",
    "Expedited review for provider projects filed by 1 August 2022; described as a target and not a cap.":
        "Provider projects filed by 1 August 2022 get an expedited review; the amount is described as a "
        "target and not a cap.",
    "Progress across all three strategies; quarterly notes on the order go to the CX blog.":
        "The summary tells of progress across all three strategies; quarterly notes on Executive Order 14058 "
        "go to the customer experience (CX) blog.",
    "Teams turn sprint findings into opportunity areas; fund set-aside noted; "
    "35 providers continue yearly reviews.":
        "Teams turn sprint findings into opportunity areas, and 35 providers continue yearly reviews; "
        "the summary notes the set-aside in the modernization fund.",
    "Department describes its CX office, policy directive and provider work.":
        "The department describes its customer experience (CX) office, policy directive and provider work.",
    "USAID $5.9 million, Railroad Retirement Board $8.7 million.":
        "Two customer experience (CX) awards: USAID receives $5.9 million, the Railroad Retirement Board "
        "$8.7 million.",
    "Per-agency commitment updates go online; sprint findings, journey maps and first projects published.":
        "Commitment updates for each agency go online; sprint findings, journey maps and first projects "
        "are published.",
    "Built on talks with over 500 people in 34 states and territories and 36 agencies.":
        "The projects are built on talks with over 500 people in 34 states and territories and 36 agencies.",
    "More than $500 million proposed, over 120 CX positions.":
        "More than $500 million and over 120 customer experience (CX) positions are proposed.",
    "Trust chart added for the success measure; project pages gain milestones and next steps; "
    "new strategy 3 milestones.":
        "A trust chart is added for the success measure, project pages gain milestones and next steps, "
        "and strategy 3 gets new milestones.",
    "Team lead for birth and early childhood interviewed.":
        "The team lead for birth and early childhood is interviewed.",
    "Medicare-only enrollment and disaster process work detailed.":
        "The work on Medicare-only enrollment and on the disaster process is told in detail.",
    "About $50.5 million, several CX-related.":
        "The awards come to about $50.5 million; several are related to customer experience.",
    "All 35 providers assessed in February and reviewed in March; teams test prototypes, automatic renewals "
    "and newborn kits in three states.":
        "All 35 providers were assessed in February and reviewed in March; teams test prototypes, automatic "
        "renewals and newborn kits in three states.",
    "26 of 35 providers reporting; talent guide planned for FY2024 Q3.":
        "26 of 35 providers are reporting; a customer experience (CX) talent guide is planned for FY2024 Q3.",
    "In-depth research on Medicare-only enrollment and disaster process projects.":
        "The update tells of in-depth research on the Medicare-only enrollment and disaster process "
        "projects.",
    "Government-wide rules for a digital-first public experience.":
        "The memo sets government-wide rules for a digital-first public experience.",
    "Ten quarters, 29 of 35 providers; warns of changing definitions, gaps and adapted questions.":
        "The review covers ten quarters and 29 of 35 providers; it warns of changing definitions, gaps and "
        "adapted questions.",
    "Pitch meetings held, 2023 action plans, changed designations for FY2024, design phase closed and shown "
    "to council in October.":
        "The summary tells of pitch meetings held, 2023 action plans and changed designations for FY2024; "
        "the design phase was closed, and shown to the council in October.",
    "Status bullets for each of the 36 commitments.":
        "The note has status bullets for each of the 36 commitments.",
    "Quarterly round-up for all priority areas.":
        "The blog is a quarterly round-up for all priority areas.",
    "Over $71 million for Justice, GSA and the Armed Forces Retirement Home.":
        "Justice, GSA and the Armed Forces Retirement Home receive over $71 million.",
    "USDA met its CX goal with more than ten surveys in place.":
        "USDA met its customer experience goal with more than ten surveys in place.",
    "Over 170 positions and more than 15 CX teams; Indian Health Service named a provider.":
        "The request has over 170 positions and more than 15 customer experience (CX) teams; the Indian "
        "Health Service is named a provider.",
    "Automatic Medicaid renewals up 21%, procedural terminations down 10%, fix in 29 states restored cover "
    "for 400,000.":
        "Automatic Medicaid renewals are up 21% and procedural terminations down 10%; a fix in 29 states "
        "restored cover for 400,000.",
    "Team explains community-based outreach and guides.":
        "The team explains community-based outreach and guides.",
    "January-March 2024 data: 288,000 customers, 33 services, 23 at 75% or more.":
        "The data of January–March 2024 have 288,000 customers and 33 services, 23 of them at 75% or more.",
    "Finds 27 providers reporting trust; all due by FY2025 Q1.":
        "The report finds 27 providers reporting trust; all are due to do so by FY2025 Q1.",
    "3,000 newborn kits given, 10,000 more planned; over 2,000 birthing-friendly facilities.":
        "3,000 newborn kits were given, and 10,000 more are planned; there are over 2,000 birthing-friendly "
        "facilities.",
    "Over 250,000 people surveyed; two thirds of services show clear majority trust.":
        "Over 250,000 people were surveyed; two thirds of services show clear majority trust.",
    "Passport renewal public beta live; DHS cut 21 million hours in FY2023.":
        "The public beta of passport renewal is live; DHS cut 21 million hours in FY2023.",
    "38 active providers in 17 agencies.":
        "There are 38 active providers in 17 agencies.",
    "Closing summary of the agenda.":
        "This is the closing summary of the agenda.",
    "Covers 37 providers; recommends numeric targets, time frames and measures.":
        "The report covers 37 providers; it recommends numeric targets, time frames and measures.",
    # Success measures and counts
    "move from last place into the top 10 industries":
        "Move from last place into the top 10 industries",
    "federal score reported as unchanged while most industries fell; NPS, Consular Affairs, Tricare, "
    "Medicare, Medicaid and the Postal Service scored above the federal average":
        "The federal score is reported as unchanged while most industries fell; the National Park Service, "
        "Consular Affairs, TRICARE, Medicare, Medicaid and the Postal Service scored above the federal "
        "average.",
    "January-March 2024: more than 288,000 customers asked; at 23 of 33 services at least three quarters "
    "said yes":
        "January–March 2024: more than 288,000 customers asked; at 23 of 33 services at least three "
        "quarters said yes.",
    "over ten quarters, not all in each":
        "Over ten quarters, not all in each.",
    "lower bound": "Lower bound.",
    "positions: 120 (lower bound)": "Positions: 120 (lower bound).",
    "positions: 170 (lower bound)": "Positions: 170 (lower bound).",
    # Journeys
    "Phone lines go unanswered and calls back come late.":
        "Phone lines go unanswered and callbacks come late.",
    # Commitments, funding and capacity areas
    "Customer experience manager pilot at four airports funded.":
        "The budget request for 2025 asks for money to continue the customer experience manager pilot at "
        "four airports.",
    "Report needed improvements in CX and design skills.":
        "Report needed improvements in customer experience (CX) and design skills.",
    "CX team inside OMB.":
        "Customer experience (CX) team inside OMB.",
    "Put CX into strategic and performance plans, goals and executive appraisals.":
        "Put customer experience (CX) into strategic and performance plans, goals and executive appraisals.",
    "Staff understand and own CX.":
        "Staff understand and own customer experience (CX).",
}  # fmt: skip
"""What a text says in American spelling → the same in whole words."""

REMARKS = {
    "Tax administration; the data file lists it as its own organization.":
        ("Tax administration.", "The data file lists it as its own organization."),
    "Immigration benefits; the data file lists it as its own organization.":
        ("Immigration benefits.", "The data file lists it as its own organization."),
    "Grants patents and registers trademarks; listed as two providers in 2020.":
        ("Grants patents and registers trademarks.", "Listed as two providers in 2020."),
    "Health cover; listed as two providers in 2020 (Marketplace, Medicare).":
        ("Health cover.", "Listed as two providers in 2020 (Marketplace, Medicare)."),
    "Mortgage insurance inquiries (2020 list named the FHA resource center).":
        ("Mortgage insurance inquiries.", "The 2020 list named the FHA resource center."),
    "Small business help; 2020 list named field operations.":
        ("Small business help.", "The 2020 list named field operations."),
}  # fmt: skip
"""A summary that ends with a remark on the sources → the summary, and the remark, which becomes the note."""


def worded(value: Any) -> Any:
    """Put our own wording in place of the short notes of a record, and of all within it."""
    if isinstance(value, list):
        return [worded(one) for one in value]
    if isinstance(value, dict):
        told = {name: worded(one) for name, one in value.items()}
        if told.get("gist") in REMARKS and told["note"] is None:
            told["gist"], told["note"] = REMARKS[told["gist"]]
        return told
    return SENTENCES.get(value, value) if isinstance(value, str) else value
