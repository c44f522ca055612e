"""What goes into the API and comes out of it."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, JsonValue, WithJsonSchema

from hearback.collect.api.parameters import Channel, text_up_to

ONE_ANSWER = {
    "anyOf": [
        {"type": "string"},
        {"type": "number"},
        {"type": "array", "items": {"type": "string"}},
        {"type": "null"},
    ]
}
ONE_RESPONSE: dict[str, JsonValue] = {
    "answers": {
        "trust": "1",
        "positive": ["ease", "other"],
        "positive.text": "the form",
        "comment": "Thanks",
    },
    "language": "en",
    "channel": "website",
    "place": "front desk",
}
Answers = Annotated[
    dict[str, Any],
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": ONE_ANSWER,
            "description": "By code of the question: code of a choice, list of codes, number, or text. What "
            "else was meant by a choice stands under the code with `.text` after it.",
        }
    ),
]
Text = Annotated[str, *text_up_to(200)]
Language = Annotated[str, *text_up_to(35)]


class Problem(Schema):
    """What is wrong with one answer, parameter or field, which `question` names."""

    question: str
    kind: str
    message: str
    values: dict[str, str | int]


class Wrong(Schema):
    """What is wrong: `kind` for programs, `message` for people."""

    kind: str
    message: str
    problems: list[Problem]


class Error(Schema):
    """The shape of every error."""

    error: Wrong


class FormSummary(Schema):
    """A form. `version` is the one that people are asked; null before the first is published."""

    key: str
    service: str
    provider: str
    agency: str
    state: str
    version: int | None
    languages: list[str]
    page: str


class Forms(Schema):
    """Forms in the order of their keys. `next`, sent as `after`, gives more; null if these are all."""

    forms: list[FormSummary]
    next: str | None


class VersionSummary(Schema):
    """A version of a form: draft, in_review or published."""

    number: int
    state: str
    changed_at: datetime
    published_at: datetime | None


class Form(FormSummary):
    """A form with its versions. `retention_days` is null until it is decided how long to keep responses."""

    retention_days: int | None
    versions: list[VersionSummary]


class Version(VersionSummary):
    """A version of a form with what it asks, and which version each of its questions is."""

    form: str
    question_versions: dict[str, int]
    instrument: dict[str, Any]


class Response(Schema):
    """What one person answered, as it is stored: masked. A later one has a higher number."""

    number: int
    key: str
    version: int
    at: datetime
    language: str
    channel: str
    place: str
    campaign: str
    answers: Answers
    not_shown: list[str]
    masked: dict[str, int]


class Responses(Schema):
    """Responses by number. `next`, sent as `after`, gives more; null if there are none now."""

    responses: list[Response]
    next: int | None


class NewResponse(Schema):
    """A response to be stored: the answers, the language they were asked in, and where."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [ONE_RESPONSE]})

    answers: Answers
    language: Language
    channel: Channel
    place: Text = ""
    campaign: Text = ""


class Acknowledgement(Schema):
    """The response is on disk, under this key. `masked` counts the personal data taken out, by kind."""

    form: str
    key: str
    version: int
    masked: dict[str, int]
