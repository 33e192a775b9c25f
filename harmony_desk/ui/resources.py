"""The files that the window reads, in a checkout, an installed wheel and a frozen program."""

import logging
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFontDatabase

log = logging.getLogger(__name__)

FONT_FILES = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-Medium.ttf", "IBMPlexSans-SemiBold.ttf")


@cache
def folder() -> Path:
    """`resources/`: inside the package when a wheel was built so, else beside it."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def icon_file(name: str) -> Path:
    """Where the drawing of an icon is, by its file name."""
    return folder() / "icons" / name


@cache
def load_fonts() -> tuple[str, ...]:
    """Make our fonts known to Qt, once for each process; needs a QGuiApplication. Returns the files
    that Qt refused: the window then shows the system's font, and the log says so."""
    refused = tuple(name for name in FONT_FILES if _load(folder() / "fonts" / name) < 0)
    if refused:
        log.error("fonts that do not load: %s", ", ".join(refused))
    return refused


def _load(path: Path) -> int:
    return QFontDatabase.addApplicationFont(str(path))
