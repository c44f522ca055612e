"""Write the parts of the documents that are made from the program: `python tools/write_docs.py`.

Made are the picture of the layers, the table of settings, the reference of commands, the tables of open
data and of the plan, and the JSON Schema of instruments. A test compares, so a change to the program that is
not carried into the documents turns the build red.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.layers_picture import as_svg, as_text, layers  # noqa: E402 - found from the root of the checkout

BLOCK = re.compile(r"(<!-- made by tools/write_docs\.py: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings_table() -> str:
    """Describe every setting in a Markdown table."""
    from hearback.config.settings import KEPT_KEYS, TABLE

    rows = ["| Setting | Left out means | What for |", "|---|---|---|"]
    for setting in TABLE:
        default = (
            "made by `hearback init`"
            if setting.default is None or setting.name in KEPT_KEYS
            else f"`{setting.default}`"
            if setting.default
            else "empty"
        )
        secret = " Secret: never printed or logged." if setting.secret else ""
        rows.append(f"| `{setting.name}` | {default} | {setting.help}{secret} |")
    return "\n".join(rows) + "\n"


def commands() -> Iterator[tuple[str, click.Command, click.Context]]:
    """Walk over every command a person can type, as ('hearback plan load', command, its context)."""
    from hearback.cli import program

    yield from _below("hearback", program, click.Context(program, info_name="hearback", terminal_width=96))


def _below(
    title: str, command: click.Command, context: click.Context
) -> Iterator[tuple[str, click.Command, click.Context]]:
    if not isinstance(command, click.Group):
        yield title, command, context
        return
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        inner = click.Context(found, info_name=name, parent=context, terminal_width=96)
        yield from _below(f"{title} {name}", found, inner)


def command_reference() -> str:
    """Describe every command by its own help text."""
    parts = [
        f"### {title}\n\n```text\n{command.get_help(context)}\n```\n"
        for title, command, context in commands()
    ]
    return "\n".join(parts)


def open_data_tables() -> str:
    """Describe every table of open data and its columns, as the files themselves do."""
    from hearback.cli import start_django

    start_django()
    from hearback.publish.formats import TABLES

    parts = []
    for table in TABLES:
        rows = "\n".join(f"| `{column.name}` | {column.description} |" for column in table.columns)
        parts.append(f"## {table.name}\n\n{table.title}.\n\n| Column | Meaning |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def plan_tables() -> str:
    """Describe every sheet of the plan and its columns, as the first sheet of a workbook does."""
    from hearback.cli import start_django

    start_django()
    from hearback.collect.sheets.explaining import explanation
    from hearback.plan.sheets.book import BOOK

    parts: dict[str, list[str]] = {}
    for sheet, column, needed, holds, words in explanation(BOOK):
        parts.setdefault(sheet or "", []).append(f"| `{column}` | {needed} | {holds} | {words or ''} |")
    head = "| Column | Needed | A cell holds | It says |\n|---|---|---|---|\n"
    return "\n".join(f"### {name}\n\n{head}" + "\n".join(rows) + "\n" for name, rows in parts.items())


def layers_image() -> str:
    """Refer to the picture of the layers, with the same order in words."""
    order = ", then ".join(" and ".join(row) for row in layers())
    return f"![The layers, from the doors to plain Python: {order}.](docs/images/layers.svg)\n"


MAKERS: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "commands": command_reference,
    "open_data": open_data_tables,
    "plan": plan_tables,
    "layers": lambda: as_text() + "\n",
    "picture": layers_image,
}
DOCUMENTS = (
    "README.md", "docs/architecture.md", "docs/settings.md", "docs/cli.md", "docs/open-data.md",
    "docs/plan.md",
)  # fmt: skip
PICTURE = "docs/images/layers.svg"
SCHEMA = "docs/instrument.schema.json"
MAPPING_SCHEMA = "docs/mapping.schema.json"


def rendered(document: str) -> str:
    """Give a document with its made parts made anew."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return BLOCK.sub(lambda found: found[1] + MAKERS[found[2]]() + found[3], text)


def instrument_schema() -> str:
    """Give the JSON Schema of instruments."""
    from hearback.collect.instruments.files import schema

    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def mapping_schema() -> str:
    """Give the JSON Schema of mappings of files of responses."""
    from hearback.collect.response_files.mapping import schema

    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the picture, the schemas and every document."""
    import os

    os.environ.setdefault("HEARBACK_SECRET_KEY", "only-for-documents-" * 3)
    for document in DOCUMENTS:
        (ROOT / document).write_text(rendered(document), encoding="utf-8")
    (ROOT / PICTURE).write_text(as_svg(), encoding="utf-8")
    (ROOT / SCHEMA).write_text(instrument_schema(), encoding="utf-8")
    (ROOT / MAPPING_SCHEMA).write_text(mapping_schema(), encoding="utf-8")


if __name__ == "__main__":
    main()
