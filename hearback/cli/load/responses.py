"""Responses to the thumbs form made up for measuring: who is content, what drove it, and a comment."""

import random
from collections.abc import Iterator
from typing import Any

import msgspec

POSITIVE = ("effectiveness", "ease", "efficiency", "transparency", "humanity", "employee", "other")
SENTENCES = (
    "The form was easy to fill in and I had an answer within two days.",
    "I waited 45 minutes on the phone before anybody picked up.",
    "Nobody could tell me why my application from 3/14 was sent back.",
    "The website said one thing and the office said another.",
    "The lady at the desk was patient and explained every step to my mother.",
    "I had to upload the same document three times, 2.5 MB each.",
    "It took 6 weeks, which is longer than the 10 days that were promised.",
    "Please make the buttons bigger, I could not read them on my phone!",
    "All good, thank you.",
    "I still do not know what happens next...",
    "Why do you ask for a fax number in this day and age?",
    "My case was closed without a reason and I had to start over from the beginning.",
)
PERSONAL = (
    "Call me at (202) 555-0143 about it.",
    "You can reach me at j.doe@example.org if you need more.",
    "My number is 219-09-9999 if that helps.",
)
SHARE_WITH_COMMENT, SHARE_PERSONAL = 0.6, 0.05
"""Assumed: more comments and more personal data in them than published comments show."""
KEY = b"0" * 20
"""Stands where each message gets its own key."""


def messages(n: int, seed: int) -> list[bytes]:
    """Make so many messages as people send them, each with `KEY` once."""
    return list(_messages(n, random.Random(seed)))  # noqa: S311 - repeatable on purpose


def _messages(n: int, dice: random.Random) -> Iterator[bytes]:
    for _ in range(n):
        is_content = dice.random() < 0.7
        drivers = dice.sample(POSITIVE, k=dice.randint(0, 3))
        side = "positive" if is_content else "negative"
        answers: dict[str, Any] = {"trust": "1" if is_content else "0", side: drivers}
        if "other" in drivers:
            answers[f"{side}.text"] = dice.choice(SENTENCES)
        if dice.random() < SHARE_WITH_COMMENT:
            answers["comment"] = _comment(dice)
        yield msgspec.json.encode(
            {"key": KEY.decode(), "language": dice.choice(("en", "en", "en", "es")), "answers": answers}
        )


def _comment(dice: random.Random) -> str:
    sentences = dice.sample(SENTENCES, k=dice.randint(1, 4))
    if dice.random() < SHARE_PERSONAL:
        sentences.append(dice.choice(PERSONAL))
    return " ".join(sentences)
