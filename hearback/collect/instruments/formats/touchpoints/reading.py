"""Read a form of Touchpoints as an instrument."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from hearback.collect.instruments.definition import (
    CLOSED,
    Choice,
    Clearance,
    Delivery,
    Instrument,
    Page,
    Question,
    Words,
)
from hearback.collect.instruments.files import ready
from hearback.collect.instruments.formats.building import Building
from hearback.collect.instruments.formats.codes import instrument_key
from hearback.collect.instruments.formats.format import Read
from hearback.collect.instruments.formats.markup import text_of
from hearback.collect.instruments.formats.touchpoints.document import Fields, document_of
from hearback.collect.instruments.formats.touchpoints.kinds import FIELDS, rules
from hearback.collect.instruments.prepared import as_date
from hearback.ui.losses import quoted

LANGUAGE = "en"
TYPES = {
    "text_field": "text", "text_email_field": "email", "text_phone_field": "phone", "textarea": "long_text",
    "rich_textarea": "long_text", "checkbox": "multiple", "radio_buttons": "single", "dropdown": "single",
    "combobox": "single", "states_dropdown": "region", "star_radio_buttons": "rating",
    "big_thumbs_up_down_buttons": "thumbs", "yes_no_buttons": "yes_no", "hidden_field": "hidden",
    "date_select": "date",
}  # fmt: skip
CHANGED = {
    "rich_textarea": ("text with formatting", "it asks for plain text"),
    "combobox": ("a list to search in", "it is a single choice"),
}
SHOWN = frozenset({"text_display", "custom_text_display"})
UP_AND_DOWN = {"thumbs": ("Thumbs up", "Thumbs down"), "yes_no": ("Yes", "No")}
"""Words of the two buttons, which Touchpoints does not let anybody choose."""
_FORM = frozenset(
    {"id", "name", "title", "kind", "instructions", "disclaimer_text", "success_text_heading", "success_text",
     "omb_approval_number", "expiration_date", "department", "agency_poc_email", "start_date", "end_date"}
)  # fmt: skip
_QUESTION = frozenset(
    {"id", "form_id", "text", "question_type", "answer_field", "position", "is_required", "created_at",
     "updated_at", "form_section_id", "character_limit", "help_text", "question_options"}
)  # fmt: skip
_OPTION = frozenset(
    {"id", "question_id", "text", "value", "position", "other_option", "created_at", "updated_at"}
)


def read(data: bytes) -> Read:
    """Read a form.

    Raises:
        FileNotRead: if it is not JSON, or no form of Touchpoints.
    """
    found = document_of(data)
    reader = _Form(found.form)
    if found.n_responses:
        reader.building.losses.add("submissions", f"{found.n_responses} responses", "they are not read here")
    return reader.read(found.questions)


class _Form:
    def __init__(self, form: Fields) -> None:
        self.form = form
        self.building = Building()
        self.kind = str(form.get("kind") or "custom")
        self.section: Any = None

    def read(self, questions: list[Fields]) -> Read:
        building = self.building
        if self.kind not in FIELDS and self.kind != "custom":
            building.losses.add(
                "kind", f"forms of the kind {quoted(self.kind)}", "it is a form like any other"
            )
        building.introduction = self.words("introduction", self.form.get("instructions"))
        clearance = self.clearance()
        for question in questions:
            self.question(question)
        self.show()
        name, title = str(self.form.get("name") or ""), self.words("title", self.form.get("title"))
        key = instrument_key(name or title.get(LANGUAGE, ""))
        if key != name:
            building.losses.add("key", f"the name {quoted(name)} is no key", f"its key is {key}")
        self.administration()
        pages = building.finished_pages() or (Page(),)
        delivery = Delivery(
            steps=len(pages) > 1, opens_at=self.moment("start_date"), closes_at=self.moment("end_date")
        )
        made = Instrument(
            key, title or {LANGUAGE: key}, (LANGUAGE,), pages, introduction=building.introduction,
            thanks=self.thanks(), clearance=clearance, delivery=delivery,
        )  # fmt: skip
        return Read(made, tuple(building.losses))

    def words(self, where: str, value: Any) -> Words:
        """Read a text that may be HTML."""
        if not isinstance(value, str) or not value:
            return {}
        text, had_markup = text_of(value)
        if had_markup:
            self.building.losses.add(where, f"{quoted(value)} is HTML", "its text alone is kept")
        return {LANGUAGE: text} if text else {}

    def thanks(self) -> Words:
        """Read what is said at the end, with its heading."""
        body = self.words("thanks", self.form.get("success_text"))
        title = self.form.get("success_text_heading")
        if not isinstance(title, str) or not title:
            return body
        self.building.losses.add("thanks", f"the heading {quoted(title)}", "it is the first line of the text")
        return {LANGUAGE: "\n".join([title, *body.values()])}

    def clearance(self) -> Clearance | None:
        """Read the permission to ask; how long answering takes is not in the file."""
        number, expires = self.form.get("omb_approval_number"), self.form.get("expiration_date")
        statement = self.words("clearance.statement", self.form.get("disclaimer_text"))
        day = as_date(expires) if isinstance(expires, str) else None
        if not number or day is None:
            if number or expires:
                self.building.losses.add(
                    "clearance", f"{quoted(number or expires)} stands alone", "it is dropped"
                )
            self.building.note("clearance.statement", statement)
            return None
        self.building.losses.add(
            "clearance.burden_minutes",
            "the form does not say how long answering takes",
            "write it before publishing",
        )
        return Clearance(
            control_number=str(number), expires_on=day, burden_minutes=0,
            agency=str(self.form.get("department") or ""),
            contact=str(self.form.get("agency_poc_email") or ""), statement=statement,
        )  # fmt: skip

    def question(self, fields: Fields) -> None:
        """Read one question, on a page of its own where a section begins."""
        building = self.building
        field, kind = str(fields.get("answer_field") or "question"), fields.get("question_type")
        if kind in SHOWN:
            building.note(f"questions.{field}", self.words(f"questions.{field}", fields.get("text")))
            return
        meaning = FIELDS.get(self.kind, {}).get(field)
        code = building.code(meaning.code if meaning else field, f"questions.{field}")
        where = f"questions.{code}"
        ours = TYPES.get(str(kind), "text")
        if kind in CHANGED or kind not in TYPES:
            unknown = (f"a question of type {quoted(kind)}", "it asks for text")
            building.losses.add(f"{where}.type", *CHANGED.get(str(kind), unknown))
        if meaning is not None and meaning.type == "rating" and ours == "single":
            ours = "rating"
        building.rest(where, fields, _QUESTION)
        help_ = fields.get("help_text")
        if self.section is not None and fields.get("form_section_id") != self.section:
            building.start_page()
        self.section = fields.get("form_section_id")
        question = Question(
            code=code,
            type=ours,  # type: ignore[arg-type]
            words=self.words(f"{where}.words", fields.get("text")),
            help={LANGUAGE: help_} if isinstance(help_, str) and help_ else {},
            measure=meaning.measure if meaning else "",
            required=fields.get("is_required") is True and ours != "hidden",
            choices=self.choices(fields, code, ours),
            vocabulary="us_states" if ours == "region" else "",
            max_length=_limit(fields.get("character_limit"), ours),
        )
        building.add(field, question)

    def choices(self, fields: Fields, code: str, kind: str) -> tuple[Choice, ...]:
        """Read what a question offers; buttons that Touchpoints words itself get their words."""
        where = f"questions.{code}.choices"
        if kind in UP_AND_DOWN:
            return tuple(
                Choice(value, {LANGUAGE: text})
                for value, text in zip(("1", "0"), UP_AND_DOWN[kind], strict=True)
            )
        if fields.get("question_type") == "star_radio_buttons":
            return tuple(Choice(str(n), {LANGUAGE: str(n)}) for n in range(1, 6))
        if kind not in CLOSED - {"region"}:
            return ()
        options = fields.get("question_options")
        if not isinstance(options, list) or not options:
            return self.missing(code, where)
        for option in options:
            self.building.rest(where, option, _OPTION)
        options = sorted(options, key=lambda option: option.get("position") or 0)
        return self.building.choices(
            where,
            [
                (
                    str(one.get("value") or ""),
                    {LANGUAGE: str(one.get("text") or "")},
                    one.get("other_option") is True,
                )
                for one in options
            ],
        )[0]

    def missing(self, code: str, where: str) -> tuple[Choice, ...]:
        """Give the standard choices where the file names none, as the API leaves them out."""
        start = "thumbs" if self.kind in {"a11_v2", "a11_v2_radio"} else "seven_questions"
        standard = {question.code: question.choices for question in ready(start).questions}
        if self.kind not in FIELDS or code not in standard or not standard[code]:
            self.building.losses.add(
                where, "the file does not name the choices", "write them before publishing"
            )
            return ()
        if self.kind == "a11_v2_radio" and code == "trust":
            standard = {question.code: question.choices for question in ready("thumbs_five_point").questions}
        self.building.losses.add(where, "the file does not name the choices", "they are the standard ones")
        return tuple(Choice(c.code, {LANGUAGE: c.words[LANGUAGE]}, c.asks_text) for c in standard[code])

    def show(self) -> None:
        """Put in rules what the script of the kind does."""
        known = self.building.known
        wanted = rules(self.kind, {field: one.question.code for field, one in known.items()})
        by_code = {known[field].question.code: rule for field, rule in wanted.items() if field in known}
        seen: set[str] = set()
        for _, questions in self.building.pages:
            for place, question in enumerate(questions):
                rule = by_code.get(question.code)
                if rule is not None and rule.question in seen:
                    questions[place] = msgspec.structs.replace(question, show_when=rule)
                seen.add(question.code)

    def moment(self, name: str) -> datetime | None:
        """Read a moment; one without a time zone is taken to be in UTC."""
        value = self.form.get(name)
        if not value:
            return None
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            self.building.losses.add(name, f"{quoted(value)} is no moment", "it is dropped")
            return None
        if found.tzinfo is None:
            self.building.losses.add(name, f"{quoted(value)} has no time zone", "it is taken to be in UTC")
            found = found.replace(tzinfo=UTC)
        return found

    def administration(self) -> None:
        """Name what belongs to Touchpoints alone."""
        rest = [
            name
            for name, value in self.form.items()
            if name not in _FORM and value not in (None, "", [], {}, False)
        ]
        if rest:
            self.building.losses.add(
                "form", f"{', '.join(sorted(rest))} have no counterpart", "they are dropped"
            )


def _limit(value: Any, kind: str) -> int | None:
    """Read how many characters may be written; Touchpoints keeps 0 and none where there is no limit."""
    is_limit = isinstance(value, int) and value > 0 and kind not in CLOSED | {"date"}
    return value if is_limit else None
