"""How well masking finds personal data in written examples, and how much of the processor it takes."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

import hearback
from hearback.cli.bench.masking_report import read_examples, report
from hearback.collect.masking import KINDS, Masker
from hearback.ui.terminal import ExampleCommand, emit, json_option

PARTS = ("tuned", "held_out")
EXAMPLES = Path(hearback.__file__).parent.parent / "tests" / "collect" / "masking" / "examples"
ROUNDS, REPEATS = 15, 20
LONG = 10_000

TYPICAL = (
    "I waited in line for a long time and then the person at the window told me that I had the wrong "
    "form. I went home, printed the right one and came back the next day. The staff was friendly but "
    "slow, I think.",
    "Very easy to use on my phone. I found the page about renewing my card in a minute, filled in the "
    "form and got an answer the same week. The only thing I missed was a way to save my work and go on "
    "later.",
    "I waited 45 minutes at window 3 on 01/15/2024 and then they told me that form SF-86 was wrong. I "
    "paid $120.50, went home, printed the right one (36 pages) and came back at 9:30 the next day. "
    "Staff was slow.",
    "The line was busy for days. When I got through, the agent was kind and knew the rules, but could "
    "not see what I had sent. Why do I have to mail the same paper three times if you scan everything "
    "that comes in?",
    "Esperé mucho tiempo en la fila y después la persona de la ventanilla me dijo que tenía el "
    "formulario equivocado. Fui a casa, imprimí el correcto y volví al día siguiente. El personal fue "
    "amable pero muy lento.",
    "I have used this office since 1998 and it has never been this bad. Two clerks for sixty people, no"
    " chairs, no water, and the screen that calls the numbers is broken. Please send somebody to look "
    "at it, this is not right.",
    "Thank you for the quick help! The letter came on March 3, the refund of $412 on March 12, and the "
    "answer to my question was clear. Four stars out of five, since the web page still says that it "
    "takes 90 days.",
    "Officer Martinez at the gate was patient with my mother, who does not hear well. The scanner took "
    "three tries. Signs in Spanish would help, and so would a bench. We come through here about four "
    "times every year.",
    "The form asks for things I do not have. I am retired, I have no employer, and still it wants a "
    "number for one. I left it empty and it would not let me go on. In the end my daughter found out "
    "that zeros are accepted.",
    "I waited a long time and then the person at the window told me that I had the wrong form. I went "
    "home, printed the right one. Please call me back at (202) 555-0143 or write to "
    "jane.doe@example.org, thanks.",
)
"""Made-up comments of about 200 characters: one in five has something to mask, two in five have numbers."""

HOSTILE = (
    "a", "0", "0 ", "@", "a@", "a.", "mr ", "1 a ", "case ", "1-", "12 Ab ", "calle ab ", "a dot ", " ", "[",
    "x at y dot ", "4111 ", "dob 1/1/ ", "4111 1111 1111 1111 ", "phone 5550143 ", "my name is ",
    "[email removed]", "١", "a\u200b",
)  # fmt: skip
"""Pieces that, repeated, make texts on which careless patterns take for ever."""


@click.command("masking", cls=ExampleCommand, example="hearback bench masking --json")
@click.option(
    "--examples",
    default=EXAMPLES,
    type=click.Path(path_type=Path),
    show_default="those of the tests",
    help="Folder with the folders of examples, tuned and held_out.",
)
@json_option
def masking_command(examples: Path, as_json: bool) -> None:
    """Mask written examples: precision and recall per kind, and processor time per comment."""
    payload: dict[str, Any] = {part: report(read_examples(examples / part)) for part in PARTS}
    masker = Masker(["us"])
    payload["cpu_us_per_comment"] = round(cpu_us(masker, TYPICAL), 1)
    payload["characters_per_comment"] = round(sum(map(len, TYPICAL)) / len(TYPICAL))
    payload["cpu_ms_of_worst_long_text"] = round(worst_ms(masker, HOSTILE), 1)
    emit(payload, as_json=as_json, lines=_lines(payload))


def cpu_us(masker: Masker, texts: Sequence[str]) -> float:
    """Measure the processor time of masking one text, in microseconds: the best of several rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(REPEATS):
            for text in texts:
                masker.mask(text)
        best = min(best, time.process_time() - began)
    return best / REPEATS / len(texts) * 1e6


def worst_ms(masker: Masker, pieces: Sequence[str]) -> float:
    """Measure the processor time of the slowest of some long texts, in milliseconds."""
    worst = 0.0
    for piece in pieces:
        text = (piece * (LONG // len(piece) + 1))[:LONG]
        began = time.process_time()
        masker.mask(text)
        worst = max(worst, time.process_time() - began)
    return worst * 1e3


def _lines(payload: dict[str, Any]) -> list[str]:
    head = f"{'':16} {'tuned: marked':>14} {'precision':>10} {'recall':>8} {'held out: marked':>18}"
    lines = [f"{head} {'precision':>10} {'recall':>8}"]
    for name in (*KINDS, "structured", "total"):
        rows = [payload[part]["kinds"].get(name) or payload[part][name] for part in PARTS]
        cells = [(row["n_marked"], _share(row["precision"]), _share(row["recall"])) for row in rows]
        (n, precision, recall), (n_held, precision_held, recall_held) = cells
        tuned = f"{name:16} {n:>14,} {precision:>10} {recall:>8}"
        lines.append(f"{tuned} {n_held:>18,} {precision_held:>10} {recall_held:>8}")
    return [
        *lines,
        *(
            f"{part}: {payload[part]['n_examples']:,} examples, {payload[part]['n_without_marks']:,} of them "
            f"with nothing to mask; {payload[part]['total']['n_clear']} marks left to read at least in part."
            for part in PARTS
        ),
        f"{payload['cpu_us_per_comment']} µs of processor time per comment of "
        f"{payload['characters_per_comment']} characters; {payload['cpu_ms_of_worst_long_text']} ms for the "
        f"worst of {len(HOSTILE)} hostile texts of {LONG:,} characters.",
    ]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
