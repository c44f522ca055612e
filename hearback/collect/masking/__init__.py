"""Masking: e-mail addresses, phones, numbers, names and addresses out of a text, before it is stored.

`masker` does it, by the rules of `rules/` (one file per country, and `general`), with the words of `words/`
(one file per language). On the way: `plain` makes digits and dashes of all scripts one, `rule` searches in
what is `seen`, `checks` decides about what was matched, with `check_digits`, `dates`, `names` and `streets`,
and `words_of` reads words; `found` is the result, and `written` tells it from what a person wrote. Plain
Python, without Django, so that a process without it can mask. `docs/masking.md` says how to add a rule, a
country or a language.
"""

from hearback.collect.masking.found import KINDS, UNSTRUCTURED, Found, Kind, Masked
from hearback.collect.masking.masker import Masker
from hearback.collect.masking.rule import RulesNotValid, countries
from hearback.collect.masking.words_of import LanguageNotKnown
from hearback.collect.masking.written import length_as_written

__all__ = [
    "KINDS",
    "UNSTRUCTURED",
    "Found",
    "Kind",
    "LanguageNotKnown",
    "Masked",
    "Masker",
    "RulesNotValid",
    "countries",
    "length_as_written",
]
