"""What other parts may know of quarterly rounds. Accounts are not among it: the public knows seats."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ConfirmationFact:
    """One thing that was asked in a round. `word` is confirmed, being read, awaited or not confirmed.

    `answered_on` is the day of the first answer, which says whether it was `late`; `confirmed_on` the day of
    the answer that was approved.
    """

    about: str  # milestone, project, commitment, success_measure
    record: str
    seat_key: str | None
    word: str
    answered_on: str | None
    late: bool | None
    confirmed_on: str | None


@dataclass(frozen=True)
class PublicRoundFact:
    """One quarterly round, as it stood on the day of a release."""

    quarter: str
    opened_on: str
    due: str
    closed_on: str | None
    confirmations: tuple[ConfirmationFact, ...]


@dataclass(frozen=True)
class AnswerableFact:
    """The seat that stands behind one thing that was promised."""

    about: str
    record: str
    seat_key: str
