"""Every setting of Hearback in one table, and what Django makes of them."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from wsgiref.headers import Headers
from zoneinfo import ZoneInfo

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hearback.collect.intake.guarding.guard import Limits, limits_of
from hearback.config import values
from hearback.config.mail import MailServer, mail_address, mail_server
from hearback.ui.licenses import LICENSES

BASE_DIR = Path(__file__).resolve().parent.parent.parent


class SettingNotValid(ImproperlyConfigured):
    """A setting is missing or cannot be understood; the message says which and what to write."""


@dataclass(frozen=True)
class Setting:
    """One thing an operator may set. `default` None means it must be given."""

    name: str
    default: str | None
    parse: Callable[[str], object]
    help: str
    secret: bool = False


TABLE: tuple[Setting, ...] = (
    Setting("HEARBACK_HOME", "var", Path, "Folder of database, archive, releases and keys."),
    Setting(
        "HEARBACK_SECRET_KEY",
        None,
        values.secret,
        "Signs sessions. Left out, it is read from keys/secret_key in the home folder.",
        secret=True,
    ),
    Setting(
        "HEARBACK_SIGNING_KEY",
        "",
        values.signing_key,
        "Signs releases: base64 of 32 bytes. Left out, it is read from keys/signing_key in the home folder.",
        secret=True,
    ),
    Setting(
        "HEARBACK_DATABASE_URL",
        "",
        str,
        "Address of a PostgreSQL database; empty means SQLite in the home folder.",
        secret=True,
    ),
    Setting("HEARBACK_HOSTS", "127.0.0.1 localhost [::1]", values.words, "Host names the server answers to."),
    Setting(
        "HEARBACK_SITE_URL",
        "http://127.0.0.1:8000",
        values.site_address,
        "Address people reach the site at; https makes cookies secure.",
    ),
    Setting("HEARBACK_COUNTRY", "us", values.country, "Whose official banner is shown; none for no banner."),
    Setting("HEARBACK_FISCAL_YEAR_STARTS", "10", values.month, "Month in which the fiscal year starts."),
    Setting(
        "HEARBACK_ZONE",
        "UTC",
        values.zone,
        "Time zone in which days and quarters of responses begin, and a clearance ends.",
    ),
    Setting(
        "HEARBACK_SUPPRESS_BELOW",
        "10",
        values.group_size,
        "Groups with fewer answers than this are not published, but for counts with noise.",
    ),
    Setting(
        "HEARBACK_NOISE_BUDGET",
        "none",
        values.noise_budget,
        "Privacy budget (epsilon) of each answer for counts of groups with noise, above 0 and at most 3, as "
        "1; none publishes none. See docs/methods/noise.md.",
    ),
    Setting("HEARBACK_ENGINE", "duckdb", values.engine, "What counts archived answers: duckdb or spark."),
    Setting(
        "HEARBACK_SPARK_ADDRESS",
        "",
        values.spark_address,
        "Master of a Spark cluster, as spark://host:7077; empty means Spark on this machine alone.",
    ),
    Setting(
        "HEARBACK_PROXIES",
        "",
        values.networks,
        "Addresses or networks of reverse proxies whose X-Forwarded-For is believed; empty believes none.",
    ),
    Setting(
        "HEARBACK_CHALLENGE_NETWORK",
        str(Limits.network),
        values.limit,
        "Responses from one network in ten minutes, above which each has to be proved; none for never.",
    ),
    Setting(
        "HEARBACK_CHALLENGE_FORM",
        str(Limits.form),
        values.limit,
        "Responses to one form in ten minutes, above which each has to be proved; none for never.",
    ),
    Setting(
        "HEARBACK_REFUSE_NETWORK",
        str(Limits.refused),
        values.limit,
        "Requests from one network in ten minutes, above which more are refused; none for never.",
    ),
    Setting(
        "HEARBACK_MAIL_URL",
        "",
        mail_server,
        "Mail server for reminders, as smtp://user:password@host:587; empty sends none.",
        secret=True,
    ),
    Setting("HEARBACK_MAIL_FROM", "hearback@localhost", mail_address, "Address that reminders come from."),
    Setting("HEARBACK_PUBLISHER", "", str, "Who publishes; empty means the host name of the site."),
    Setting(
        "HEARBACK_DATA_LICENSE",
        "CC0-1.0",
        values.license_of,
        f"Licence of the open data: {', '.join(LICENSES)}.",
    ),
    Setting(
        "HEARBACK_DATA_CONTACT",
        "",
        values.contact,
        "Who answers questions about the data, as mailto:data@example.org; empty names nobody.",
    ),
    Setting(
        "HEARBACK_SECURITY_CONTACT",
        "",
        values.contact,
        "Whom to tell of a weakness, for /.well-known/security.txt; empty serves no such file.",
    ),
    Setting(
        "HEARBACK_SITE_FORM",
        "",
        values.form_key,
        "Key of the form for feedback on the site itself, linked from every public page; empty links none.",
    ),
    Setting("HEARBACK_DEBUG", "no", values.flag, "Detailed error pages, for development only."),
)


KEPT_KEYS = ("HEARBACK_SECRET_KEY", "HEARBACK_SIGNING_KEY")
"""Settings that are read from the folder of keys where the environment leaves them out."""


def _raw(setting: Setting, environ: Mapping[str, str], home: Path) -> str:
    if setting.name in environ:
        return environ[setting.name]
    kept = home / "keys" / setting.name.removeprefix("HEARBACK_").lower()
    if setting.name in KEPT_KEYS and kept.is_file():
        return kept.read_text(encoding="ascii", errors="replace").strip()
    if setting.name == "HEARBACK_SECRET_KEY":
        raise SettingNotValid(
            f"HEARBACK_SECRET_KEY is not set and {kept} does not exist: run `hearback init` first, "
            "or set HEARBACK_SECRET_KEY."
        )
    if setting.default is None:
        raise SettingNotValid(f"{setting.name} is not set: {setting.help}")
    return setting.default


def read_settings(environ: Mapping[str, str]) -> dict[str, object]:
    """Read every setting of the table from an environment.

    Raises:
        SettingNotValid: names the first setting that is missing, unknown or not understood, and what to
            write; the value of a secret is never shown.
    """
    known = {setting.name for setting in TABLE}
    for name in sorted(environ):
        if name.startswith("HEARBACK_") and name not in known:
            raise SettingNotValid(f"{name} is not a setting; `hearback settings` lists them.")
    home = Path(environ.get("HEARBACK_HOME", "var"))
    values: dict[str, object] = {}
    for setting in TABLE:
        raw = _raw(setting, environ, home)
        try:
            values[setting.name] = setting.parse(raw)
        except ValueError as problem:
            shown = "its value" if setting.secret else repr(raw)
            raise SettingNotValid(f"{setting.name}: {shown} is not usable; {problem}.") from problem
    return values


def _databases(url: str, home: Path) -> dict[str, dict[str, object]]:
    if url:
        try:
            parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
        except Exception as problem:
            raise SettingNotValid(
                "HEARBACK_DATABASE_URL: its value is not usable; write postgresql://user:password@host:5432/name."
            ) from problem
        if not parsed.get("NAME"):
            raise SettingNotValid(
                "HEARBACK_DATABASE_URL: it names no database; write it after the last slash."
            )
        return {"default": dict(parsed)}
    return {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(home.resolve() / "hearback.sqlite3"),
            "CONN_MAX_AGE": 60,  # opening the file anew costs more than most answers
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    }


EMBED = r"^/static/embed/[0-9a-f]{20}\.js$"
"""Addresses of the script that pages of other sites use; its name is made from its content."""


def _for_foreign_pages(headers: Headers, path: str, url: str) -> None:
    """Allow pages of other sites to use the embed, however strictly they keep others out."""
    if re.match(EMBED, url):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


_values = read_settings(os.environ)
HOME = Path(str(_values["HEARBACK_HOME"])).resolve()
SECRET_KEY = str(_values["HEARBACK_SECRET_KEY"])
DATABASES = _databases(str(_values["HEARBACK_DATABASE_URL"]), HOME)
ALLOWED_HOSTS = _values["HEARBACK_HOSTS"]
SIGNING_KEY = str(_values["HEARBACK_SIGNING_KEY"])
SITE_URL = str(_values["HEARBACK_SITE_URL"])
COUNTRY = str(_values["HEARBACK_COUNTRY"])
FISCAL_YEAR_STARTS = int(str(_values["HEARBACK_FISCAL_YEAR_STARTS"]))
ZONE = ZoneInfo(str(_values["HEARBACK_ZONE"]))
SUPPRESS_BELOW = int(str(_values["HEARBACK_SUPPRESS_BELOW"]))
NOISE_BUDGET = _values["HEARBACK_NOISE_BUDGET"]
ENGINE = str(_values["HEARBACK_ENGINE"])
SPARK_ADDRESS = str(_values["HEARBACK_SPARK_ADDRESS"])
LIMITS = limits_of(os.environ)
PUBLISHER = str(_values["HEARBACK_PUBLISHER"]) or SITE_URL.partition("://")[2]
DATA_LICENSE = str(_values["HEARBACK_DATA_LICENSE"])
DATA_CONTACT = str(_values["HEARBACK_DATA_CONTACT"])
SECURITY_CONTACT = str(_values["HEARBACK_SECURITY_CONTACT"])
SITE_FORM = str(_values["HEARBACK_SITE_FORM"])
DEBUG = bool(_values["HEARBACK_DEBUG"])

_mail = cast(MailServer, _values["HEARBACK_MAIL_URL"])
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starttls, _mail.tls
EMAIL_TIMEOUT = 20  # seconds
DEFAULT_FROM_EMAIL = str(_values["HEARBACK_MAIL_FROM"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "hearback.ui",
    "hearback.history",
    "hearback.directory",
    "hearback.accounts",
    "hearback.collect",
    "hearback.measure",
    "hearback.learn",
    "hearback.plan",
    "hearback.publish",
    "hearback.dashboard",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "hearback.ui.speaking.OwnLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hearback.ui.context.site",
                "hearback.publish.languages.spoken",
            ],
        },
    }
]

ROOT_URLCONF = "hearback.config.urls"
WSGI_APPLICATION = "hearback.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/dashboard/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]

STATIC_URL = "/static/"
STATICFILES_DIRS = [("embed", HOME / "embed")]  # earlier embeds, for which pages of others still ask
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = EMBED
WHITENOISE_ADD_HEADERS_FUNCTION = _for_foreign_pages

_secure = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False  # the reverse proxy in front redirects; see docs/operate.md
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a form of 200 questions with long lists of choices, all taken
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [NONE],
        "connect-src": [SELF],  # no script is there to use it; checkers read robots.txt from within a page
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {
        "one_line": {"()": "hearback.config.logs.OneLine"},
        "no_tokens": {"()": "hearback.config.logs.NoTokens"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_tokens"]}},
    "loggers": {"django.security.DisallowedHost": {"filters": ["one_line"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
