"""Which of the words after a title, or after "my name is", are a name."""

import re
from collections.abc import Iterator
from itertools import islice

from hearback.collect.masking.seen import Seen, Span
from hearback.collect.masking.words_of import no_names, rarely_names

WORD = re.compile(r"[^\W\d_](?:[\w'-]{0,40}[^\W_]|\.(?=\s))?")
MILLISECONDS = re.compile(r"ms\s")
BLANK = re.compile(r" {1,2}")
CONTRACTIONS = ("n't", "'m", "'re", "'ve", "'ll", "'d")
PARTICLES = frozenset({
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "las", "los",
    "st", "ter", "van", "von", "y",
})  # fmt: skip
WHAT_ONE_IS = frozenset({
    "abogada", "abogado", "agente", "american", "americana", "americano", "asistente", "beneficiaria",
    "beneficiario", "ciudadana", "ciudadano", "cliente", "contribuyente", "cubana", "cubano", "dreamer",
    "duena", "dueno", "empleada", "empleado", "empresaria", "empresario", "enfermera", "enfermero",
    "estadounidense", "estudiante", "green", "hispana", "hispano", "indigena", "inmigrante", "jefa", "jefe",
    "jubilada", "jubilado", "latina", "latino", "madre", "maestra", "maestro", "medicaid", "medicare",
    "mexican", "mexicana", "mexicano", "milk", "nativa", "native", "nativo", "padre", "paciente",
    "pensionada", "pensionado", "protein", "puerto", "puertorriquena", "puertorriqueno", "refugiada",
    "refugiado", "residente", "sauce", "servidor", "servidora", "soldado", "soltera", "soltero", "tecnica",
    "tecnico", "testigo", "titular", "trabajador", "trabajadora", "usuaria", "usuario", "veteran",
    "veterana", "veterano", "voluntaria", "voluntario",
})  # fmt: skip
"""What follows "soy" where people write large what they are, and not who."""
ENDINGS = ("ed", "ing")
ENDS_SO = frozenset({
    "ahmed", "ed", "fred", "jed", "mohamed", "mohammed", "muhammed", "ned", "reed", "saeed", "sayed",
    "syed", "ted", "king", "ming",
})  # fmt: skip


def capitalised(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take the words that begin with large letters; a text all in large letters shows names by no sign."""
    if seen.is_shouted:
        return _guessed(seen, span, most=2)
    end = _end_of_capitalised(seen, span, frozenset())
    return (span[0], end) if end else None


def full(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take capitalised words if the first two can both be a name: "soy" is said of much else."""
    words = [spoken for spoken, _ in islice(_words(seen, span), 2)]
    is_name = all(one[0].isupper() and (len(one) == 1 or not one.isupper()) for one in words)
    if len(words) < 2 or not is_name or not all(map(_may_be_name, words)) or words[0].lower() in WHAT_ONE_IS:
        return None
    return capitalised(seen, match, span) if not seen.is_shouted else None


def any_case(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take capitalised words, or else up to two small ones that are not known as anything but a name.

    A first word in large letters may be one that is rarely a name. In "150 ms" no lady is meant.
    """
    start = match.start()
    if MILLISECONDS.match(seen.text, start) and seen.low[max(0, start - 2) : start].strip()[-1:].isdigit():
        return None
    end = None if seen.is_shouted else _end_of_capitalised(seen, span, rarely_names())
    return (span[0], end) if end else _guessed(seen, span, most=2)


def closing(seen: Seen, match: re.Match[str], span: Span) -> Span | None:
    """Take capitalised words if nothing but the end of a line follows: the name under a letter."""
    found = capitalised(seen, match, span)
    if found and not seen.text[found[1] : found[1] + 3].split("\n")[0].strip(" ."):
        return found
    return None


def _end_of_capitalised(seen: Seen, span: Span, allowed_first: frozenset[str]) -> int | None:
    end = None
    for spoken, word_end in _words(seen, span):
        is_allowed = end is None and spoken.lower() in allowed_first
        if spoken[0].isupper() and (is_allowed or _may_be_name(spoken)):
            end = word_end
        elif spoken.lower() not in PARTICLES:
            break
    return end


def _guessed(seen: Seen, span: Span, most: int) -> Span | None:
    end = None
    for spoken, word_end in islice(_words(seen, span), most):
        low = spoken.lower()
        if not _may_be_name(low) or (low.endswith(ENDINGS) and low not in ENDS_SO):
            break
        end = word_end
    return (span[0], end) if end else None


def _words(seen: Seen, span: Span) -> Iterator[tuple[str, int]]:
    """Give the words that follow one another with nothing but a blank between, each with its end."""
    position = span[0]
    while word := WORD.match(seen.text, position, span[1]):
        spoken = word.group().removesuffix("'s")
        yield spoken, word.start() + len(spoken)
        if len(spoken) < len(word.group()):
            return
        gap = BLANK.match(seen.text, word.end(), span[1])
        if not gap:
            return
        position = gap.end()


def _may_be_name(word: str) -> bool:
    low = word.lower().rstrip(".")
    return low not in no_names() and low not in rarely_names() and not low.endswith(CONTRACTIONS)
