"""The site on one machine, from nothing to its address: ``python -m kzafrica.development [PORT]`` (``make run``)."""

import errno
import hashlib
import os
import secrets
import socket
import sys
from pathlib import Path

import django
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"


def say(sentence: str) -> None:
    print(sentence, flush=True)


def port_from(argument: str) -> int:
    if not argument.isdecimal() or not 1 <= int(argument) <= 65535:
        sys.exit(f"“{argument}” is not a port: use a number from 1 to 65535, as in `make run PORT=8123`.")
    return int(argument)


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = "is already in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
            sys.exit(f"Port {port} {reason}. Choose another one: make run PORT={port % 65535 + 1}")


def write_environment() -> None:
    """A ``.env`` for this machine alone, unless there is one."""
    path = BASE_DIR / ".env"
    if path.exists() or "SECRET_KEY" in os.environ:
        return
    lines = [
        "# Written by `make run` for this machine. Not for production, not for git.",
        f"SECRET_KEY={secrets.token_urlsafe(50)}",
        "HTTPS=off",
        "ALLOWED_HOSTS=localhost,127.0.0.1,[::1]",
        "SECOND_FACTOR=off",
    ]
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    say("Wrote .env with a new secret key and SECOND_FACTOR=off: here, a password alone opens the admin to everybody.")


def collect_static_files() -> None:
    """Collects and compresses static files, unless those collected last time are still the same."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            path = Path(storage.path(name))
            digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}\n".encode())
    stamp = VAR_DIR / "static.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("Collecting static files ...")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def prepare() -> None:
    VAR_DIR.mkdir(exist_ok=True)
    write_environment()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kzafrica.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    collect_static_files()
    call_command("load_dataset")
    call_command("rebuild_search", if_needed=True)
    call_command("create_accounts")


def serve(port: int) -> None:
    say(f"KZ-Africa is at http://127.0.0.1:{port}/ (Ctrl+C stops it).")
    arguments = ["--bind", f"127.0.0.1:{port}", "--threads", "8", "--no-control-socket", "--log-level", "warning"]
    arguments += ["--limit-request-line", "8190"]  # So that it is the site which refuses what is too long.
    os.environ.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{port}")
    os.chdir(BASE_DIR)
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *arguments, "kzafrica.wsgi"])


def main(arguments: list[str]) -> None:
    port = port_from(arguments[0] if arguments else "8000")
    check_port_is_free(port)
    try:
        prepare()
    except CommandError as error:
        sys.exit(f"KZ-Africa cannot start: {error}")
    except KeyboardInterrupt:
        sys.exit("Stopped before the site was ready; `make run` goes on from here.")
    serve(port)


if __name__ == "__main__":
    main(sys.argv[1:])
