"""Read the expressions of other formats into a tree: comparisons, calls, and, or, not.

Both XPath, as XLSForm writes it, and the expressions of SurveyJS are read by one grammar; a `Dialect` says
how each writes names and operators.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn


class NotUnderstood(Exception):
    """An expression says something that a condition cannot; the message says what."""


@dataclass(frozen=True)
class Name:
    """The answer to a question."""

    name: str


@dataclass(frozen=True)
class Value:
    """A text, number, truth value or list of them."""

    value: str | float | bool | tuple["Value", ...]


@dataclass(frozen=True)
class Call:
    """A function or operator with what it is applied to; `and`, `or` and `not` are such, and `=`."""

    function: str
    arguments: tuple["Node", ...]


Node = Name | Value | Call


@dataclass(frozen=True)
class Dialect:
    """How a format writes expressions.

    Attributes:
        token: groups name, text, number and word; anything else is an operator.
        words: what words and signs mean: and, or, not, true, false, and comparisons.
        after: comparisons that have nothing on their right.
    """

    token: re.Pattern[str]
    words: Mapping[str, str]
    after: frozenset[str] = frozenset()


COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
XPATH = Dialect(
    re.compile(
        r"\s*(?:\$\{(?P<name>[^}]*)\}|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?(?:\d+\.?\d*|\.\d+))"
        r"|(?P<word>[A-Za-z_][\w\-:]*)|(?P<sign>!=|<=|>=|[=<>(),.+*|/\[\]\-]))"
    ),
    {**{sign: sign for sign in COMPARISONS}, "and": "and", "or": "or"},
)
SURVEYJS = Dialect(
    re.compile(
        r"\s*(?:\{(?P<name>[^}]*)\}|(?P<text>'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
        r"|(?P<number>-?(?:\d+\.?\d*|\.\d+)(?![\w-]))|(?P<word>[A-Za-z_][\w]*)"
        r"|(?P<sign>==|!=|<>|<=|>=|&&|\|\||\*=|[=<>(),!+*/%^\[\]\-]))"
    ),
    {
        **{sign: sign for sign in COMPARISONS},
        "==": "=", "equal": "=", "<>": "!=", "notequal": "!=", "greater": ">", "less": "<",
        "greaterorequal": ">=", "lessorequal": "<=", "&&": "and", "and": "and", "||": "or", "or": "or",
        "!": "not", "negate": "not", "contains": "contains", "contain": "contains", "*=": "contains",
        "notcontains": "notcontains", "notcontain": "notcontains", "anyof": "anyof", "noneof": "noneof",
        "allof": "allof", "empty": "empty", "notempty": "notempty", "true": "true", "false": "false",
    },
    after=frozenset({"empty", "notempty"}),
)  # fmt: skip
DEEPEST = 50


def parse(text: str, dialect: Dialect) -> Node:
    """Read an expression.

    Raises:
        NotUnderstood: if it is not written as the dialect has it, or uses arithmetic.
    """
    reader = _Reader(_tokens(text, dialect), dialect)
    node = reader.disjunction()
    if reader.kind:
        reader.give_up()
    return node


def _tokens(text: str, dialect: Dialect) -> list[tuple[str, str]]:
    found, place = [], 0
    while text[place:].strip():
        match = dialect.token.match(text, place)
        if match is None:
            raise NotUnderstood(f"{text[place:].strip()[:20]!r} is not understood")
        kind = match.lastgroup or ""
        found.append((kind, match[kind]))
        place = match.end()
    return [*found, ("", "")]


class _Reader:
    """Reads by recursive descent: or, and, not, comparison, then what is compared."""

    def __init__(self, tokens: list[tuple[str, str]], dialect: Dialect) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0
        self._dialect = dialect

    @property
    def kind(self) -> str:
        return self._tokens[self._place][0]

    @property
    def means(self) -> str:
        """Say what the next word or sign means; itself, where it means nothing special."""
        kind, text = self._tokens[self._place]
        if kind not in {"word", "sign"}:
            return ""
        return self._dialect.words.get(text.lower() if kind == "word" else text, text)

    def give_up(self) -> NoReturn:
        """Refuse what stands here."""
        raise NotUnderstood(f"{self._tokens[self._place][1] or 'the end'!r} is not expected there")

    def take(self) -> str:
        """Go on to the next token; gives the one that stood there."""
        text = self._tokens[self._place][1]
        self._place += 1
        return text

    def expect(self, sign: str) -> None:
        if self.means != sign:
            self.give_up()
        self.take()

    def disjunction(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotUnderstood("it is nested too deeply")
        parts = [self.conjunction()]
        while self.means == "or":
            self.take()
            parts.append(self.conjunction())
        self._depth -= 1
        return parts[0] if len(parts) == 1 else Call("or", tuple(parts))

    def conjunction(self) -> Node:
        parts = [self.comparison()]
        while self.means == "and":
            self.take()
            parts.append(self.comparison())
        return parts[0] if len(parts) == 1 else Call("and", tuple(parts))

    def comparison(self) -> Node:
        left = self.operand()
        operator = self.means
        if operator in self._dialect.after:
            self.take()
            return Call(operator, (left,))
        if operator in COMPARISONS | {"contains", "notcontains", "anyof", "noneof", "allof"}:
            self.take()
            return Call(operator, (left, self.operand()))
        return left

    def operand(self) -> Node:
        if self.kind == "name":
            return Name(self.take().strip())
        if self.kind == "text":
            return Value(_unescaped(self.take()))
        if self.kind == "number":
            return Value(float(self.take()))
        if self.means in {"(", "[", "not", "."}:
            return self._bracketed()
        if self.kind == "word":
            return self._word()
        self.give_up()

    def _bracketed(self) -> Node:
        opening = self.means
        self.take()
        if opening == ".":
            return Name(".")
        if opening == "not":
            self._depth += 1
            if self._depth > DEEPEST:
                raise NotUnderstood("it is nested too deeply")
            return Call("not", (self.operand(),))
        if opening == "[":
            return Value(tuple(part for part in self._until("]") if isinstance(part, Value)))
        inner = self.disjunction()
        self.expect(")")
        return inner

    def _word(self) -> Node:
        meaning = self.means
        if meaning in {"true", "false"} and self._tokens[self._place + 1][1] != "(":
            self.take()
            return Value(meaning == "true")
        if self._tokens[self._place + 1][1] != "(":
            self.give_up()
        function = self.take()
        self.take()
        return Call(function, self._until(")"))

    def _until(self, closing: str) -> tuple[Node, ...]:
        found: list[Node] = []
        while self.means != closing:
            found.append(self.disjunction())
            if self.means != closing:
                self.expect(",")
        self.take()
        return tuple(found)


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if "\\" in text else text[1:-1]
