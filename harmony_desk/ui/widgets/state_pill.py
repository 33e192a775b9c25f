"""What the person at the desk does now: available, on the line, wrapping up, on a break."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets import badges


class StatePill(Restyled, KeyFocus, QPushButton):
    """Round, with icon and word; pressing it offers the other states."""

    def __init__(self, words: str, icon: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_state(words, icon, tone)

    def show_state(self, words: str, icon: str, tone: str) -> None:
        """The state of now."""
        self._icon, self._tone = icon, tone
        self.setText(words)
        self.setAccessibleName(_("Your state: {state}").format(state=words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(12 + 16 + 6) + theme.width(self.text(), "small", MEDIUM) + px(6 + 12 + 12), px(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        soft, role = badges.colours(self._tone)
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, soft, role if self.underMouse() or self.isDown() else None, 99)
            middle = rect.center().y()
            x = px(12) + paint.icon(p, self._icon, px(12), middle, 16, role, "fill") + px(6)
            wide = theme.width(self.text(), "small", MEDIUM)
            paint.text(
                p, QRectF(x, 0, wide, rect.height()), self.text(), role, "small", MEDIUM, elide=paint.ELIDE_NEVER
            )
            paint.icon(p, "caret-down", x + wide + px(6), middle, 12, role, "bold")
            if self.shows_ring():
                paint.focus_ring(p, rect, 99, inner="canvas")
