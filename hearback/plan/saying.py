"""Whether what somebody says fits where it is kept, by the limits of the records of files; and why not."""

from collections.abc import Mapping

import msgspec

from hearback.directory.nested import ReadRecord


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
