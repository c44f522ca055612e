"""What the whole numbers of the archive stand for. Codes are only ever added; none changes its meaning."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
UNKNOWN = "unknown"
RESERVED = frozenset({"all", "channel", "language"})
"""Names that no group can have: everybody, and what the context of an answer says already."""
MOST_LEVELS = 120

HIGHEST_OF_SCALE = {"five_point": 5, "thumbs": 2, "yes_no": 2, "ticked": 2}
"""Scales on which single persons answer, and the highest answer of each; the lowest is 1."""


class CodeNotValid(ValueError):
    """A name cannot be used in the archive, or a code book cannot be read; the message says which."""


class CodesOutdated(CodeNotValid):
    """Another program archived answers since the code book was read."""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of a question: its code, its words, and how answers to it may be compared.

    `scale` is `five_point` (1 to 5), `thumbs` (1 down, 2 up), `yes_no` (1 no, 2 yes) or `ticked` (1 offered,
    2 ticked). `shown_when` names the question and the answer that opened the branch: `("trust", 1)` for a
    driver asked after thumbs down.
    """

    question: str
    version: int = 1
    wording: str = ""
    wording_class: str = UNKNOWN
    scale: str = "five_point"
    shown_when: tuple[str, int] | None = None


class Form(msgspec.Struct, frozen=True, omit_defaults=True):
    """One version of a survey: which service it is about, what it asks, whether its answers are weighted."""

    survey: str
    service: str
    provider: str
    items: tuple[Item, ...]
    groups: tuple[str, ...] = ()
    version: int = 1
    name: str = ""
    timing: str = UNKNOWN
    weighted: bool = False
    sample_type: str = UNKNOWN

    def item(self, question: str) -> Item | None:
        """Give the version of a question that the form asks; None where it does not ask it."""
        return next((item for item in self.items if item.question == question), None)


@dataclass
class CodeBook:
    """Forms, contexts and group levels by code. A context is one form in one channel and one language.

    Context codes start at 0. Level codes of a group (`age_band`: `18-34`, ...) start at 1; 0 is not known.
    """

    forms: list[Form] = field(default_factory=list)
    contexts: list[tuple[int, str, str]] = field(default_factory=list)
    groups: dict[str, list[str]] = field(default_factory=dict)
    next_number: int = 0

    def __post_init__(self) -> None:
        self._forms = {form: code for code, form in enumerate(self.forms)}
        self._versions = {(form.survey, form.version) for form in self.forms}
        self._contexts = {context: code for code, context in enumerate(self.contexts)}

    def context(self, form: Form, channel: str, language: str) -> int:
        """Give the code of a form in a channel and a language, adding it, and its groups, where it is new.

        Raises:
            CodeNotValid: if the form asks nothing, asks a question twice, has a name or a scale that cannot
                be used, or differs from what stands under its survey and version.
        """
        context = (self._form(form), channel, language)
        if context not in self._contexts:
            self._contexts[context] = len(self.contexts)
            self.contexts.append(context)
        return self._contexts[context]

    def level(self, group: str, level: str) -> int:
        """Give the code of a level of a group, adding it where it is new.

        Raises:
            CodeNotValid: if the group's name cannot be used, the level means that none is known, or there
                are too many levels for a group.
        """
        check_name(group, "group")
        if level == UNKNOWN:
            raise CodeNotValid(
                f"{UNKNOWN!r} is no level of {group}; leave the level of a person blank instead"
            )
        levels = self.groups.setdefault(group, [])
        if level not in levels:
            if len(levels) >= MOST_LEVELS:
                raise CodeNotValid(
                    f"group {group} has more than {MOST_LEVELS} levels; put near ones together first"
                )
            levels.append(level)
        return levels.index(level) + 1

    def form_of(self, context: int) -> Form:
        """Give the form of a context."""
        return self.forms[self.contexts[context][0]]

    def questions(self) -> list[str]:
        """Name every question of any form, in the order in which they came."""
        return list(dict.fromkeys(item.question for form in self.forms for item in form.items))

    def continues(self, earlier: "CodeBook") -> bool:
        """Say whether every code of an earlier book means the same in this one."""
        return (
            self.forms[: len(earlier.forms)] == earlier.forms
            and self.contexts[: len(earlier.contexts)] == earlier.contexts
            and list(self.groups)[: len(earlier.groups)] == list(earlier.groups)
            and all(self.groups[name][: len(levels)] == levels for name, levels in earlier.groups.items())
        )

    def _form(self, form: Form) -> int:
        if form not in self._forms:
            _check_form(form)
            if (form.survey, form.version) in self._versions:
                raise CodeNotValid(
                    f"survey {form.survey} version {form.version} is archived with other questions or words; "
                    "give the changed form a new version"
                )
            self._forms[form] = len(self.forms)
            self._versions.add((form.survey, form.version))
            self.forms.append(form)
            for group in form.groups:
                self.groups.setdefault(group, [])
        return self._forms[form]


def _check_form(form: Form) -> None:
    asked = [item.question for item in form.items]
    for name, what in (*((one, "question") for one in asked), *((one, "group") for one in form.groups)):
        check_name(name, what)
    if not asked or len(set(asked)) < len(asked):
        raise CodeNotValid(f"survey {form.survey} asks nothing, or one question twice: {', '.join(asked)}")
    if len(set(form.groups)) < len(form.groups):
        raise CodeNotValid(f"survey {form.survey} names one group twice: {', '.join(form.groups)}")
    for item in form.items:
        if item.scale not in HIGHEST_OF_SCALE:
            raise CodeNotValid(
                f"survey {form.survey} asks {item.question} on the scale {item.scale!r}; "
                f"use {', '.join(HIGHEST_OF_SCALE)}"
            )


def check_name(name: str, what: str) -> None:
    """Refuse a name that cannot be a column.

    Raises:
        CodeNotValid: if it is not lower-case letters, digits and underscores, at most 40.

    >>> check_name("age_band", "group")
    """
    if what == "group" and name in RESERVED:
        raise CodeNotValid(f"{name!r} divides people already; give the group another name")
    if not NAME.fullmatch(name):
        raise CodeNotValid(
            f"{name!r} cannot be the name of a {what}; begin with a letter and use lower-case letters, "
            "digits and underscores, at most 40"
        )


class _Written(msgspec.Struct):
    format: str
    forms: list[Form]
    contexts: list[tuple[int, str, str]]
    groups: dict[str, list[str]]
    next_number: int


FORMAT = "hearback-answers-1"


def write_codes(book: CodeBook) -> bytes:
    """Write a code book as JSON that anybody can read beside the Parquet files."""
    written = _Written(FORMAT, book.forms, book.contexts, book.groups, book.next_number)
    return msgspec.json.format(msgspec.json.encode(written), indent=1) + b"\n"


def read_codes(file: Path) -> CodeBook:
    """Read a code book; an archive that has none yet gives an empty one.

    Raises:
        CodeNotValid: if the file is not a code book, or its parts do not fit one another.
    """
    if not file.exists():
        return CodeBook()
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_Written)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        raise CodeNotValid(f"{file} is no code book of an archive: {problem}") from problem
    if found.format != FORMAT:
        raise CodeNotValid(f"{file} has the format {found.format!r}; this version reads {FORMAT!r}")
    try:
        _check_written(found)
    except CodeNotValid as problem:
        raise CodeNotValid(f"{file} was changed by hand: {problem}; restore it from a backup") from problem
    return CodeBook(found.forms, found.contexts, found.groups, found.next_number)


def _check_written(found: _Written) -> None:
    """Refuse what no code book writes. Names become columns of queries, so none may be anything else."""
    for form in found.forms:
        _check_form(form)
        if not set(form.groups) <= set(found.groups):
            raise CodeNotValid(f"survey {form.survey} has a group that is not listed")
    for group, levels in found.groups.items():
        check_name(group, "group")
        if len(set(levels)) < len(levels) or len(levels) > MOST_LEVELS:
            raise CodeNotValid(f"group {group} has a level twice, or more than {MOST_LEVELS}")
    _check_codes(found)


def _check_codes(found: _Written) -> None:
    if len({(form.survey, form.version) for form in found.forms}) < len(found.forms):
        raise CodeNotValid("a version of a survey stands there twice")
    if len(set(found.contexts)) < len(found.contexts):
        raise CodeNotValid("a context stands there twice")
    if any(not 0 <= form < len(found.forms) for form, _, _ in found.contexts):
        raise CodeNotValid("a context is of a form that is not there")
    if found.next_number < 0:
        raise CodeNotValid("the number of the next response is negative")
