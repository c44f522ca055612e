"""Look a row over: everything in it that contradicts itself or needs a word of caution."""

from collections.abc import Iterator
from itertools import combinations

from hearback.collect.parsed import Oddity, ParsedQuestion, ParsedRow
from hearback.collect.rules import (
    CHANNELS,
    COMPARABLE_TRUST,
    ENOUGH_FOR_EMPTY_BOXES,
    ENOUGH_FOR_SAME_COUNTS,
    STANDARD_QUESTIONS,
    are_single_numbers,
    looks_like_percentages,
)
from hearback.stats import mean_as_printed


def oddities(row: ParsedRow, names: dict[str, str], *, has_means: bool) -> list[Oddity]:
    """List what is odd about a row, in the order of its columns as far as it goes.

    `names` says what the file calls channel, customers, offered, respondents, rating, timing.
    """
    found = list(row.oddities)
    found += _channel(row, names)
    found += _volumes(row, names)
    found += _reporting(row, names)
    for question in row.questions:
        found += _wording(question)
        found += _mean(question, has_means=has_means)
        found += _boxes(question, row.respondents_count)
    found += _answers(row)
    found += _no_counts(row)
    return found


def _channel(row: ParsedRow, names: dict[str, str]) -> Iterator[Oddity]:
    if row.channel is None:
        yield Oddity("channel_missing", names["channel"], "No channel is given.")
    elif row.channel not in CHANNELS:
        yield Oddity(
            "channel_unknown", names["channel"], f"{row.channel!r} is no channel of the list; it is kept."
        )
    if row.timing == "periodic":
        yield Oddity(
            "timing_periodic", names["timing"], "People were asked at set times, not after a transaction."
        )
    elif row.timing == "unknown":
        yield Oddity("timing_unknown", names["timing"], "Nothing says when people were asked.")


def _volumes(row: ParsedRow, names: dict[str, str]) -> Iterator[Oddity]:
    customers, offered, respondents = row.customers_count, row.offered_count, row.respondents_count
    for name, number in (("customers", customers), ("offered", offered), ("respondents", respondents)):
        if row.reported(number) is None:
            written = "; the file writes 0 for that too" if number == 0 else ""
            yield Oddity(
                "volume_not_reported", names[name], f"The number of {name} is not reported{written}."
            )
    if _more(offered, customers):
        message = f"{offered:,} people were offered the survey; {_of(customers)} customers are reported."
        yield Oddity("more_offered_than_customers", names["offered"], message)
    if _more(respondents, offered):
        message = (
            f"{respondents:,} people answered; {_of(offered)} are reported to have been offered the survey."
        )
        yield Oddity("more_respondents_than_offered", names["respondents"], message)
    if _more(respondents, customers):
        message = f"{respondents:,} people answered; {_of(customers)} customers are reported."
        yield Oddity("more_respondents_than_customers", names["respondents"], message)


def _more(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _of(whole: int | None) -> str:
    return f"{whole:,}" if whole else "0 (or none)"


def _reporting(row: ParsedRow, names: dict[str, str]) -> Iterator[Oddity]:
    if row.rating == "PARTIAL":
        yield Oddity("reporting_partial", names["rating"], "The agency reported in part.")
    elif row.rating == "FALSE":
        yield Oddity("reporting_false", names["rating"], "The agency did not report as required.")


def _wording(question: ParsedQuestion) -> Iterator[Oddity]:
    code, column = question.code, question.column
    if question.wording_class == "not_asked":
        if code in STANDARD_QUESTIONS:
            yield Oddity("question_not_asked", column, f"The {code} question was not asked.")
        return
    if question.wording_class == "unknown" and any(question.counts):
        message = f"Answers to the {code} question are counted, but its words are not given."
        yield Oddity("answers_without_wording", column, message)
    elif code == "trust" and question.wording_class not in COMPARABLE_TRUST:
        message = f"The trust question is of the class {question.wording_class}; it cannot be compared."
        yield Oddity("question_not_comparable", column, message)
    if question.scale not in {"five_point", "unknown"}:
        message = (
            f"The {code} question was answered on another scale ({question.scale}) and put into five boxes."
        )
        yield Oddity("scale_not_five_point", column, message)


def _mean(question: ParsedQuestion, *, has_means: bool) -> Iterator[Oddity]:
    published = question.mean
    if published is None:
        if has_means and any(question.counts):
            yield Oddity(
                "counts_without_mean", question.mean_column, f"No mean is published for {question.code}."
            )
        return
    exact = mean_as_printed(question.counts, published)
    if exact is None:
        message = f"The mean {published} is published for {question.code}, but no answer is counted."
        yield Oddity("mean_without_counts", question.mean_column, message)
    elif exact != published:
        message = f"The published mean of {question.code} is {published}; the counts give {exact}."
        yield Oddity("mean_disagrees", question.mean_column, message)


def _boxes(question: ParsedQuestion, respondents: int | None) -> Iterator[Oddity]:
    answers = sum(question.counts)
    if respondents is not None and answers > respondents:
        message = (
            f"{answers:,} answers to the {question.code} question; {_of(respondents)} respondents reported."
        )
        yield Oddity("more_answers_than_respondents", question.counts_column, message)
    empty = [str(box) for box, n in enumerate(question.counts, start=1) if n == 0]
    if answers >= ENOUGH_FOR_EMPTY_BOXES and len(empty) >= 2:
        message = f"Nobody of {answers:,} chose {', '.join(empty)} at the {question.code} question."
        yield Oddity("boxes_unused", question.counts_column, message)


def _no_counts(row: ParsedRow) -> Iterator[Oddity]:
    respondents, boxes = row.respondents_count, [question.counts for question in row.questions]
    column = next((question.counts_column for question in row.questions if any(question.counts)), None)
    if looks_like_percentages(boxes, respondents):
        message = f"Every question adds up to about 100; {_of(respondents)} people answered."
        yield Oddity("counts_look_like_percentages", column, message)
    if are_single_numbers(boxes, respondents):
        message = f"Every question has one box filled and few answers; {_of(respondents)} people answered."
        yield Oddity("counts_are_single_numbers", column, message)


def _answers(row: ParsedRow) -> Iterator[Oddity]:
    asked = [question for question in row.questions if question.wording_class != "not_asked"]
    if not any(any(question.counts) for question in row.questions):
        yield Oddity("no_answer_counts", None, "No answer to any question is counted.")
    else:
        for question in asked:
            if not any(question.counts):
                message = f"No answer to the {question.code} question is counted."
                yield Oddity("no_answer_counts", question.counts_column, message)
    for one, other in combinations(asked, 2):
        if one.counts == other.counts and sum(one.counts) >= ENOUGH_FOR_SAME_COUNTS:
            message = f"{one.code} and {other.code} have the same five counts {one.counts}."
            yield Oddity("identical_distributions", other.counts_column, message)
