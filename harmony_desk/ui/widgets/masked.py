"""A value that is not shown: dots or a sentence in a closed box; showing it asks for a reason."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.widgets.buttons import Btn


class _Closed(QLabel):
    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(36) + theme.width(self.text(), "small"), px(22))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, "sunken", "line", 5)
            paint.icon(p, "lock-simple", px(8), rect.center().y(), 14, "text2", "fill")
            paint.text(p, QRectF(px(28), 0, rect.width() - px(32), rect.height()), self.text(), "text2", "small")


class MaskedValue(Restyled, QWidget):
    """`words` never holds a digit of what a verification question asks for; the server decides that."""

    reveal_wanted = Signal()  # the person asked to see it; a reason comes first

    def __init__(self, what: str, words: str = "", *, can_reveal: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = self.spaced(QHBoxLayout(self), 8)
        shown = _Closed(words or _("hidden until verification"), self)
        shown.setAccessibleName(_("{what}: hidden").format(what=what))
        row.addWidget(shown, 1)
        self.reveal = Btn(_("Show…"), "trace", icon="eye", small=True, parent=self)
        self.reveal.setAccessibleName(_("Show {what}; asks for a reason").format(what=what))
        self.reveal.clicked.connect(self.reveal_wanted)
        self.reveal.setVisible(can_reveal)
        row.addWidget(self.reveal)
