"""Words of comments: which of them mark one group of comments against another."""

from hearback.stats.text.terms import (
    CommentsNotValid,
    MarkedWord,
    MarkedWords,
    Prior,
    marking_words,
    shown_words,
    tokens,
)

__all__ = [
    "CommentsNotValid",
    "MarkedWord",
    "MarkedWords",
    "Prior",
    "marking_words",
    "shown_words",
    "tokens",
]
