"""Instruments to start a form from: those of the program, and those that lie in the home folder."""

from pathlib import Path

from django.conf import settings

from hearback.collect.instruments import files
from hearback.collect.instruments.checking import Fault
from hearback.collect.instruments.definition import Instrument

FOLDER = "instruments"
"""Where in the home folder an installation puts instruments of its own, one YAML file each."""


def start_names() -> tuple[str, ...]:
    """Name all that can be started from, those of the program first; a name of ours stays ours."""
    return (*files.ready_names(), *_added())


def start(name: str) -> Instrument:
    """Give an instrument to start from.

    Raises:
        KeyError: if there is none of that name.
        InstrumentNotValid: if its file in the home folder has faults; names all of them.
    """
    added = _added()
    return read(added[name]) if name in added else files.ready(name)


def read(file: Path) -> Instrument:
    """Read a file of the home folder as it is now.

    Raises:
        InstrumentNotValid: if it is no instrument that can be used.
    """
    try:
        return files.read_valid_yaml(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise files.InstrumentNotValid([Fault("file", f"cannot be read: {problem}")]) from problem


def usable_names() -> tuple[str, ...]:
    """Name those without faults, for a list to choose from."""
    return (*files.ready_names(), *(name for name, file in _added().items() if _is_usable(file)))


def _is_usable(file: Path) -> bool:
    try:
        read(file)
    except files.InstrumentNotValid:
        return False
    return True


def _added() -> dict[str, Path]:
    found = sorted((Path(settings.HOME) / FOLDER).glob("*.yaml"))
    return {file.stem: file for file in found if file.stem not in files.ready_names()}
