"""The page of one form: how far it is, what can be done with it, its links and QR code, its languages."""

from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from hearback.collect import embed
from hearback.collect.desk.access import Desk, at_desk, show_form
from hearback.collect.desk.listing import spoken, title_of
from hearback.collect.desk.moving import moves
from hearback.collect.desk.outdated import outdated_languages
from hearback.collect.desk.places import mendings
from hearback.collect.email import EmailBlock, NothingRated, email_block
from hearback.collect.intake.store import StoreNotReady
from hearback.collect.languages import name_of
from hearback.collect.links import AddressTooLong, handed_out, qr_png, qr_svg
from hearback.collect.poster import PAPERS, PosterNotMade, poster
from hearback.collect.queries import intake_store
from hearback.directory import queries as directory

MODES = {
    "inline": _("in the page"),
    "modal": _("in a dialog, behind a button of ours"),
    "button": _("in a dialog, behind a button of the page's own"),
}
PICTURES = {"svg": ("image/svg+xml", qr_svg), "png": ("image/png", qr_png)}


@require_safe
@at_desk()
def form_overview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show a form."""
    instrument = desk.form.newest.instrument
    count = None
    with suppress(StoreNotReady), intake_store() as store:
        count = store.count(desk.key)
    services = {one.key: one.name for one in directory.services()}
    providers = {one.key: one.name for one in directory.providers()}
    place, campaign = _asked(request)
    context = {
        "title": title_of(instrument),
        "service": services[desk.form.service_key],
        "provider": providers[desk.form.provider_key],
        "address": _page_of(desk),
        "is_shut": _is_shut(desk),
        "link": handed_out(_page_of(desk), place, campaign),
        "place": place,
        "campaign": campaign,
        "query": urlencode({"place": place, "campaign": campaign}),
        "languages": spoken(instrument),
        "mendings": mendings(desk.key, instrument),
        "outdated": outdated_languages(desk.form.newest),
        "moves": moves(desk),
        "count": count,
        "embeds": _embeds(desk),
        "emailed": _emailed(desk),
    }
    return show_form(request, desk, "form", context)


@require_safe
@at_desk()
def form_qr(request: HttpRequest, desk: Desk, kind: str) -> HttpResponse:
    """Draw the form's address, with a place and campaign, as a QR code."""
    if kind not in PICTURES:
        raise Http404
    media_type, draw = PICTURES[kind]
    try:
        drawn = draw(handed_out(_page_of(desk), *_asked(request)))
    except AddressTooLong as problem:
        raise BadRequest(str(problem)) from problem
    answer = HttpResponse(drawn, media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{desk.key}.{kind}"'
    return answer


@require_safe
@at_desk()
def form_poster(request: HttpRequest, desk: Desk, paper: str) -> HttpResponse:
    """Set the poster of what people are asked now, in all languages of the form or in those named."""
    if paper not in PAPERS or desk.form.published is None:
        raise Http404
    if _is_shut(desk):
        told = gettext("The form is closed, so nobody could answer: there is no poster of it.")
        return HttpResponse(told, "text/plain; charset=utf-8", status=409)
    instrument = desk.form.published.instrument
    languages = [one for one in request.GET.getlist("language") if one in instrument.languages]
    try:
        made = poster(
            instrument, handed_out(_page_of(desk), *_asked(request)), desk.form.asker, languages, paper
        )
    except (AddressTooLong, PosterNotMade) as problem:
        raise BadRequest(str(problem)) from problem
    answer = HttpResponse(made, "application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{desk.key}-{paper}.pdf"'
    return answer


@require_safe
@at_desk()
def form_email(request: HttpRequest, desk: Desk, language: str, kind: str) -> HttpResponse:
    """Give the block for an e-mail that asks what people are asked now, to download."""
    block = _email(desk, language, *_asked(request))
    if block is None or kind not in {"html", "txt"}:
        raise Http404
    answer = HttpResponse(block.html if kind == "html" else block.text, "text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{desk.key}-{language}.{kind}"'
    return answer


def _is_shut(desk: Desk) -> bool:
    """Say whether the public was asked before and no longer is, so that nothing is handed out."""
    return desk.form.state in {"closed", "archived"}


def _email(desk: Desk, language: str, *where: str) -> EmailBlock | None:
    form = desk.form
    if _is_shut(desk) or form.published is None or language not in form.published.instrument.languages:
        return None
    address = partial(handed_out, _page_of(desk), *where)
    with suppress(NothingRated):
        return email_block(form.published.instrument, form.asker, language, address)
    return None


def _emailed(desk: Desk) -> list[tuple[str, str]]:
    """List the languages, with their names, in which people can be asked by e-mail."""
    languages = desk.form.published.instrument.languages if desk.form.published else ()
    return [(one, name_of(one)) for one in languages if _email(desk, one)]


def _embeds(desk: Desk) -> list[tuple[Any, str]]:
    """List what pages of other sites need, by mode; none where set-up built no script."""
    try:
        script = embed.built()
    except embed.EmbedNotBuilt:
        return []
    title = title_of(desk.form.newest.instrument)
    return [
        (words, embed.snippet(desk.key, mode, settings.SITE_URL, title, script))
        for mode, words in MODES.items()
    ]


def _page_of(desk: Desk) -> str:
    return f"{settings.SITE_URL}{reverse('done', args=[desk.key])}"


def _asked(request: HttpRequest) -> tuple[str, str]:
    return request.GET.get("place", "")[:200], request.GET.get("campaign", "")[:200]
