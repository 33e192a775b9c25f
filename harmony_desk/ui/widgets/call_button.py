"""The big buttons of the call bar: icon and key above, the word below, on ink."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM


class CallBtn(Restyled, KeyFocus, QPushButton):
    """`kind`: "ink" for most, "objection" for the caller's objection, "light" for the one that ends."""

    def __init__(self, words: str, icon: str, key: str = "", kind: str = "ink", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon, self._key, self._kind = icon, key, kind
        self.setAccessibleName(words)
        if key:
            self.setAccessibleDescription(_("Key: {keys}").format(keys=key))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        top = px(18) + (px(8) + paint.key_width(self._key) if self._key else 0)
        return QSize(max(theme.width(self.text(), "small", MEDIUM), top) + px(22), px(52))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def _colours(self) -> tuple[str, str]:
        hot = self.isEnabled() and (self.underMouse() or self.isDown() or self.posed in ("hover", "pressed"))
        if not self.isEnabled():
            return "ink", "ink_line"
        if self._kind == "light":
            return ("ink_text" if hot else "ink_btn"), "ink_btn_text"
        if self._kind == "objection":
            return ("ink_rec", "ink") if hot else ("ink2", "ink_rec")
        return ("ink3" if hot else "ink2"), "ink_text"

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        fill, role = self._colours()
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, fill, None if self.isEnabled() else "ink_line", 8)
            top = px(18) + (px(8) + paint.key_width(self._key) if self._key else 0)
            x, middle = (self.width() - top) / 2, px(18)
            x += paint.icon(p, self._icon, x, middle, 18, role, "fill") + px(8)
            if self._key:
                paint.key_cap(p, x, middle, self._key, role, role if self._kind == "light" else "ink_line")
            words = QRectF(0, px(29), self.width(), theme.line_height("small"))
            paint.text(p, words, self.text(), role, "small", MEDIUM, align=paint.CENTER, elide=paint.ELIDE_NEVER)
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, on_ink=True)
