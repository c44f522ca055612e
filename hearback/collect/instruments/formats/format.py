"""What a format of instruments has: a name, a way to know it, a way to read it and a way to write it."""

from collections.abc import Callable
from dataclasses import dataclass

from hearback.collect.instruments.definition import Instrument
from hearback.ui.losses import Loss

KEPT_APART = "Hearback reads it again; other programs pass over it"
"""Done with what stands in a place that the other format leaves to whoever uses it."""


class FileNotRead(Exception):
    """A file is not of the format it should be; the message says what is wrong and what to do."""


class NothingAsked(FileNotRead):
    """A file of another program has no question where such files have theirs; it would empty a form."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"it looks like {title}, but no question was found where such a file has its questions, so that"
            " it would empty the form"
        )
        self.title = title


@dataclass(frozen=True)
class Read:
    """What a file asks, and what it said that an instrument cannot. The instrument may still have faults.

    `format` names the format of another program; blank for our own YAML.
    """

    instrument: Instrument
    losses: tuple[Loss, ...] = ()
    format: str = ""


@dataclass(frozen=True)
class Written:
    """A file, and what the instrument said that the file cannot."""

    data: bytes
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        suffix: how names of such files end.
        is_it: says whether a file is of this format, by its first look.
        read: raises FileNotRead, or InstrumentNotValid, with what is wrong.
    """

    name: str
    title: str
    suffix: str
    is_it: Callable[[bytes], bool]
    read: Callable[[bytes], Read]
    write: Callable[[Instrument], Written]
