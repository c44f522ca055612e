"""Write an instrument as a form of Touchpoints, in the shape in which its API gives one."""

import json
from typing import Any

from hearback.collect.instruments.definition import Delivery, Instrument, Question
from hearback.collect.instruments.definition import Words as Texts
from hearback.collect.instruments.formats.format import Written
from hearback.collect.instruments.formats.markup import html_of
from hearback.collect.instruments.formats.touchpoints.kinds import FIELDS, kind_of, rules
from hearback.collect.instruments.formats.touchpoints.reading import LANGUAGE, UP_AND_DOWN
from hearback.ui.losses import Losses

TYPES = {
    "rating": "radio_buttons", "thumbs": "big_thumbs_up_down_buttons", "yes_no": "yes_no_buttons",
    "single": "radio_buttons", "multiple": "checkbox", "text": "text_field", "long_text": "textarea",
    "number": "text_field", "date": "date_select", "email": "text_email_field", "phone": "text_phone_field",
    "region": "dropdown", "hidden": "hidden_field",
}  # fmt: skip
MOST_QUESTIONS, MOST_CHARACTERS = 30, 10_000
"""Source: Touchpoints (GSA), app/models/question.rb and forms_controller.rb, 2025."""
N_STATES = 52
LIMITS = ("at_least", "at_most", "earliest", "latest", "max_choices", "from_address")


def write(instrument: Instrument) -> Written:
    """Write an instrument; the loss report names what Touchpoints cannot say."""
    writer = _Writer(instrument)
    text = json.dumps(writer.document(), ensure_ascii=False, indent=2)
    return Written(f"{text}\n".encode(), tuple(writer.losses))


class _Writer:
    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.losses = Losses()
        self.first = instrument.languages[0]
        self.kind = kind_of(instrument.questions)
        self.fields = self.numbered()
        self.rules = rules(self.kind, {field: question.code for field, question in self.fields.items()})

    def numbered(self) -> dict[str, Question]:
        """Give each question a field: those of the kind first, the others the numbers that are left."""
        standard = list(FIELDS.get(self.kind, {}))
        free = [f"answer_{n:02d}" for n in range(1, MOST_QUESTIONS + 1)]
        names = [*standard, *(name for name in free if name not in standard)]
        for question in self.instrument.questions[MOST_QUESTIONS:]:
            self.losses.add(
                f"questions.{question.code}",
                f"a form asks at most {MOST_QUESTIONS} questions",
                "it is left out",
            )
        return dict(zip(names, self.instrument.questions, strict=False))

    def document(self) -> dict[str, Any]:
        self.say_what_is_lost()
        sections = {
            question.code: number
            for number, page in enumerate(self.instrument.pages, start=1)
            for question in page.questions
        }
        questions = [
            self.question(position, field, question, sections[question.code])
            for position, (field, question) in enumerate(self.fields.items(), start=1)
        ]
        references = [{"id": one["id"], "type": "questions"} for one in questions]
        data = {"id": "1", "type": "forms", "attributes": self.attributes(),
                "relationships": {"questions": {"data": references}}}  # fmt: skip
        return {"data": data, "included": questions}

    def attributes(self) -> dict[str, Any]:
        """Give the form's own fields."""
        instrument, clearance = self.instrument, self.instrument.clearance
        opens, closes = instrument.delivery.opens_at, instrument.delivery.closes_at
        return {
            "name": instrument.key,
            "title": html_of(self.text(instrument.title)),
            "kind": self.kind,
            "instructions": html_of(self.text(instrument.introduction)),
            "disclaimer_text": html_of(self.text(clearance.statement)) if clearance else "",
            "success_text_heading": "",
            "success_text": html_of(self.text(instrument.thanks)),
            "omb_approval_number": clearance.control_number if clearance else "",
            "expiration_date": clearance.expires_on.isoformat() if clearance else None,
            "department": clearance.agency if clearance else "",
            "agency_poc_email": clearance.contact if clearance else "",
            "start_date": opens.isoformat() if opens else None,
            "end_date": closes.isoformat() if closes else None,
        }

    def text(self, words: Texts) -> str:
        """Give a text in the one language of the form."""
        return words.get(self.first, "")

    def question(self, position: int, field: str, question: Question, section: int) -> dict[str, Any]:
        """Give one question as a resource of the API."""
        self.say_what_is_lost_of(field, question)
        attributes = {
            "text": html_of(self.text(question.words)),
            "question_type": "states_dropdown"
            if question.vocabulary == "us_states"
            else TYPES[question.type],
            "answer_field": field,
            "position": position,
            "is_required": question.required,
            "form_section_id": section,
            "character_limit": min(question.max_length, MOST_CHARACTERS) if question.max_length else None,
            "help_text": self.text(question.help),
        }
        options = [] if question.type in UP_AND_DOWN else self.options(question)
        return {
            "id": str(position), "type": "questions", "attributes": attributes,
            "relationships": {"question_options": {"data": options}},
        }  # fmt: skip

    def options(self, question: Question) -> list[dict[str, Any]]:
        """Give the choices; one of them at most asks for text."""
        asking = [choice.code for choice in question.choices if choice.asks_text]
        for code in asking[1:]:
            self.losses.add(
                f"questions.{question.code}.choices.{code}",
                "one choice alone can ask for text",
                "it asks for none",
            )
        return [
            {"text": self.text(choice.words), "value": choice.code, "position": place,
             "other_option": choice.code in asking[:1]}
            for place, choice in enumerate(question.choices, start=1)
        ]  # fmt: skip

    def say_what_is_lost(self) -> None:
        """Name what the form as a whole cannot say."""
        instrument = self.instrument
        if instrument.languages != (LANGUAGE,):
            left_out = ", ".join(instrument.languages[1:]) or "its name"
            self.losses.add(
                "languages", f"a form is in one language and does not say in which: {left_out} is left out",
                f"it is in {self.first}; make one form for each language",
            )  # fmt: skip
        for name, usual in (("timing", "unknown"), ("countries", ("us",))):
            if getattr(instrument, name) != usual:
                self.losses.add(name, "Touchpoints has no such thing", "it is left out")
        filled = [page for page in instrument.pages if page.questions]
        if len(filled) < len(instrument.pages) or any(page.title for page in instrument.pages):
            self.losses.add("pages", "sections have no title here, and none is empty", "both are left out")
        usual_delivery = Delivery(steps=len(filled) > 1)
        for name in ("steps", "quota", "ask_one_in", "ask_again_after_days", "challenge_above"):
            if getattr(instrument.delivery, name) != getattr(usual_delivery, name):
                self.losses.add(f"delivery.{name}", "Touchpoints has no such setting", "it is left out")
        if instrument.clearance is not None:
            self.losses.add(
                "clearance.burden_minutes",
                "Touchpoints does not hold how long answering takes",
                "it is left out",
            )

    def say_what_is_lost_of(self, field: str, question: Question) -> None:
        """Name what one question cannot say."""
        where = f"questions.{question.code}"
        meaning = FIELDS.get(self.kind, {}).get(field)
        if question.code != (meaning.code if meaning else field):
            self.losses.add(
                f"{where}.code", "questions are called by the number of their answer", f"it is {field}"
            )
        if question.measure != (meaning.measure if meaning else ""):
            self.losses.add(
                f"{where}.measure", "a form does not say which question is standard", "it is left out"
            )
        if question.show_when != self.rules.get(field):
            self.losses.add(
                f"{where}.show_when", "Touchpoints has no rules of its own for showing", "it is always shown"
            )
        for name in LIMITS:
            if getattr(question, name) not in (None, ""):
                self.losses.add(f"{where}.{name}", "Touchpoints has no such limit", "it is left out")
        if question.max_length and question.max_length > MOST_CHARACTERS:
            self.losses.add(
                f"{where}.max_length", f"at most {MOST_CHARACTERS:,} characters", "it is that many"
            )
        self.say_how_type_changes(where, question, is_standard=meaning is not None)
        if question.type in UP_AND_DOWN and not self.has_usual_words(question):
            self.losses.add(f"{where}.choices", "the buttons have words of their own", "they are left out")

    def say_how_type_changes(self, where: str, question: Question, *, is_standard: bool) -> None:
        """Name types that Touchpoints does not have; a rating is one where the kind of form says so."""
        if question.type not in {"number", "region"} and (question.type != "rating" or is_standard):
            return
        if question.vocabulary == "us_states":
            self.losses.add(f"{where}.choices", f"the list of states has {N_STATES} there", "it is theirs")
        else:
            self.losses.add(
                f"{where}.type", f"there is no {question.type} in it", f"it is a {TYPES[question.type]}"
            )

    def has_usual_words(self, question: Question) -> bool:
        """Say whether two buttons are called as Touchpoints calls them."""
        usual = list(zip(("1", "0"), UP_AND_DOWN[question.type], strict=True))
        return usual == [(c.code, self.text(c.words)) for c in question.choices] and not any(
            choice.asks_text for choice in question.choices
        )
