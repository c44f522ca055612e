"""`hearback collect`: reported counts and files of answers, and forms of our own."""

from hearback.collect.commands import (
    batches,
    email,
    embed,
    exchange,
    forms,
    intake,
    mapping,
    poster,
    refused,
    reported,
    responses,
)
from hearback.collect.commands.groups import group
from hearback.collect.commands.reported import load_answers, load_file

__all__ = [
    "batches",
    "email",
    "embed",
    "exchange",
    "forms",
    "group",
    "intake",
    "load_answers",
    "load_file",
    "mapping",
    "poster",
    "refused",
    "reported",
    "responses",
]
