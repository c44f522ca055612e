"""Take apart what the Touchpoints API gives for a form: a JSON:API document, or an older, plainer one."""

from dataclasses import dataclass
from typing import Any

from hearback.collect.instruments.formats.format import FileNotRead
from hearback.collect.instruments.formats.json_files import json_of

Fields = dict[str, Any]


@dataclass(frozen=True)
class Document:
    """A form's own fields, its questions in order with their `question_options`, and how many responses."""

    form: Fields
    questions: list[Fields]
    n_responses: int


def is_form(found: Any) -> bool:
    """Say whether JSON is a form of Touchpoints."""
    if not isinstance(found, dict):
        return False
    data = found.get("data")
    if isinstance(data, dict):
        return data.get("type") == "forms"
    return isinstance(found.get("form"), dict) or ("questions" in found and "kind" in found)


def document_of(data: bytes) -> Document:
    """Read the answer of the API.

    Raises:
        FileNotRead: if it is not JSON, or no form.
    """
    found = json_of(data)
    if not is_form(found):
        raise FileNotRead("it is JSON, but no form as the Touchpoints API gives it: data of the type forms")
    if "data" in found:
        return _json_api(found)
    form = found.get("form", found)
    questions = form.get("questions", found.get("questions", []))
    own = {name: value for name, value in form.items() if name not in {"questions", "form", "responses"}}
    return Document(own, _in_order(_objects(questions)), len(_objects(found.get("responses", []))))


def _json_api(found: Fields) -> Document:
    included = {(one.get("type"), str(one.get("id"))): one for one in _objects(found.get("included", []))}
    resource = found["data"]
    questions = [_resolved(one, included) for one in _related(resource, "questions")]
    n_responses = len(_related(resource, "submissions"))
    return Document(
        {"id": resource.get("id"), **_object(resource.get("attributes"))}, _in_order(questions), n_responses
    )


def _resolved(reference: Fields, included: dict[Any, Fields]) -> Fields:
    """Give the fields of a resource: those that stand there, or those of the included one it refers to."""
    whole = included.get((reference.get("type"), str(reference.get("id"))), reference)
    fields = _object(whole["attributes"]) if "attributes" in whole else whole
    options = [_resolved(one, included) for one in _related(whole, "question_options")]
    own = {name: value for name, value in fields.items() if name not in {"relationships", "type"}}
    return {"question_options": options, **own} if options else own


def _related(resource: Fields, name: str) -> list[Fields]:
    relation = _object(_object(resource.get("relationships")).get(name))
    return _objects(relation.get("data") or [])


def _in_order(questions: list[Fields]) -> list[Fields]:
    def position(question: Fields) -> float:
        found = question.get("position")
        return float(found) if isinstance(found, int | float) else float("inf")

    return sorted(questions, key=position)


def _object(value: Any) -> Fields:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Fields]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise FileNotRead("questions, or what belongs to them, are no list of objects")
    return value
