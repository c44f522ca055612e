"""A release content with something on every kind of page, and one survey too small to show."""

from dataclasses import replace

from hearback.directory.queries import AgencyFact, ProviderFact, ProvisionFact, ServiceFact, WebsiteFact
from hearback.measure.queries import ExclusionFact, ScoreFact
from hearback.plan import queries as plan
from hearback.publish.frozen import (
    Content,
    MethodFact,
    PublishedFinding,
    PublishedQuestion,
    PublishedSurvey,
)
from tests.publish.action_plans import action_plans, capacity_areas
from tests.publish.journeys import journeys
from tests.publish.noisy import noisy
from tests.publish.scores import COUNTS, score, survey, trust_scores

SOURCE = "https://example.org/source"
SMALL = survey(
    "va-vha-2-small",
    "FY2021-Q4",
    name="Paper form",
    channel="paper",
    respondents_count=None,
    questions=(PublishedQuestion("trust", "increased_trust", "five_point", None, None, "suppressed_small"),),
    findings=(PublishedFinding("more_respondents_than_offered", "attributes_volume_of_respondents", None),),
)
MILESTONES = (
    plan.MilestoneFact("m1", "Publish the plan", "FY2022-Q3", "Complete", "OMB", "2022-07", None, SOURCE),
    plan.MilestoneFact("m2", "Report the results", None, None, None, None, "Outcome not found.", None),
)


def small_site() -> Content:
    """Make the content: one priority area, three agencies, two providers, three services with surveys."""
    return Content(
        agencies=(
            AgencyFact("va", "Department of Veterans Affairs", "VA", "federal", None, None, None, SOURCE),
            AgencyFact("usda", "Department of Agriculture", "USDA", "federal", None, None, None, SOURCE),
            AgencyFact("usda-part", "Office of <Parts> & Pieces", "OPP", "federal", "usda", None, None, None),
        ),
        providers=(
            ProviderFact(
                "va-vha", "Veterans Health Administration", "VHA", "va", "Health care.", "2018", None, SOURCE
            ),
            ProviderFact("usda-fsa", "Farm Service Agency", None, "usda", None, None, "A remark.", None),
        ),
        services=(
            _service("va-vha-2", "Receiving outpatient care", "va-vha"),
            _service("usda-fsa-3", "Applying for a farm loan", "usda-fsa", "va-vha"),
            _service("va-vha-9", "A service without surveys", "va-vha"),
        ),
        websites=(WebsiteFact("https://www.va.gov", "VA.gov", "va", "va-vha", SOURCE),),
        surveys=_surveys(),
        scores=_scores(),
        exclusions=_exclusions(),
        priority_areas=(_area(),),
        life_experiences=(_experience(),),
        commitments=_commitments(),
        funding=_funding(),
        updates=_updates(),
        methods=_methods(),
        journeys=journeys(),
        capacity_areas=capacity_areas(),
        action_plans=action_plans(),
        noisy_groups=(noisy(),),
    )


def _surveys() -> tuple[PublishedSurvey, ...]:
    return (
        *(survey(f"va-vha-2-{quarter.lower()}-email", quarter) for quarter in COUNTS),
        SMALL,
        survey(
            "usda-fsa-3-own", "FY2021-Q2", service_key="usda-fsa-3", provider_key="usda-fsa", channel=None
        ),
    )


def _scores() -> tuple[ScoreFact, ...]:
    return (
        *trust_scores("government", "all"),
        *trust_scores("government", "all", "stated"),
        *trust_scores("agency", "va"),
        *trust_scores("provider", "va-vha"),
        *trust_scores("service", "va-vha-2"),
        score("trust_agree_share", "survey", "va-vha-2-fy2021-q4-email", "FY2021-Q4"),
        score(
            "response_rate",
            "survey",
            "va-vha-2-fy2021-q4-email",
            "FY2021-Q4",
            value=0.1,
            numerator=400,
            numerator_name="respondents",
            denominator=4000,
            denominator_name="people offered the survey",
            low=0.09,
            high=0.11,
            n=4000,
        ),
        score(
            "trust_agree_share",
            "survey",
            "va-vha-2-small",
            "FY2021-Q4",
            value=None,
            low=None,
            high=None,
            n=None,
            numerator=None,
            denominator=None,
            reason="suppressed_small",
        ),
        score("trust_agree_share", "survey", "usda-fsa-3-own", "FY2021-Q2", "own"),
    )


def _exclusions() -> tuple[ExclusionFact, ...]:
    return (
        ExclusionFact(
            "va-vha-2-small",
            "va-vha-2",
            "va-vha",
            "FY2021-Q4",
            "rollups",
            "suppressed_small",
            "Too few people answered.",
        ),
        ExclusionFact(
            "va-vha-2-fy2021-q1-email",
            "va-vha-2",
            "va-vha",
            "FY2021-Q1",
            "pools",
            "scale_yes_no",
            "People could answer only yes or no.",
        ),
        ExclusionFact(
            "usda-fsa-3-own",
            "usda-fsa-3",
            "usda-fsa",
            "FY2021-Q2",
            "pools",
            "wording_other",
            "The question asks something else.",
        ),
    )


def _commitments() -> tuple[plan.CommitmentFact, ...]:
    return (
        plan.CommitmentFact(
            "c1",
            "agency_commitment",
            "Section 4(a)",
            ("va", "usda"),
            True,
            "One form for all.",
            None,
            "In progress",
            "Half of it works.",
            "2023-03",
            SOURCE,
            SOURCE,
        ),
        plan.CommitmentFact(
            "c2", "provider_duty", None, (), None, "Report yearly.", "2024", None, None, None, None, None
        ),
    )


def _funding() -> tuple[plan.FundingFact, ...]:
    return (
        plan.FundingFact(
            "f1",
            "fund_allocation",
            "2022-06-16",
            2022,
            "The fund",
            "usda",
            100_000_000,
            True,
            "Share.",
            None,
            None,
            SOURCE,
        ),
        plan.FundingFact(
            "f2",
            "fund_investment",
            "2022-08-03",
            2022,
            None,
            "va",
            None,
            None,
            None,
            "having-a-child",
            None,
            None,
        ),
        plan.FundingFact(
            "f3",
            "budget_request",
            None,
            2024,
            "More staff",
            "va",
            77_700_000,
            True,
            None,
            None,
            None,
            None,
        ),
    )


def _updates() -> tuple[plan.UpdateFact, ...]:
    return (
        plan.UpdateFact(
            "u1", "2022-07", "area_summary", "Area summary", "The older one.", (1,), (), True, SOURCE
        ),
        plan.UpdateFact(
            "u2", "2023-05", "area_summary", "Area summary", "The newer one.", (1,), ("all",), True, None
        ),
        plan.UpdateFact(
            "u3",
            "2023-03-03",
            "blog",
            "Nine projects",
            "Announced.",
            (),
            ("having-a-child",),
            True,
            SOURCE,
        ),
    )


def _methods() -> tuple[MethodFact, ...]:
    return (
        MethodFact(
            "trust-agree-share",
            "Share agreeing",
            "## Definition\n\nSee [mean](trust-mean.md).\n\n| n | share |\n|---|---:|\n| 10 | 0.7 |\n",
        ),
        MethodFact("action-plans", "What became of it", "## The rule\n\nAs told.\n"),
        MethodFact("burden", "Burden", "## Definition\n\nA sum.\n"),
        MethodFact("noise", "Groups with noise", "## The noise\n\nDrawn once.\n"),
        MethodFact("trust-mean", "Mean", "<script>alert(1)</script>\n"),
    )


def _service(key: str, name: str, *providers: str) -> ServiceFact:
    provisions = tuple(ProvisionFact(provider, key, None, None) for provider in providers)
    return ServiceFact(
        key, name, None, True, "earlier_or_replaced", "FY2021-Q1", None, None, provisions, SOURCE
    )


def _area() -> plan.PriorityAreaFact:
    holders = (
        plan.SeatHolderFact(None, None, "2023-05", None, None, SOURCE),
        plan.SeatHolderFact("Robin Carnahan", "Administrator", "2022-03-15", "2023-04", None, SOURCE),
    )
    goal = plan.GoalFact("1.1", "1.1", "Everybody reports.", None, None, "2022-02", None, None, SOURCE)
    return plan.PriorityAreaFact(
        key="pma-cx",
        number=2,
        title="Excellent Services",
        gist=None,
        challenge="It is hard.",
        opportunity="It can be easy.",
        seats=(plan.SeatFact("seat-va", "Priority area leader", "va", holders),),
        success_measures=(
            plan.SuccessMeasureFact(
                "m2",
                "Trust after a transaction",
                "survey",
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                None,
                "trust_agree_share",
                SOURCE,
            ),
        ),
        strategies=(
            plan.StrategyFact(
                "pma-cx-s1",
                1,
                "Improve services",
                True,
                None,
                (goal,),
                MILESTONES,
                (plan.ReportingCountFact("2023-08", 26, None, None, SOURCE),),
                SOURCE,
            ),
        ),
        source=SOURCE,
    )


def _experience() -> plan.LifeExperienceFact:
    project = plan.ProjectFact(
        "kits",
        "Newborn kits",
        False,
        "Give goods.",
        ("usda",),
        "development",
        "2023-03",
        None,
        ("3,000 kits",),
        None,
        MILESTONES,
        SOURCE,
    )
    return plan.LifeExperienceFact(
        key="having-a-child",
        name="Having a child",
        question="How can families get what they need?",
        lead_agency_key=None,
        participant_keys=("va", "usda"),
        facts=("Many births a year.",),
        where_we_want_to_be=("one form",),
        where_we_start=(),
        discovery_dates="2022",
        discovery_who="Parents",
        discovery_people=None,
        discovery_states=12,
        journey_stages=("pregnancy", "birth"),
        journey_note=None,
        pain_points=(plan.PainPointFact("p1", "Forms repeat.", SOURCE),),
        projects=(project,),
        milestones=tuple(replace(one, key=f"child-{one.key}") for one in MILESTONES),
        source=SOURCE,
        journey_key="having-a-child",
    )
