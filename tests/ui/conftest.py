"""What tests of the window share: no display, no message of Qt unheard, nothing left behind."""

import gc
import os
from collections.abc import Iterator

# Before anything loads Qt: a plugin is chosen once for each process.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

import pytest
from PySide6.QtCore import QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from harmony_desk.core import texts
from harmony_desk.ui import theme
from harmony_desk.ui.theme import Look


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """The name of pytest-qt's application."""
    return ["harmony-desk"]


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[None]:
    """Every test starts light, normal and at 100 %, in Dutch."""
    texts.use_language("nl")
    if theme.look() != Look() or not qapp.styleSheet():
        theme.apply(qapp, Look())
    yield
    texts.use_language("nl")


# The offscreen plugin says so of each window with a least size; on a real screen nobody does.
NO_MATTER = "This plugin does not support propagateSizeHints()"


@pytest.fixture(autouse=True)
def qt_messages() -> Iterator[list[str]]:
    """A test fails on every word of Qt; one that expects some clears the list."""
    heard: list[str] = []

    def listen(kind: QtMsgType, context: object, message: str) -> None:
        if message != NO_MATTER:
            heard.append(f"{kind.name}: {message}")

    before = qInstallMessageHandler(listen)
    yield heard
    qInstallMessageHandler(before)
    assert heard == []


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp: QApplication, qt_messages: list[str]) -> Iterator[None]:
    """A window or a running timer that outlives its test is a leak."""
    yield
    qapp.sendPostedEvents(None, 52)  # 52 is DeferredDelete: what was told to go, goes now
    gc.collect()
    qapp.sendPostedEvents(None, 52)
    windows = [type(widget).__name__ for widget in qapp.topLevelWidgets() if widget.isVisible()]
    timers = [timer for widget in qapp.topLevelWidgets() for timer in widget.findChildren(QTimer) if timer.isActive()]
    for widget in qapp.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    assert windows == []
    assert timers == []
