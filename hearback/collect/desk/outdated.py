"""Say which translations of a form are older than what they translate."""

from dataclasses import dataclass

from hearback.collect.instruments.checking import texts
from hearback.collect.languages import name_of
from hearback.collect.queries import VersionFact


@dataclass(frozen=True)
class OutdatedLanguage:
    """A language in which `n` texts are older than their originals, and the place of the first of them."""

    language: str
    name: str
    n: int
    first: str


def outdated_languages(version: VersionFact) -> list[OutdatedLanguage]:
    """List the languages of a version that have such texts, in its order."""
    places = dict(texts(version.instrument))
    return [
        OutdatedLanguage(one, name_of(one), len(marked), next(where for where in places if where in marked))
        for one in version.instrument.languages
        if (marked := version.outdated.get(one))
    ]
