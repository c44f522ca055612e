"""Tables of what people said and of the scores made of it."""

from collections.abc import Iterator

from hearback.publish.formats.reasons import HELD_BACK, why_empty
from hearback.publish.formats.tables import Row, Table, columns
from hearback.publish.frozen import Content


def _score_rows(content: Content) -> Iterator[Row]:
    for s in content.scores:
        yield (
            s.measure, s.level, s.subject, s.quarter, s.pool, s.value, s.low, s.high, s.n,
            s.numerator, s.numerator_name, s.denominator, s.denominator_name, s.n_surveys,
            s.method, s.method_version, s.flags, s.reason, s.inputs_sha256,
            s.dimension, s.group, s.se, s.df, s.n_effective,
            tuple(f"{reason}:{count}" for reason, count in s.excluded), s.command,
        )  # fmt: skip


SCORES = Table(
    "scores",
    "Scores: one row per published number",
    columns(
        measure="Which number: trust_mean, trust_agree_share and so on; each has a method page.",
        level="What it is about: survey, service, provider, agency or government.",
        subject="Key of the survey, service, provider or agency; 'all' for the government.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        pool="Comparability pool; numbers of different pools must not be compared.",
        value="The number: shares and rates from 0 to 1, means from 1 to 5.",
        low="Lower end of the 95 % interval.",
        high="Upper end of the 95 % interval.",
        n="Answers, or people, behind the number.",
        numerator="What is counted, where the number is a share or a rate.",
        numerator_name="What the numerator counts.",
        denominator="What it is counted of.",
        denominator_name="What the denominator counts.",
        n_surveys="How many surveys were pooled.",
        method="Name of the method.",
        method_version="Version of the method; numbers of different versions are not joined.",
        flags="Cautions, separated by '; '.",
        reason="Why there is no value or no interval.",
        inputs_sha256="Hash of the inputs: equal inputs and method give equal numbers.",
        dimension="What divides the people, such as channel; 'all' where the number is about everybody.",
        group="Which of those people; 'all' where it is everybody.",
        se="Standard error of the value; empty where none can be computed.",
        df="Degrees of freedom, where the interval is made with Student's t.",
        n_effective="How many answers of equal weight would tell as much; empty where weights are equal.",
        excluded="Surveys of the subject left out, as 'reason:count' separated by '; '.",
        command="The command that computes the number again and changes nothing.",
    ),
    _score_rows,
)


def _survey_rows(content: Content) -> Iterator[Row]:
    for s in content.surveys:
        kinds = tuple(sorted({f.kind for f in s.findings}))
        yield (
            s.key, s.service_key, s.provider_key, s.quarter, s.channel, s.name, s.timing,
            s.customers_count, s.offered_count, s.respondents_count, s.rating, s.variant,
            kinds, s.file_sha256,
            why_empty(s.customers_count, s.customers_reason),
            why_empty(s.offered_count, s.offered_reason),
            why_empty(s.respondents_count, s.respondents_reason),
        )  # fmt: skip


SURVEYS = Table(
    "surveys",
    "Reported surveys: one row per survey and quarter",
    columns(
        survey="Key of the survey in this quarter.",
        service="Key of the service.",
        provider="Key of the provider that reported it.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        channel="How people were asked; empty where not reported.",
        name="What was surveyed, as the agency calls it.",
        timing="Whether people were asked after a transaction: a class, see the glossary.",
        customers_count="Customers served in the quarter; empty where not reported.",
        offered_count="Customers offered the survey; empty where not reported.",
        respondents_count="People who answered, as the agency reported; empty where not reported or too few.",
        rating="The central review's verdict on the report: TRUE, PARTIAL or FALSE.",
        variant="1, or higher where a second value came for the same key.",
        findings="Kinds of oddities found, separated by '; '.",
        file_sha256="Hash of the published file it was read from; for archived answers, of its answers.",
        customers_count_reason="Why customers_count is empty, as a code.",
        offered_count_reason="Why offered_count is empty, as a code.",
        respondents_count_reason="Why respondents_count is empty, as a code.",
    ),
    _survey_rows,
)


def _answer_rows(content: Content) -> Iterator[Row]:
    for s in content.surveys:
        for q in s.questions:
            counts: Row = q.counts if q.counts is not None else (None,) * 5
            yield (
                s.key,
                s.quarter,
                q.question,
                q.wording_class,
                q.scale,
                *counts,
                q.published_mean,
                q.reason,
            )


ANSWERS = Table(
    "answers",
    "Answers: one row per reported survey and question",
    columns(
        survey="Key of the survey in this quarter.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        question="Which question: satisfaction, trust, effectiveness and so on.",
        wording_class="Class of the wording asked; see the glossary.",
        scale="Scale on which it was asked; see the glossary.",
        n1="Answers 1: strongly disagree; on the scale thumbs, down; on ticked, shown and not ticked.",
        n2="Answers 2: disagree; on the scale thumbs, up; on ticked, ticked.",
        n3="Answers 3: neither.",
        n4="Answers 4: agree.",
        n5="Answers 5: strongly agree.",
        published_mean="The mean that the source printed, two decimals; empty where it printed none.",
        reason="Why the counts are not shown.",
    ),
    _answer_rows,
)


def _finding_rows(content: Content) -> Iterator[Row]:
    for s in content.surveys:
        for f in s.findings:
            held_back = None if f.message is not None else HELD_BACK
            yield (s.key, s.quarter, f.kind, f.column, f.message, held_back)


FINDINGS = Table(
    "findings",
    "Findings: one row per oddity of a reported survey",
    columns(
        survey="Key of the survey in this quarter.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        kind="Kind of oddity.",
        column="Column of the published file.",
        message="What is odd; empty where it would give a suppressed figure away.",
        message_reason="Why message is empty, as a code.",
    ),
    _finding_rows,
)

EXCLUSIONS = Table(
    "exclusions",
    "Exclusions: one row per survey and question left out of a figure",
    columns(
        survey="Key of the survey in this quarter.",
        service="Key of the service.",
        provider="Key of the provider.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        scope="What it is left out of: pools or rollups.",
        reason="Reason as a code.",
        explanation="Reason in words.",
        question="Which question's answers are left out.",
    ),
    lambda content: (
        (e.survey, e.service, e.provider, e.quarter, e.scope, e.reason, e.explanation, e.question)
        for e in content.exclusions
    ),
)

BANDS = Table(
    "bands",
    "Bands: one row per service and quarter: the range in which its share lies unless it left the level "
    "of its first year",
    columns(
        level="What it is about: service.",
        subject="Key of the service.",
        pool="Comparability pool of the share.",
        measure="Which number the band is of: trust_agree_share.",
        quarter="Fiscal quarter, as FY2021-Q2.",
        centre="The share of the four quarters that set the band, together.",
        low="Lower end of the band: three standard errors below the centre.",
        high="Upper end of the band.",
        spread="By how much more than chance those quarters moved, 1 at least; errors are widened by it.",
        sets_the_band="Whether the quarter is one of those that set the band.",
        outside="Whether the share lies above or below the band; empty where within, or where it sets it.",
        reason="Why there is no band, in a row for the first quarter of such a series.",
        method_version="Version of the method of control charts.",
    ),
    lambda content: (
        (
            b.level, b.subject, b.pool, b.measure, b.quarter, b.centre, b.low, b.high, b.spread,
            b.sets_the_band, b.outside, b.reason, b.method_version,
        )
        for b in content.bands
    ),
)  # fmt: skip
