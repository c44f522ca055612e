"""The tables of collect: counts as agencies reported them, and the forms that ask people directly."""

from hearback.collect.models.forms import Form, FormVersion, ResponseBatch, Settlement
from hearback.collect.models.reported import Finding, ImportedFile, ReportedQuestion, ReportedSurvey

__all__ = [
    "Finding",
    "Form",
    "FormVersion",
    "ImportedFile",
    "ReportedQuestion",
    "ReportedSurvey",
    "ResponseBatch",
    "Settlement",
]
