"""What the log says of requests that were refused before they reached a page."""

import logging
import re


class OneLine(logging.Filter):
    """Say in one line, without a traceback, that somebody asked for a host that is not ours."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten the record; it is always kept."""
        record.exc_info = None
        record.msg = f"{record.getMessage().split(' You may need')[0]} HEARBACK_HOSTS names the hosts served."
        record.args = ()
        return True


class NoTokens(logging.Filter):
    """Keep the token of a one-time sign-in link out of the log: it may still be good."""

    TOKEN = re.compile(r"(/sign-in/link/)[^/\s]+")

    def filter(self, record: logging.LogRecord) -> bool:
        """Blot the token out; the record is always kept."""
        record.msg = self.TOKEN.sub(r"\1…", record.getMessage())
        record.args = ()
        return True
