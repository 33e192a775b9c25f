"""A promise with a clock: the coloured part of the ring is what is left, always beside words."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM

SOON, LAST = 30, 3
# A recording is destroyed at 180 days of age; from 175 on it is the last chance.
LIFE_OF_A_RECORDING, OLD = 180, 175


def role_of(days_left: int) -> str:
    """The colour role of what is left: quiet above 30 days, then a warning, at the end a last one."""
    if days_left <= max(LAST, LIFE_OF_A_RECORDING - OLD):
        return "bad"
    return "warn" if days_left <= SOON else "text2"


def text_role(role: str) -> str:
    """The colour of the words beside a ring of that role."""
    return f"{role}_text" if role in ("ok", "warn", "bad", "trace") else role


class TermRing(QLabel):
    """A ring with its words. `share` is what is left, 1 to 0; None is gone for good."""

    def __init__(
        self,
        words: str,
        share: float | None,
        role: str = "text2",
        *,
        size: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_term(words, share, role)

    def show_term(self, words: str, share: float | None, role: str) -> None:
        """Show how it stands now; at most once a second."""
        self.share, self.role = share, role
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        wide = px(self._size) + (px(8) + theme.width(self.text(), "body", MEDIUM) if self.text() else 0)
        return QSize(wide, max(px(self._size), theme.line_height("body")))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        side = px(self._size)
        stroke = 2.5 if self._size <= 20 else 4.0 * self._size / 32
        with paint.painter(self) as p:
            area = QRectF(0, (self.height() - side) / 2, side, side)
            paint.ring(p, area, self.share or 0, self.role, stroke, gone=self.share is None)
            words = QRectF(side + px(8), 0, self.width() - side - px(8), self.height())
            quiet = self.share is None or self.role == "text2"
            paint.text(
                p, words, self.text(), text_role(self.role) if not quiet else "text2", "body", None if quiet else MEDIUM
            )
