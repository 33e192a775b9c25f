"""What for do you listen back? What may not is listed too, with the reason of the refusal."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets.buttons import Btn, Reasoned
from harmony_desk.ui.widgets.checks import draw_radio
from harmony_desk.ui.widgets.dialogs import FactLine, TraceFact
from harmony_desk.ui.widgets.fields import Field, Line
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.overlay import Panel


@dataclass(frozen=True)
class Purpose:
    """One purpose: why it may, or with `refused` why it may not. `code` is what the database knows it by."""

    code: str
    words: str
    why: str
    refused: bool = False


def _paint_lines(p: QPainter, rect: QRectF, purpose: Purpose) -> None:
    first, second = theme.line_height("body"), theme.line_height("small")
    top = rect.center().y() - (first + second) / 2
    role = "text2" if purpose.refused else "text"
    paint.text(p, QRectF(rect.left(), top, rect.width(), first), purpose.words, role, weight=MEDIUM)
    paint.text(p, QRectF(rect.left(), top + first, rect.width(), second), purpose.why, "text2", "small")


class _Allowed(Restyled, KeyFocus, QRadioButton):
    def __init__(self, purpose: Purpose, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.purpose, self._key = purpose, str(number)
        self.setAccessibleName(f"{purpose.words}, {purpose.why}")
        self.setAccessibleDescription(_("Key: {keys}").format(keys=self._key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(300), px(48))

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect, chosen = paint.full(self), self.isChecked()
            hot = self.underMouse()
            if chosen or hot:
                paint.box(p, rect, "selected" if chosen else "hover", "accent" if chosen else None, 8, 2)
            circle = QRectF(px(14), rect.center().y() - px(9), px(18), px(18))
            draw_radio(p, circle, chosen=chosen)
            _paint_lines(p, rect.adjusted(px(44), 0, -px(44), 0), self.purpose)
            paint.key_cap(
                p, rect.right() - px(12) - paint.key_width(self._key), px(18), self._key, "text2", "line_strong"
            )
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, inner="selected" if chosen else "raised")


class _Refused(KeyFocus, QLabel):
    """Cannot be chosen but can be read, by keyboard too."""

    def __init__(self, purpose: Purpose, parent: QWidget) -> None:
        super().__init__(parent)
        self._purpose = purpose
        self.setAccessibleName(f"{purpose.words}, {purpose.why}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(300), px(48))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.icon(p, "lock-simple", px(15), rect.center().y(), 16, "text2", "fill")
            _paint_lines(p, rect.adjusted(px(44), 0, -px(10), 0), self._purpose)
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, inner="raised")


class PurposePanel(Panel):
    """Numbers choose, Enter plays; nothing plays before a purpose was chosen."""

    chosen = Signal(str, str)  # the code of the purpose, and the reference

    def __init__(
        self,
        call: str,
        purposes: Sequence[Purpose],
        reference: str = "",
        *,
        level: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        title = _("What do you listen back for?")
        super().__init__(title, width=458, level=level, padding=16, parent=parent)
        self.body.addWidget(Label(title, self, style="heading"))
        self.body.addWidget(Label(call, self, style="small", role="text2", wrap=True))
        rows = self.spaced(QVBoxLayout(), 4)
        self._group = QButtonGroup(self)
        for purpose in purposes:
            if purpose.refused:
                rows.addWidget(_Refused(purpose, self))
                continue
            button = _Allowed(purpose, len(self._group.buttons()) + 1, self)
            self._group.addButton(button, len(self._group.buttons()))
            rows.addWidget(button)
        self.body.addLayout(rows)
        self.reference = Line(icon="link-simple", parent=self)
        self.reference.show_value(reference)
        self.body.addWidget(Field(_("Reference"), self.reference, parent=self))
        foot = self.spaced(QHBoxLayout(), 10)
        foot.addWidget(
            FactLine(
                TraceFact("footprints", _("The key is valid for 15 minutes; each part that you hear counts.")), self
            ),
            1,
        )
        self.play = Reasoned(Btn(_("Play"), "primary", icon="play", parent=self), self)
        self.play.button.clicked.connect(self._choose)
        foot.addWidget(self.play)
        self.body.addLayout(foot)
        self._group.idClicked.connect(self._settle)
        self._settle()

    def choose(self, number: int) -> None:
        """Choose an allowed purpose by its number."""
        button = self._group.button(number - 1)
        if button is not None:
            button.click()

    @Slot()
    def _settle(self) -> None:
        if self._group.checkedButton() is None:
            self.play.switch_off(_("Choose a purpose first."))
        else:
            self.play.switch_on()

    @Slot()
    def _choose(self) -> None:
        button = self._group.checkedButton()
        if isinstance(button, _Allowed):
            self.chosen.emit(button.purpose.code, self.reference.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt when no control took the key."""
        if event.text() in tuple("123456789"):
            self.choose(int(event.text()))
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
            return
        super().keyPressEvent(event)
