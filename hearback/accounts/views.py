"""Signing in and out."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hearback.accounts.actions import LinkNotGood, make_mailed_link, note_sign_in_failure, use_sign_in_link
from hearback.accounts.forms import SignInForm
from hearback.accounts.mail import mail_link
from hearback.accounts.queries import link_is_good, password_rests
from hearback.accounts.rules import token_hash
from hearback.ui.speaking import CHOSEN, languages

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by name and password; after many failures the name rests, and whoever is in goes onward."""
    onward = _safe_next(request)
    if request.method == "GET" and request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        if password_rests(username, now()):
            form.add_error(None, _("Too many failed attempts. Wait 15 minutes, or use a one-time link."))
        else:
            user = authenticate(request, username=username, password=form.cleaned_data["password"])
            if user is not None:
                login(request, user)
                return redirect(onward)
            note_sign_in_failure(username, by="visitor", at=now())
            form.add_error(None, _("This user name and password do not belong together."))
    status = 200 if request.method == "GET" else 422
    return _sign_in_page(request, form, status=status)


@login_not_required
@never_cache
@require_POST
def mail_sign_in_link(request: HttpRequest) -> HttpResponse:
    """Mail a one-time link to who asks, and say the same whether there is such a person or not."""
    if not settings.EMAIL_HOST:
        raise Http404
    username = request.POST.get("username", "")[:150].replace("\x00", "")
    found = make_mailed_link(username, by="visitor", at=now())
    if found is not None:
        mail_link(*found, _safe_next(request))
    return _sign_in_page(request, SignInForm(), asked_for_link=True)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show a button on GET, so that a mail scanner cannot use the link up; sign in on POST."""
    if request.method == "POST":
        try:
            user = use_sign_in_link(token, by="visitor", at=now())
        except LinkNotGood as problem:
            return render(request, "accounts/link_not_good.html", {"problem": problem}, status=410)
        login(request, user, backend=BACKEND)
        return redirect(_safe_next(request))
    if not link_is_good(token_hash(token), now()):
        problem_text = _("This link was used already or has run out. Ask for a new one.")
        return render(request, "accounts/link_not_good.html", {"problem": problem_text}, status=410)
    return render(request, "accounts/sign_in_by_link.html", {"next": _safe_next(request)})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("/")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Speak a language with this person until they sign out, and go back to the page where they chose it."""
    wanted = request.POST.get("language", "")
    if wanted in languages():
        request.session[CHOSEN] = wanted
    return redirect(_safe_next(request))


def _sign_in_page(request: HttpRequest, form: SignInForm, *, status: int = 200, **more: bool) -> HttpResponse:
    context = {"form": form, "next": _safe_next(request), "mails_links": bool(settings.EMAIL_HOST), **more}
    return render(request, "accounts/sign_in.html", context, status=status)


def _safe_next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return str(settings.LOGIN_REDIRECT_URL)
