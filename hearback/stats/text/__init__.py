"""Words: which of them mark one group of comments against another, and how hard a text is to read."""

from hearback.stats.text.readability import Reading, reading_of, sentences_of
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
    "Reading",
    "marking_words",
    "reading_of",
    "sentences_of",
    "shown_words",
    "tokens",
]
