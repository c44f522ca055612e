"""Formats of instruments that are exchanged with other programs, one member each; known by their content."""

from dataclasses import replace

from hearback.collect.instruments import yaml_text
from hearback.collect.instruments.files import InstrumentNotValid, read_yaml
from hearback.collect.instruments.formats import surveyjs, touchpoints, xlsform
from hearback.collect.instruments.formats.format import FileNotRead, Format, NothingAsked, Read, Written
from hearback.collect.instruments.formats.json_files import json_of
from hearback.collect.instruments.formats.kept import keep_what_is_not_said
from hearback.ui.losses import Loss

__all__ = [
    "FORMATS",
    "FileNotRead",
    "Format",
    "Loss",
    "NothingAsked",
    "Read",
    "Written",
    "keep_what_is_not_said",
    "read_any",
]

FORMATS: tuple[Format, ...] = (xlsform.FORMAT, surveyjs.FORMAT, touchpoints.FORMAT)
"""Every format. To add one, copy the nearest member and its test, and add it here."""


def read_any(data: bytes) -> Read:
    """Read an instrument from a file of any format, or from our own YAML, known by its content.

    Raises:
        FileNotRead: if it is of none of them, or of another program and asks nothing.
        InstrumentNotValid: if it is YAML, and no instrument.
    """
    for one in FORMATS:
        if one.is_it(data):
            found = one.read(data)
            if not found.instrument.questions:
                raise NothingAsked(one.title)
            return replace(found, format=one.name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        known = ", ".join(one.title for one in FORMATS)
        raise FileNotRead(f"it is neither text in UTF-8 nor any of {known}") from problem
    try:
        return Read(read_yaml(text))
    except InstrumentNotValid:
        if text.lstrip()[:1] == "{" and not yaml_text.is_yaml(text):
            json_of(data)
        raise
