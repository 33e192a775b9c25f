"""What the command line does with a bug: a reference for the person, the stack in a file.

Neither holds the text of the exception: PostgreSQL and Python repeat in it what was typed.
"""

import datetime as dt
import secrets
import traceback
from pathlib import Path

import click
import platformdirs

from harmony_desk.core.texts import _


def report(error: BaseException) -> None:
    """Say that something broke, with the reference under which its stack can be found."""
    reference = secrets.token_hex(4)
    file = _write(reference, describe(error))
    sentence = _("Something went wrong that should not have. Reference: {reference}.")
    click.echo(sentence.format(reference=reference), err=True)
    if file is not None:
        click.echo(_("The report is in {file}.").format(file=file), err=True)


def describe(error: BaseException) -> str:
    """The stack, the kinds of the exceptions and PostgreSQL's codes; no values and no messages."""
    parts = []
    current: BaseException | None = error
    while current is not None:
        parts.append("\n".join([_kind(current), *_frames(current)]))
        current = current.__cause__ or current.__context__
    return "\ncaused by ".join(parts) + "\n"


def _kind(error: BaseException) -> str:
    origin = getattr(error, "orig", error)  # SQLAlchemy wraps the driver's exception
    state = getattr(origin, "sqlstate", None)
    constraint = getattr(getattr(origin, "diag", None), "constraint_name", None)
    facts = [f"sqlstate={state}" if state else "", f"constraint={constraint}" if constraint else ""]
    return " ".join(filter(None, [f"{type(error).__module__}.{type(error).__qualname__}", *facts]))


def _frames(error: BaseException) -> list[str]:
    stack = traceback.extract_tb(error.__traceback__)
    return [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in stack]


def _write(reference: str, text: str) -> Path | None:
    """Append to the log of this user; None when there is no place for it."""
    file = platformdirs.user_log_path("harmony-desk") / "crashes.log"
    stamp = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a") as log:
            log.write(f"{stamp} {reference}\n{text}\n")
    except OSError:
        return None
    return file
