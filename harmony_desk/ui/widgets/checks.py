"""Check boxes, radio buttons, and the toggle for settings that act at once."""

from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px


def _hint(button: QAbstractButton, mark: int) -> QSize:
    words = theme.width(button.text()) + px(8) if button.text() else 0
    return QSize(px(mark) + words, px(22))


def _words(p: QPainter, button: QAbstractButton, mark: int) -> None:
    area = QRectF(px(mark) + px(8), 0, button.width() - px(mark) - px(8), button.height())
    role = "text" if button.isEnabled() else "disabled"
    paint.text(p, area, button.text(), role, elide=paint.ELIDE_NEVER)


def _square(button: QAbstractButton) -> QRectF:
    return QRectF(0, round((button.height() - px(18)) / 2), px(18), px(18))


class _Mark(Restyled, KeyFocus):
    """What check and radio share: the size, and that the words belong to what can be pressed."""

    MARK = 18

    def _settle(self, button: QAbstractButton, label: str) -> None:
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setAttribute(Qt.WidgetAttribute.WA_Hover)
        button.setAccessibleName(label or button.text())

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - Qt asks; the whole row can be pressed
        """Called by Qt."""
        return True

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return _hint(cast(QAbstractButton, self), self.MARK)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()


class Check(_Mark, QCheckBox):
    """A square that can be on."""

    def __init__(self, words: str, *, chosen: bool = False, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setChecked(chosen)
        self._settle(self, label)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            square = _square(self)
            if self.isChecked():
                paint.box(p, square, "accent" if self.isEnabled() else "disabled", radius=4)
                paint.icon(p, "check", square.center().x() - px(6), square.center().y(), 12, "on_accent", "bold")
            else:
                edge = "line_strong" if self.isEnabled() else "line"
                hot = self.underMouse() and self.isEnabled()
                paint.box(p, square, "hover" if hot else "surface", edge, 4, 1.5)
            if self.shows_ring():
                paint.focus_ring(p, square, 4, inner="surface")
            _words(p, self, self.MARK)


class Radio(_Mark, QRadioButton):
    """One of several; put those that exclude each other in one parent."""

    def __init__(self, words: str, *, chosen: bool = False, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setChecked(chosen)
        self._settle(self, label)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            draw_radio(p, _square(self), chosen=self.isChecked(), off=not self.isEnabled(), hot=self.underMouse())
            if self.shows_ring():
                paint.focus_ring(p, _square(self), 99)
            _words(p, self, self.MARK)


def draw_radio(p: QPainter, circle: QRectF, *, chosen: bool, off: bool = False, hot: bool = False) -> None:
    """The mark of a radio button, also inside cards that are one."""
    edge = ("accent" if chosen else "line_strong") if not off else "line"
    paint.box(p, circle, "hover" if hot and not off else "surface", edge, 99, 2 if chosen else 1.5)
    if chosen:
        inset = px(5)
        paint.box(p, circle.adjusted(inset, inset, -inset, -inset), "accent" if not off else "disabled", radius=99)


class Toggle(_Mark, QCheckBox):
    """A switch, only for settings that act at once; `label` is what a screen reader says."""

    MARK = 34

    def __init__(self, label: str, *, chosen: bool = False, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setChecked(chosen)
        self._settle(self, label)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            track = QRectF(0, round((self.height() - px(20)) / 2), px(34), px(20))
            on = self.isChecked()
            paint.box(p, track, "accent" if on else "neutral_soft", None if on else "line_strong", 99)
            side = px(14)
            left = track.right() - side - px(3) if on else track.left() + px(3)
            knob = QRectF(left, track.center().y() - side / 2, side, side)
            paint.box(p, knob, "on_accent" if on else "line_strong", radius=99)
            if self.shows_ring():
                paint.focus_ring(p, track, 99)
