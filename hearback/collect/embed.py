"""The embed: one script that a web team puts on a page of its own. Built at set-up from `widget/`."""

import shutil
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha384
from html import escape
from pathlib import Path
from urllib.parse import quote

from hearback.collect.instruments.answering import gettext_noop

BUILT = Path(__file__).parent / "static" / "embed"
MODES = ("inline", "modal", "button")
TARGETS = {"inline": "#feedback", "button": "#feedback-button"}
"""Where each mode looks on the host page, as printed; a web team writes its own."""
WORDS = (gettext_noop("Back"), gettext_noop("Close"), gettext_noop("You can send your answers now."))
"""What the script alone says, so that translators find it; the rest it shares with the hosted page."""


class EmbedNotBuilt(Exception):
    """The script is not there; the message says how to make it."""


@dataclass(frozen=True)
class Built:
    """The script as it is served. Its name is made from its content, so a new one has another address."""

    file: Path

    @property
    def integrity(self) -> str:
        """Give what a browser compares the script with before it runs it (W3C, Subresource Integrity)."""
        return "sha384-" + b64encode(sha384(self.file.read_bytes()).digest()).decode()

    @property
    def path(self) -> str:
        """Give its address on the site."""
        return f"/static/embed/{self.file.name}"


def built(folder: Path = BUILT) -> Built:
    """Find the script that set-up built.

    Raises:
        EmbedNotBuilt: if there is none.
    """
    scripts = sorted(folder.glob("*.js"))
    if not scripts:
        raise EmbedNotBuilt("The embed is not built: run `make setup`")
    return Built(scripts[0])


def keep(home: Path, folder: Path = BUILT) -> bool:
    """Keep a copy of the script in the home folder, so that pages with its tag go on after an upgrade.

    Returns:
        Whether it was not there yet. Where none is built nothing is kept.
    """
    kept = home / "embed"
    new = [file for file in folder.glob("*.js*") if not (kept / file.name).exists()]
    if new:
        kept.mkdir(mode=0o700, exist_ok=True)
    for file in new:
        unfinished = kept / f".{file.name}"
        shutil.copyfile(file, unfinished)
        unfinished.rename(kept / file.name)
    return bool(new)


def tag(form: str, mode: str, site: str, script: Built, intake: str = "") -> str:
    """Write the script tag of a form.

    Args:
        mode: one of `MODES`.
        site: address of this site, without a slash at the end.
        intake: address of the intake where it is not the site's own; blank means the site's.
    """
    attributes = {
        "src": site + script.path,
        "integrity": script.integrity,
        "crossorigin": "anonymous",
        "data-form": form,
        "data-mode": mode,
        "data-target": TARGETS.get(mode, ""),
        "data-intake": intake,
    }
    written = " ".join(f'{name}="{escape(value)}"' for name, value in attributes.items() if value)
    return f"<script {written} async></script>"


def snippet(form: str, mode: str, site: str, words: str, script: Built, intake: str = "") -> str:
    """Write all that a page needs, to be pasted where the form shall be: each part on a line of its own.

    Inline that is the place which the form fills. Who has no script gets a link to the form's page.

    Args:
        words: of that link, such as the title of the form.
        mode, site, script, intake: as for `tag`.
    """
    place = [f'<div id="{TARGETS[mode][1:]}"></div>'] if mode == "inline" else []
    page = f"{site}/done/{quote(form)}"
    link = f'<noscript><a href="{escape(page)}">{escape(words)}</a></noscript>'
    return "\n".join([*place, tag(form, mode, site, script, intake), link])
