"""Where the window is built: the only place that makes a QApplication, a look and what hangs on them.

The command line reaches it by way of `__main__`, so that commands without a window load no Qt.
"""

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.ui import pictures, theme
from harmony_desk.ui.gallery import GalleryWindow
from harmony_desk.ui.theme import Look

OFFSCREEN = "offscreen"


def application(platform: str = "") -> QApplication:
    """The one QApplication of this process, with our look; `platform` only counts when it is made here.

    Raises UserError on a machine without a display: Qt itself would abort the process.
    """
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if platform:
        os.environ["QT_QPA_PLATFORM"] = platform
    if not has_display():
        raise UserError(_("This machine has no display to show a window on."), code="no_display")
    made = QApplication(["harmony-desk"])
    made.setApplicationName("Harmony Desk")
    theme.apply(made, Look())
    return made


def has_display() -> bool:
    """Whether Qt can show a window here."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show_gallery(look: Look) -> int:
    """Show the page of components until its window is closed; returns the exit code."""
    app = application()
    theme.apply(app, look)
    window = GalleryWindow()
    window.show()
    return app.exec()


def take_pictures(folder: Path, only: str | None = None) -> list[Path]:
    """Grab the window into a folder, without a display. `only` names one part; see PICTURES."""
    app = application(OFFSCREEN)
    folder.mkdir(parents=True, exist_ok=True)
    return [path for name, grab in PICTURES.items() if only in (None, name) for path in grab(app, folder)]


PICTURES = {"gallery": pictures.gallery}
