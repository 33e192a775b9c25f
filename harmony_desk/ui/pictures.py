"""Pictures of the window for the documents, grabbed without a display."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from harmony_desk.ui import theme
from harmony_desk.ui.gallery import WIDTH, Gallery
from harmony_desk.ui.theme import Look

THEMES = ("light", "dark")
TEXT_SIZES = (90, 100, 150)


def gallery(app: QApplication, folder: Path) -> list[Path]:
    """The page of components in both themes and three text sizes; returns the files."""
    made = []
    for shade in THEMES:
        for size in TEXT_SIZES:
            theme.apply(app, Look(theme=shade, text_size=size))
            page = Gallery()
            path = folder / f"gallery-{shade}-{size}.png"
            grab(app, page, path)
            made.append(path)
    theme.apply(app, replace(theme.look(), text_size=100))
    return made


def grab(app: QApplication, page: Gallery, path: Path) -> None:
    """One picture of the whole page. Raises OSError when the file cannot be written."""
    page.resize(WIDTH, 1000)
    page.show()
    settle(app, page)
    if not page.grab().save(str(path)):
        raise OSError(f"not written: {path.name}")
    page.close()
    page.deleteLater()
    app.processEvents()


def settle(app: QApplication, page: Gallery) -> None:
    """Give the page the height that its contents ask for; twice, because lines wrap anew at each width."""
    for _round in range(2):
        app.processEvents()
        layout = page.layout()
        high = layout.totalHeightForWidth(WIDTH) if layout and layout.hasHeightForWidth() else page.sizeHint().height()
        page.resize(QSize(WIDTH, max(high, 400)))
    app.processEvents()
    if (focused := app.focusWidget()) is not None:
        focused.clearFocus()
    app.processEvents()
