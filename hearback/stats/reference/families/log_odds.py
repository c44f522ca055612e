"""Words that mark low-score comments against Monroe, Colaresi and Quinn's formulas in R."""

from typing import Any

from hearback.stats.reference.case import Case, labels
from hearback.stats.reference.sample import filtered
from hearback.stats.text import MarkedWord, MarkedWords, Prior, marking_words

NAMES = {"group": ("group", "score_group"), "comment": ("comment", "text")}


def compute(case: Case) -> Any:
    """Compare the two groups under both priors."""
    first, second = case.parameters.get("groups") or ("low", "high")
    informative = _words(case, Prior(case.parameter("prior_total")), first, second)
    alpha = case.parameters.get("uniform_alpha")
    uniform = None if alpha is None else _words(case, Prior(alpha, "uniform"), first, second)
    return {
        f"tokens_{first}": informative.tokens_first,
        f"tokens_{second}": informative.tokens_second,
        "informative": [_row(word, first, second) for word in informative.words],
        "uniform": uniform and [_row(word, first, second) for word in uniform.words],
        f"top5_{first}": [word.word for word in informative.marking_first()[:5]],
        f"top5_{second}": [word.word for word in informative.marking_second()[:5]],
    }


def _words(case: Case, prior: Prior, first: str, second: str) -> MarkedWords:
    rows = filtered(case)
    comments, groups = labels(rows, _column(case, "comment")), labels(rows, _column(case, "group"))
    return marking_words(comments, groups, first, second, prior=prior, alphabet="a-z")


def _column(case: Case, what: str) -> str:
    """Find a column: by the case's parameter, else by its usual names."""
    usual = next((name for name in NAMES[what] if case.rows and name in case.rows[0]), what)
    return str(case.parameters.get(f"{what}_column") or usual)


def _row(word: MarkedWord, first: str, second: str) -> dict[str, Any]:
    return {
        "word": word.word,
        first: word.n_first,
        second: word.n_second,
        "log_odds": word.log_odds,
        "variance": word.variance,
        "z": word.z,
    }
