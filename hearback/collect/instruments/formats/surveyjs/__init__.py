"""SurveyJS: the JSON of SurveyJS Form Library. Source: surveyjs.io, Survey and Question API (2.x).

What SurveyJS has no word for stands under `hearback`, a property that it passes over.
"""

import json

from hearback.collect.instruments.formats.format import Format
from hearback.collect.instruments.formats.surveyjs.reading import read
from hearback.collect.instruments.formats.surveyjs.writing import write


def is_it(data: bytes) -> bool:
    """Say whether a file is the JSON of a survey."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return False
    if not isinstance(found, dict) or {"data", "form", "kind"} & found.keys():
        return False
    return bool({"pages", "elements", "questions"} & found.keys())


FORMAT = Format("surveyjs", "SurveyJS JSON", ".json", is_it, read, write)
