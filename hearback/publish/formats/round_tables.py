"""Table of what was asked in the quarterly rounds."""

from hearback.publish.formats.tables import Table, columns

CONFIRMATIONS = Table(
    "confirmations",
    "What was asked in the quarterly rounds, and what was confirmed",
    columns(
        quarter="Fiscal quarter of the round.",
        due="By when answers were due.",
        about="What was asked about: milestone, project, commitment or success_measure.",
        record="Key of that.",
        seat="Key of the seat that stands behind it; empty where none is named.",
        word="confirmed, being read, awaited or not confirmed, on the day of the release.",
        answered_on="Day of the first answer; empty where there was none.",
        late="Whether that was after the due date; empty where there was none.",
        confirmed_on="Day of the answer that was approved; empty where none was.",
    ),
    lambda content: (
        (
            one.quarter, one.due, c.about, c.record, c.seat_key, c.word, c.answered_on, c.late,
            c.confirmed_on,
        )
        for one in content.rounds
        for c in one.confirmations
    ),
)  # fmt: skip
