"""Two people at one thing: whoever comes second is refused, and told that there is a newer version."""

from hearback.history.queries import latest_entries


class ChangedMeanwhile(Exception):
    """Somebody changed it after it was read: nothing was kept."""


def check_seen(kind: str, key: str, seen: int | None, version: int) -> None:
    """Check that a change is meant for what stands there now.

    Args:
        kind: the kind of row, as history names it.
        seen: the version that was read; null stands for whatever it is.
        version: the version that stands there.

    Raises:
        ChangedMeanwhile: if they differ; the message says who changed it and when.
    """
    if seen is None or seen == version:
        return
    if seen > version:
        raise ChangedMeanwhile(
            f"there is no version {seen}; it is version {version} now; name the one you saw"
        )
    last = next(iter(latest_entries(1, kind, key)), None)
    when = f" by {last.by} at {last.at:%Y-%m-%d %H:%M} UTC" if last else ""
    raise ChangedMeanwhile(
        f"you saw version {seen}; it was changed{when} and is version {version} now. Nothing was kept; "
        "look at what it says now, and do it again if you still want to"
    )
