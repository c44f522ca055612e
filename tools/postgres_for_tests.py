"""Run a command with a PostgreSQL of its own: `tools/postgres_for_tests.py -- pytest -q`.

The server lives in a temporary folder, listens on a unix socket there and nowhere else, does without
durability, and is stopped and removed when the command ends. The command finds it in HEARBACK_DATABASE_URL.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn
from urllib.parse import quote

FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


def give_up(message: str) -> NoReturn:
    sys.exit(f"postgres_for_tests: {message}")


def programs() -> Path:
    """Give the folder of the newest PostgreSQL on this machine."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda f: -int(f.parent.name))
    on_path = shutil.which("initdb")
    found = [f for f in folders if (f / "initdb").exists()] + ([Path(on_path).parent] if on_path else [])
    if not found:
        give_up("PostgreSQL is missing; run tools/install_test_tools.sh or: sudo apt-get install postgresql")
    return found[0]


def owner() -> pwd.struct_passwd:
    """Choose who runs the server: PostgreSQL refuses to run as root, so root hands it to another user."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    users = {user.pw_name: user for user in pwd.getpwall()}
    return users.get("postgres") or users.get("nobody") or give_up("there is no user postgres or nobody")


def run(command: list[str], user: pwd.struct_passwd, folder: Path) -> None:
    """Run one of PostgreSQL's programs as the server's user; its output is shown only if it fails."""
    other: dict[str, Any] = {}
    if os.geteuid() == 0:
        other = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **other
    )
    if done.returncode:
        log = folder / "log"
        give_up(f"{command[0]} failed:\n{done.stdout}\n{log.read_text() if log.exists() else ''}")


def stop_on_signal(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def main() -> int:
    command = sys.argv[2:] if sys.argv[1:2] == ["--"] else []
    if not command:
        give_up("usage: tools/postgres_for_tests.py -- COMMAND ...")
    bin_folder, user = programs(), owner()
    signal.signal(signal.SIGTERM, stop_on_signal)
    folder = Path(tempfile.mkdtemp(prefix="hearback-pg-", dir="/tmp"))
    data, control = str(folder / "data"), str(bin_folder / "pg_ctl")
    os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        run([str(bin_folder / "initdb"), "-D", data, "-U", "hearback", "-A", "trust", "-E", "UTF8",
             "--locale=C.UTF-8", "--no-sync"], user, folder)  # fmt: skip
        options = " ".join(f"-c {setting!r}" for setting in (*FAST, f"unix_socket_directories={folder}"))
        run([control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start"], user, folder)
        url = f"postgresql://hearback@{quote(str(folder), safe='')}:5432/postgres"
        environ = {**os.environ, "HEARBACK_DATABASE_URL": url}
        return subprocess.run(command, env=environ, check=False).returncode
    finally:
        if Path(data, "postmaster.pid").exists():
            run([control, "-D", data, "-m", "immediate", "stop"], user, folder)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
