"""Who may publish what: decisions without a database."""


def hindrance(
    *, seen: str, waiting: str | None, prepared_by: str, by: str, number: int, newest: int
) -> str | None:
    """Say why somebody cannot publish what was prepared, and what to do; None where they can.

    Args:
        seen: hash of the manifest of what was looked at.
        waiting: hash of the manifest of what waits; None where nothing does.
        number: the number that was prepared.
        newest: number of the newest release; 0 before the first.
    """
    if waiting != seen:
        return "This is not waiting any more: look at what waits now."
    if prepared_by.strip().casefold() == by.strip().casefold():
        return f"{by} prepared this release; somebody else has to publish it."
    if number != newest + 1:
        return "Another release was made since this was prepared: prepare it again."
    return None
