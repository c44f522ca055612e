"""Draw the picture of the layers from the contract in pyproject.toml, as SVG and as text."""

import ast
import textwrap
import tomllib
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT, WIDTH, GAP = 64, 880, 8
STYLE = (
    "text{font-family:'Public Sans','Source Sans Pro',Helvetica,Arial,sans-serif}"
    ".name{font-weight:700;font-size:17px;fill:#fff}.gist{font-size:12.5px;fill:#dfe9f4}"
    ".way{font-size:14px;fill:#162e51}"
)
SHADES = ("#112f4e", "#162e51", "#1a4480", "#1f5a9d", "#2672b0", "#2c6e8f", "#2e6276", "#3d5a5f", "#565c65")


def layers() -> list[list[str]]:
    """Read the layers, last stage first; planned ones, in brackets in the contract, are left out."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    lines = next(
        c["layers"] for c in tool["contracts"] if c["type"] == "layers" and c["containers"] == ["hearback"]
    )
    names = [[name.strip(" ()") for name in line.split("|")] for line in lines]
    there = [[name for name in row if (ROOT / "hearback" / name / "__init__.py").is_file()] for row in names]
    return [row for row in there if row]


def gist(package: str) -> str:
    """Give the first line of a package's docstring, without its full stop."""
    tree = ast.parse((ROOT / "hearback" / package / "__init__.py").read_text(encoding="utf-8"))
    return (ast.get_docstring(tree) or "").splitlines()[0].rstrip(".")


def as_text() -> str:
    """List the layers as a Markdown list, last stage first."""
    rows = ["; ".join(f"**{name}**: {gist(name)}" for name in row) for row in layers()]
    return "\n".join(f"{number}. {row}." for number, row in enumerate(rows, start=1))


def _wrapped(name: str, width: int) -> list[str]:
    return textwrap.wrap(gist(name).replace("`", ""), width=int((width - 28) / 6.4))


def _box(name: str, place: tuple[int, int], size: tuple[int, int], shade: str) -> list[str]:
    (x, y), (width, height) = place, size
    return [
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="5" fill="{shade}"/>',
        f'<text class="name" x="{x + 14}" y="{y + 22}">{escape(name)}</text>',
        *(
            f'<text class="gist" x="{x + 14}" y="{y + 39 + 15 * number}">{escape(line)}</text>'
            for number, line in enumerate(_wrapped(name, width))
        ),
    ]


def _arrow(height: int) -> list[str]:
    return [
        f'<path d="M30 {height - 24} V34" stroke="#162e51" stroke-width="3" fill="none"/>',
        '<path d="M22 36 L30 20 L38 36 Z" fill="#162e51"/>',
        f'<text class="way" transform="translate(52 {height - 24}) rotate(-90)">'
        "what people say flows up; each layer imports only from those below it</text>",
    ]


def as_svg() -> str:
    """Draw the layers as boxes, last stage on top, parts that do not know each other side by side."""
    body: list[str] = []
    y = GAP
    for number, row in enumerate(layers()):
        width = (WIDTH - LEFT - GAP * len(row)) // len(row)
        tall = 33 + 15 * max(len(_wrapped(name, width)) for name in row)
        for place, name in enumerate(row):
            shade = SHADES[min(number, len(SHADES) - 1)]
            body += _box(name, (LEFT + place * (width + GAP), y), (width, tall), shade)
        y += tall + GAP
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img" '
        'aria-label="The layers of Hearback">',
        f"<style>{STYLE}</style>",
        f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>',
        *_arrow(y),
        *body,
        "</svg>\n",
    ])  # fmt: skip
