"""Whether what somebody says fits where it is kept, by the limits of the records of files; and why not."""

from collections.abc import Mapping

import msgspec

from hearback.directory.nested import ReadRecord
from hearback.plan.rules import MeasureNotValid


def problem_of(kind: type[ReadRecord], said: Mapping[str, str | None]) -> str | None:
    """Say what is wrong with texts that are to stand in a record; null where nothing is, null texts are fine.

    A text that does not fit could not be dumped and loaded again.
    """
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for name, text in said.items():
        if text is None:
            continue
        words = name.removeprefix("replaced_").replace("_", " ")
        if not text.strip():
            return f"nothing is written for '{words}'; write it, or leave it out"
        try:
            msgspec.convert(text, types[name])
        except msgspec.ValidationError as problem:
            longest = str(problem).rpartition(" ")[2]
            return f"what is written for '{words}' has {len(text)} characters; write at most {longest}"
    return None


def refusal(problem: Exception) -> str:
    """Write what stood in the way as a sentence, without the names of fields in files; a key stays as it is.

    >>> refusal(ValueError("it is closed")), refusal(ValueError("a-1 is closed"))
    ('It is closed.', 'a-1 is closed.')
    """
    said = f"{problem.problem}; {problem.remedy}" if isinstance(problem, MeasureNotValid) else str(problem)
    begins = said[:1].upper() if said.partition(" ")[0].isalpha() else said[:1]
    return f"{begins}{said[1:]}{'' if said.endswith(('.', '!', '?')) else '.'}"
