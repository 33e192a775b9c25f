"""The first thing of every file, recording and request: why it is open, and until when."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM


class TraceLine(QLabel):
    """32 high, more when the sentence needs a second line: a reason is never cut."""

    def __init__(self, words: str, term: str = "", share: float | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width
        self.show_reason(words, term, share)

    def show_reason(self, words: str, term: str = "", share: float | None = None) -> None:
        """Why it is open; `term` says until when, `share` is what is left of that, None for no clock."""
        self._words, self._term, self._share = words, term, share
        self.setText(f"{words} {term}".strip())
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def _lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self._words, max(px(80), width - px(36) - self._right() - px(14)), "small", MEDIUM)

    def _right(self) -> int:
        if not self._term:
            return 0
        return theme.width(self._term, "small") + px(14) + (px(24) if self._share is not None else 0)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return len(self._lines(width)) * theme.line_height("small") + px(15)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(360), self.heightForWidth(max(px(360), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(140) + self._right(), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, "trace_soft", radius=8)
            line = theme.line_height("small")
            top = px(7.5)
            paint.icon(p, "footprints", px(11), top + line / 2, 16, "trace_text", "bold")
            paint.paragraph(
                p,
                QRectF(px(35), top, rect.width(), rect.height()),
                self._lines(self.width()),
                "trace_text",
                "small",
                MEDIUM,
            )
            if self._term:
                area = QRectF(0, 0, rect.right() - px(12), rect.height())
                used = paint.text(
                    p, area, self._term, "trace_text", "small", align=paint.RIGHT, elide=paint.ELIDE_NEVER
                )
                if self._share is not None:
                    ring = QRectF(area.right() - used - px(26), rect.center().y() - px(8), px(16), px(16))
                    paint.ring(p, ring, self._share, "trace", 2.5)
