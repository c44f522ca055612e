"""Which release a request is shown: the newest, or the one that is looked at before it is published."""

from django.http import Http404, HttpRequest

from hearback.publish import queries
from hearback.publish.frozen import ReleaseData


def previewed(request: HttpRequest) -> ReleaseData | None:
    """Give what somebody looks at before it is published; None for everybody else."""
    return getattr(request, "previewed", None)


def held(request: HttpRequest) -> ReleaseData | None:
    """Give the release that whoever asks for every page holds to, whatever comes after; None otherwise."""
    return getattr(request, "held", None)


def shown(request: HttpRequest) -> ReleaseData | None:
    """Give the release that a page shows; None before the first."""
    return previewed(request) or held(request) or queries.current_release()


def newest(request: HttpRequest) -> ReleaseData:
    """Give the release that a page shows.

    Raises:
        Http404: before the first.
    """
    release = shown(request)
    if release is None:
        raise Http404("There is no release yet.")
    return release


def numbered(request: HttpRequest, number: int) -> ReleaseData:
    """Give one release by its number.

    Raises:
        Http404: if there is none.
    """
    looked_at = previewed(request) or held(request)
    found = looked_at if looked_at and looked_at.number == number else queries.release(number)
    if found is None:
        raise Http404(f"There is no release {number}.")
    return found


def steps(request: HttpRequest) -> list[tuple[ReleaseData, ReleaseData]]:
    """Give each release with the one before it, the newest first, up to the one that a page shows."""
    return [
        (numbered(request, number - 1), numbered(request, number))
        for number in range(newest(request).number, 1, -1)
    ]


def listed(request: HttpRequest) -> list[queries.ReleaseFact]:
    """List all releases, newest first, with the one that is looked at before it is published."""
    found, last = queries.releases(), held(request)
    if last is not None:
        return [one for one in found if one.number <= last.number]
    waits = queries.waiting() if previewed(request) else None
    return [queries.as_published(waits), *found] if waits else found
