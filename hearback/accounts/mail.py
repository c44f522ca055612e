"""Mailing a one-time sign-in link to somebody who asks for it."""

import logging
from smtplib import SMTPException
from threading import Thread
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def mail_link(address: str, token: str, onward: str) -> Thread:
    """Send a link beside the request, so that how long the answer takes does not tell who has an account.

    Args:
        onward: where to go once signed in.
    """
    link = f"{settings.SITE_URL}{reverse('sign_in_by_link', args=[token])}?{urlencode({'next': onward})}"
    text = _(
        "Somebody asked for a link that signs you in. It works once, for 12 hours:\n\n{link}\n\n"
        "If it was not you, do nothing: nobody else has the link."
    ).format(link=link)
    thread = Thread(
        target=_send, args=[EmailMessage(_("Your sign-in link"), text, to=[address])], daemon=True
    )
    thread.start()
    return thread


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except (SMTPException, OSError) as problem:  # its words name the address
        log.error("a sign-in link could not be mailed: %s", type(problem).__name__)
