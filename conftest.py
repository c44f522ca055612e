"""Give every test run a home folder of its own, before Django reads its settings.

pytest-django would read the settings before it reads any `conftest.py` if `DJANGO_SETTINGS_MODULE` stood in
`pyproject.toml`; therefore it is set here. A run never sees the home folder or the settings of the person who
starts it, save for the address of the database.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from hearback.cli.init import make_home


def _make_home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="hearback-test-home-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    make_home(home)
    return home


for _name in [name for name in os.environ if name.startswith("HEARBACK_")]:
    if _name != "HEARBACK_DATABASE_URL":
        del os.environ[_name]
os.environ["HEARBACK_HOME"] = str(_make_home())
os.environ["DJANGO_SETTINGS_MODULE"] = "hearback.config.settings"

import django  # noqa: E402 - the home folder comes first
import hypothesis  # noqa: E402
from django.conf import settings  # noqa: E402

django.setup()

# How long an example takes tells how busy the machine is, and nothing about the program.
hypothesis.settings.register_profile("unhurried", hypothesis.settings.get_profile("default"), deadline=None)
if (
    "CI" not in os.environ
):  # there, Hypothesis has a profile of its own: unhurried, and the same examples each time
    hypothesis.settings.load_profile("unhurried")

settings.PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
]  # slow ones only cost tests time
