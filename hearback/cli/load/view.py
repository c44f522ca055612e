"""What the intake is compared with: one plain view of the web framework that saves one row for each request.

It checks and masks with the same code, and its row is as safe on disk. It has a database of its own, in the
home folder of the measurement, and nothing of the site: no middleware, no sessions, no signing in.
"""

import os
from pathlib import Path

import msgspec
from django.conf import settings

from hearback.collect.instruments import files
from hearback.collect.instruments.answering import NotAccepted
from hearback.collect.intake.messages import Acknowledgement, Message
from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import OpenForm

if not settings.configured:
    settings.configure(
        SECRET_KEY="used for nothing " * 3,
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        MIDDLEWARE=[],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(Path(os.environ.get("HEARBACK_HOME", "var")) / "view.sqlite3"),
                "CONN_MAX_AGE": None,
                "OPTIONS": {
                    "timeout": 20,
                    "transaction_mode": "IMMEDIATE",
                    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                },
            }
        },
    )
    import django

    django.setup()

from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.db.utils import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone


class Row(models.Model):
    """A response, with the columns and the constraint of the intake's own table."""

    form = models.TextField()
    version = models.IntegerField()
    key = models.TextField()
    at = models.BigIntegerField()
    language = models.TextField()
    channel = models.TextField()
    place = models.TextField()
    campaign = models.TextField()
    answers = models.BinaryField()
    not_shown = models.JSONField()
    masked = models.JSONField()
    batch = models.TextField()

    class Meta:
        app_label = "bench"
        constraints = [models.UniqueConstraint(fields=["form", "key"], name="row_once")]
        indexes = [models.Index(fields=["form", "at"], name="row_by_time")]

    def __str__(self) -> str:
        return self.key


RECEIVER = Receiver(OpenForm("thumbs", 1, msgspec.json.encode(files.ready("thumbs"))))


def answer(request: HttpRequest) -> HttpResponse:
    """Check, mask, save, acknowledge."""
    try:
        message = msgspec.json.decode(request.body, type=Message)
        one = RECEIVER.receive(message.as_sent(), timezone.now())
    except (msgspec.MsgspecError, NotAccepted):
        return HttpResponse(status=422)
    status = 201
    try:
        Row(**{name: getattr(one, name) for name in one.__struct_fields__}).save(force_insert=True)
    except IntegrityError:
        status = 200
    except OperationalError:
        return HttpResponse(status=503)
    told = msgspec.json.encode(Acknowledgement(one.form, one.key, one.version, one.masked))
    headers = {"Content-Type": "application/json", "Content-Length": str(len(told))}
    return HttpResponse(told, headers=headers, status=status)


def make_table() -> None:
    """Make the table in an empty database."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    connection.close()


urlpatterns = [path("intake/thumbs", answer)]
application = get_wsgi_application()
