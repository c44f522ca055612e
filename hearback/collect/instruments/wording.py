"""Change the words of an instrument, and which languages it has; another instrument comes back."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from hearback.collect.instruments.definition import Clearance, Instrument, Question, Words

Change = Callable[[str, Words], Words]
"""Gives other words for those that stand at a place."""


def set_texts(instrument: Instrument, language: str, texts: Mapping[str, str]) -> Instrument:
    """Put texts in a language, each by the place where it stands; a blank one takes out what is there."""

    def put(where: str, words: Words) -> Words:
        return words if where not in texts else with_words(words, language, texts[where])

    return _changed(instrument, put)


def add_language(instrument: Instrument, language: str) -> Instrument:
    """Add a language, as yet without words."""
    if language in instrument.languages:
        return instrument
    return replace(instrument, languages=(*instrument.languages, language))


def remove_language(instrument: Instrument, language: str) -> Instrument:
    """Take out a language with all its words."""
    left = tuple(one for one in instrument.languages if one != language)
    return replace(_changed(instrument, lambda _, words: with_words(words, language, "")), languages=left)


def with_words(words: Words, language: str, text: str) -> Words:
    """Give words with a text in one language; blank takes it out."""
    if text.strip():
        return {**words, language: text}
    return {name: one for name, one in words.items() if name != language}


def _changed(instrument: Instrument, change: Change) -> Instrument:
    pages = [
        replace(
            page,
            title=change(f"pages.{number}.title", page.title),
            questions=tuple(_question(question, change) for question in page.questions),
        )
        for number, page in enumerate(instrument.pages, start=1)
    ]
    return replace(
        instrument,
        title=change("title", instrument.title),
        introduction=change("introduction", instrument.introduction),
        thanks=change("thanks", instrument.thanks),
        clearance=_clearance(instrument.clearance, change),
        pages=tuple(pages),
    )


def _clearance(clearance: Clearance | None, change: Change) -> Clearance | None:
    if clearance is None:
        return None
    return replace(clearance, statement=change("clearance.statement", clearance.statement))


def _question(question: Question, change: Change) -> Question:
    where = f"questions.{question.code}"
    choices = [
        replace(one, words=change(f"{where}.choices.{one.code}", one.words)) for one in question.choices
    ]
    return replace(
        question,
        words=change(f"{where}.words", question.words),
        help=change(f"{where}.help", question.help),
        choices=tuple(choices),
    )
