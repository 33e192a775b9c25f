"""What stands where content would be: nothing there, no right to it, an error, no connection, loading."""

from PySide6.QtCore import QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import SEMIBOLD
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.label import Label

ICONS = {
    "empty": "check-circle",
    "no_right": "lock-simple",
    "error": "warning-circle",
    "offline": "wifi-slash",
}
LOADING_AFTER_MS = 300


class Placeholder(Restyled, QFrame):
    """An icon, what is the case, and one line with what to do or whom to ask."""

    def __init__(
        self, kind: str, heading: str, line: str, *, icon: str = "", action: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon = icon or ICONS[kind]
        self.setAccessibleName(heading)
        self.setAccessibleDescription(line)
        row = self.spaced(QHBoxLayout(self), 12, (56, 12, 14, 12))
        column = self.spaced(QVBoxLayout(), 0)
        column.addWidget(Label(heading, self, weight=SEMIBOLD, wrap=True))
        column.addWidget(Label(line, self, style="small", role="text2", wrap=True))
        row.addLayout(column, 1)
        self.action = Btn(action, small=True, parent=self)
        self.action.setVisible(bool(action))
        row.addWidget(self.action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "sunken", "line", 8)
            paint.icon(p, self._icon, px(18), self.height() / 2, 24, "text2")


class Skeleton(QFrame):
    """Bars where lines will come, shown only when loading takes longer than 300 ms; nothing moves."""

    def __init__(self, lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(_("Loading"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self, interval=LOADING_AFTER_MS, singleShot=True)
        self._clock.timeout.connect(self._appear)

    def start(self) -> None:
        """Appear when the answer is still not there after 300 ms."""
        self.hide()
        self._clock.start()

    def stop(self) -> None:
        """The answer is there."""
        self._clock.stop()
        self.hide()

    @Slot()
    def _appear(self) -> None:
        self.show()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(240), px(18 + 22 * self._lines))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "sunken", "line", 8)
            widths = (0.54, 0.79, 0.66)
            for line in range(self._lines):
                room = (self.width() - px(36)) * widths[line % len(widths)]
                paint.box(p, QRectF(px(18), px(17 + 22 * line), room, px(10)), "neutral_soft", radius=4)
