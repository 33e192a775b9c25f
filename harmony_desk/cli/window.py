"""What the command line asks of the window. The commands know this shape only; `__main__` brings what
fills it and loads Qt at the first use, so that a command without a window stays fast."""

from pathlib import Path
from typing import Protocol

import click


class Window(Protocol):
    """The entrances of harmony_desk.app."""

    def show_gallery(self, *, theme: str, text_size: int, density: str) -> int:
        """Show the components; returns the exit code."""

    def take_pictures(self, folder: Path, only: str | None) -> list[Path]:
        """Grab pictures; returns the files."""


def of(context: click.Context) -> Window:
    """The window that this run of the command line was given."""
    found: Window | None = context.find_root().obj
    if found is None:
        raise click.UsageError("this program was built without its window")
    return found
