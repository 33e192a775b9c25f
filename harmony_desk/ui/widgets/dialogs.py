"""Dialogs that need words: why a file is opened without a reason in the books."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.widgets.buttons import Btn, Reasoned
from harmony_desk.ui.widgets.fields import Choice, Field, Words
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.overlay import Panel


class RoundIcon(QWidget):
    """An icon on a soft circle, beside the title of a dialog."""

    def __init__(self, icon: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return theme.square(40)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return theme.square(40)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            circle = QRectF(0, (self.height() - px(40)) / 2, px(40), px(40))
            paint.box(p, circle, f"{self._tone}_soft", radius=99)
            paint.icon(
                p, self._icon, circle.center().x() - px(10), circle.center().y(), 20, f"{self._tone}_text", "fill"
            )


@dataclass(frozen=True)
class TraceFact:
    """One line of what the log will hold, with its icon."""

    icon: str
    words: str


class FactLine(QLabel):
    """One `TraceFact` in the colour of the trace."""

    def __init__(self, fact: TraceFact, parent: QWidget) -> None:
        super().__init__(fact.words, parent)
        self._icon = fact.icon
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return len(paint.wrapped(self.text(), width - px(26), "small")) * theme.line_height("small")

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(200), self.heightForWidth(max(px(200), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(120), theme.line_height("small"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            paint.icon(p, self._icon, 0, theme.line_height("small") / 2, 16, "trace_text", "bold")
            lines = paint.wrapped(self.text(), self.width() - px(26), "small")
            paint.paragraph(p, QRectF(px(26), 0, self.width(), self.height()), lines, "trace_text", "small")


class TraceFacts(Restyled, QFrame):
    """What is written down about the user, and who reads it, in the colour of the trace."""

    def __init__(self, facts: Sequence[TraceFact], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = self.spaced(QVBoxLayout(self), 8, (14, 11, 14, 11))
        for fact in facts:
            column.addWidget(FactLine(fact, self))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "trace_soft", radius=8)


class ReasonDialog(Panel):
    """Break-glass: why this file must be opened; the button stays off until the reason says enough."""

    given = Signal(str, str)  # for what, and the reason in the person's own words

    def __init__(
        self,
        who: str,
        purposes: Sequence[str],
        facts: Sequence[TraceFact],
        *,
        least: int = 15,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Open a file without an occasion")
        super().__init__(title, width=536, parent=parent)
        self._least = least
        head = self.spaced(QHBoxLayout(), 14)
        head.addWidget(RoundIcon("footprints", "trace", self), 0, Qt.AlignmentFlag.AlignTop)
        names = self.spaced(QVBoxLayout(), 0)
        names.addWidget(Label(title, self, style="title", wrap=True))
        names.addWidget(Label(who, self, style="small", role="text2", wrap=True))
        head.addLayout(names, 1)
        self.body.addLayout(head)
        why = _(
            "No call, claim, task or request connects you with this customer. You may open the file when you write down why."
        )
        self.body.addWidget(Label(why, self, wrap=True))
        self.purpose = Choice(list(purposes), self)
        self.body.addWidget(Field(_("What for"), self.purpose, parent=self))
        self.reason = Words(lines=3, parent=self)
        self._field = Field(_("Reason in your own words"), self.reason, keep_note=True, parent=self)
        self._count = Label("", self, style="small", role="text2")
        self._field.head.addWidget(self._count)
        self.body.addWidget(self._field)
        self.body.addWidget(TraceFacts(facts, self))
        foot = self.spaced(QHBoxLayout(), 8)
        foot.addStretch(1)
        self.cancel = Btn(_("Cancel"), key="Esc", parent=self)
        self.opening = Reasoned(Btn(_("Open and record"), "tracefill", parent=self), self)
        foot.addWidget(self.cancel)
        foot.addWidget(self.opening)
        self.body.addLayout(foot)
        self.reason.textChanged.connect(self._check)
        self.cancel.clicked.connect(self.dismissed)
        self.opening.button.clicked.connect(self._give)
        self._check()

    def words(self) -> str:
        """The reason as it stands now."""
        return self.reason.toPlainText().strip()

    @Slot()
    def _check(self) -> None:
        length = len(self.words())
        enough = length >= self._least
        self._count.setText(_("{count} of {least} characters").format(count=length, least=self._least))
        self._count.set_role("text2" if enough or not length else "bad_text")
        more = _("Write a little more: what do you need, and for whom?")
        self._field.say(more if length and not enough else "", "error" if length and not enough else "")
        if enough:
            self.opening.switch_on()
        else:
            self.opening.switch_off(
                _("The reason is too short: {least} characters at least.").format(least=self._least)
            )

    @Slot()
    def _give(self) -> None:
        if len(self.words()) >= self._least:
            self.given.emit(self.purpose.currentText(), self.words())
