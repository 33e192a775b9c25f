"""Chips filter or choose, segments switch between modes."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM


class Chip(Restyled, KeyFocus, QPushButton):
    """A round choice that can be on; `count` stands behind the word, `key` in a cap, `closes` is a cross."""

    def __init__(
        self,
        words: str,
        *,
        icon: str = "",
        count: int | None = None,
        key: str = "",
        closes: bool = False,
        chosen: bool = False,
        on_ink: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._icon, self._key, self._closes, self._on_ink = icon, key, closes, on_ink
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count(count)

    def show_count(self, count: int | None) -> None:
        """How many there are behind this filter."""
        self._count = "" if count is None else str(count)
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        wide = px(12) * 2 + theme.width(self.text(), "small", MEDIUM)
        wide += px(16 + 7) if self._shown_icon() else 0
        wide += theme.width(self._count, "small") + px(8) if self._count else 0
        wide += paint.key_width(self._key) + px(8) if self._key else 0
        wide += px(12 + 8) if self._closes else 0
        return QSize(wide, px(28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def _shown_icon(self) -> str:
        return self._icon

    def _colours(self) -> tuple[str, str, str, str]:
        """Fill, edge, text and count."""
        if self._on_ink:
            on = self.isChecked()
            return ("ink", "ink_text", "ink_text", "ink_text2") if on else ("ink", "ink_line", "ink_text2", "ink_text2")
        if not self.isEnabled():
            return "surface", "line", "disabled", "disabled"
        hot = self.underMouse() or self.posed == "hover"
        if self.isChecked():
            return ("selected_hover" if hot else "selected"), "accent", "accent_text", "accent_text"
        return ("hover" if hot else "surface"), "line_strong", "text", "text2"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        fill, edge, role, quiet = self._colours()
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, fill, edge, 99)
            x, middle = float(px(12)), rect.center().y()
            if self._shown_icon():
                x += self._paint_icon(p, x, middle, role) + px(7)
            wide = theme.width(self.text(), "small", MEDIUM)
            paint.text(
                p, QRectF(x, 0, wide, rect.height()), self.text(), role, "small", MEDIUM, elide=paint.ELIDE_NEVER
            )
            x += wide + px(8)
            if self._count:
                paint.text(p, QRectF(x, 0, rect.right() - x, rect.height()), self._count, quiet, "small")
            if self._key:
                paint.key_cap(p, x, middle, self._key, quiet, "accent" if self.isChecked() else "line_strong")
            if self._closes:
                paint.icon(p, "x", rect.right() - px(24), middle, 12, role, "bold")
            if self.shows_ring():
                paint.focus_ring(p, rect, 99, on_ink=self._on_ink, inner=fill)

    def _paint_icon(self, p: QPainter, x: float, middle: float, role: str) -> float:
        if self._on_ink and self.isChecked():
            return paint.icon(p, "check-circle", x, middle, 16, "ink_live", "fill")
        return paint.icon(p, self._icon, x, middle, 16, role, "bold" if self.isChecked() else "regular")


class _Segment(Restyled, KeyFocus, QRadioButton):
    def __init__(self, words: str, icon: str, count: str, parent: "Segments") -> None:
        super().__init__(words, parent)
        self._icon, self._count, self._ink = icon, count, parent.on_ink
        self.setAccessibleName(f"{words} {count}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        wide = theme.width(self.text(), "small", MEDIUM) + px(24 if not self._ink else 20)
        wide += px(16 + 7) if self._icon else 0
        wide += theme.width(self._count, "small") + px(7) if self._count else 0
        return QSize(wide, px(28))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802 - the whole part can be pressed
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect = paint.full(self)
            role = self._paint_ground(p, rect)
            x, middle = (
                (self.width() - self.sizeHint().width()) / 2 + px(12 if not self._ink else 10),
                rect.center().y(),
            )
            if self._icon:
                weight = "bold" if self.isChecked() else "regular"
                x += paint.icon(p, self._icon, x, middle, 16, role, weight) + px(7)
            wide = theme.width(self.text(), "small", MEDIUM)
            paint.text(
                p, QRectF(x, 0, wide, rect.height()), self.text(), role, "small", MEDIUM, elide=paint.ELIDE_NEVER
            )
            if self._count:
                area = QRectF(x + wide + px(7), 0, rect.right() - x - wide, rect.height())
                paint.text(p, area, self._count, "text2", "small")
            if self.shows_ring():
                paint.focus_ring(p, rect, on_ink=self._ink, inner="raised")

    def _paint_ground(self, p: QPainter, rect: QRectF) -> str:
        hot = self.underMouse() and self.isEnabled()
        if self._ink:
            paint.box(p, rect, "ink_btn" if self.isChecked() else ("ink3" if hot else "ink2"))
            return "ink_btn_text" if self.isChecked() else "ink_text"
        if self.isChecked():
            paint.box(p, rect, "raised", "line_strong")
            return "text"
        if hot:
            paint.box(p, rect.adjusted(2, 2, -2, -2), "pressed")
        return "neutral_text" if self.isEnabled() else "disabled"


class Segments(Restyled, QWidget):
    """Modes beside each other, of which one is chosen; arrows move the choice. On ink they stand apart."""

    chosen = Signal(int)  # the place of the part that was chosen

    def __init__(self, label: str, *, on_ink: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_ink = on_ink
        self.setAccessibleName(label)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self._row = self.spaced(QHBoxLayout(self), 4 if on_ink else 0, (0, 0, 0, 0) if on_ink else (2, 2, 2, 2))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def add(self, words: str, *, icon: str = "", count: int | None = None, chosen: bool = False) -> QAbstractButton:
        """Another mode behind the others."""
        part = _Segment(words, icon, "" if count is None else str(count), self)
        self._row.addWidget(part)
        self._group.addButton(part, len(self._group.buttons()))
        part.setChecked(chosen)
        return part

    def choose(self, place: int) -> None:
        """Choose a mode from code."""
        self._group.button(place).setChecked(True)

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.chosen.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        if not self.on_ink:
            with paint.painter(self) as p:
                paint.box(p, paint.full(self), "neutral_soft")
