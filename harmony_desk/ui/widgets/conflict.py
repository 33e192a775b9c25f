"""Somebody else changed this too: the choice is made field by field, and nothing is lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _, ngettext
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.checks import draw_radio
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.overlay import Panel
from harmony_desk.ui.widgets.rules import Rule

MINE, THEIRS = 0, 1


@dataclass(frozen=True)
class Clash:
    """A field with two values; `name` is what the code calls it, `theirs_first` what is chosen at first."""

    name: str
    label: str
    mine: str
    theirs: str
    theirs_first: bool = True


class _Side(Restyled, KeyFocus, QRadioButton):
    def __init__(self, value: str, label: str, parent: QWidget) -> None:
        super().__init__(value, parent)
        self.setAccessibleName(label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def _lines(self, width: int) -> tuple[str, ...]:
        # Both weights must fit: the choice may not change the height.
        return paint.wrapped(self.text(), width - px(52), "body", SEMIBOLD)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        return px(24) + len(self._lines(width)) * theme.line_height("body")

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        return True

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(240), self.heightForWidth(max(px(240), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(140), px(44))

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect, chosen, hot = paint.full(self), self.isChecked(), self.underMouse()
            ground = "selected" if chosen else ("hover" if hot else "surface")
            paint.box(p, rect, ground, "accent" if chosen else "line_strong", 8, 2 if chosen else 1)
            draw_radio(p, QRectF(px(12), rect.center().y() - px(9), px(18), px(18)), chosen=chosen)
            lines = self._lines(self.width())
            high = len(lines) * theme.line_height("body")
            area = QRectF(px(40), rect.center().y() - high / 2, rect.width() - px(50), high)
            paint.paragraph(p, area, lines, "text", "body", MEDIUM if chosen else None)
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, inner=ground)


class ConflictView(Restyled, QWidget):
    """The fields with two values beside each other; in a dialog, and as a side panel during a call."""

    changed = Signal()

    def __init__(self, clashes: Sequence[Clash], *, mine: str, theirs: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clashes = list(clashes)
        grid = self.spaced(QGridLayout(self), 8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, words in ((1, mine), (2, theirs)):
            grid.addWidget(Label(words, self, style="small", role="text2", weight=MEDIUM), 0, column)
        self._groups: list[QButtonGroup] = []
        for number, clash in enumerate(clashes):
            grid.addWidget(Rule(self), 2 * number + 1, 0, 1, 3)
            grid.addWidget(Label(clash.label, self, style="small", role="text2"), 2 * number + 2, 0)
            group = QButtonGroup(self)
            for side, (value, head) in enumerate(((clash.mine, mine), (clash.theirs, theirs))):
                button = _Side(value, f"{clash.label}, {head}: {value}", self)
                button.setChecked((side == THEIRS) is clash.theirs_first)
                group.addButton(button, side)
                grid.addWidget(button, 2 * number + 2, side + 1)
            group.idClicked.connect(self._tell)
            self._groups.append(group)

    def choices(self) -> dict[str, int]:
        """Each field's name with MINE or THEIRS."""
        return {clash.name: group.checkedId() for clash, group in zip(self._clashes, self._groups, strict=True)}

    @Slot()
    def _tell(self) -> None:
        self.changed.emit()


class ConflictDialog(Panel):
    """The view with its title and buttons; what is kept is counted in words."""

    decided = Signal(object)  # the choices of the view

    def __init__(
        self, story: str, who: str, clashes: Sequence[Clash], *, mine: str, theirs: str, parent: QWidget | None = None
    ) -> None:
        title = _("Somebody else changed this too")
        super().__init__(title, width=696, parent=parent)
        self._who = who
        names = self.spaced(QHBoxLayout(), 0)
        names.addWidget(Label(title, self, style="title", wrap=True), 1)
        self.body.addLayout(names)
        self.body.addWidget(Label(story, self, role="text2", wrap=True))
        self.view = ConflictView(clashes, mine=mine, theirs=theirs, parent=self)
        self.body.addWidget(self.view)
        foot = self.spaced(QHBoxLayout(), 8)
        self._count = Label("", self, style="small", role="text2", wrap=True)
        foot.addWidget(self._count, 1)
        back = Btn(_("Back"), key="Esc", parent=self)
        back.clicked.connect(self.dismissed)
        keep = Btn(_("Keep it so"), "primary", key="Ctrl S", parent=self)
        keep.clicked.connect(self._decide)
        foot.addWidget(back)
        foot.addWidget(keep)
        self.body.addLayout(foot)
        self.view.changed.connect(self._recount)
        self._recount()

    @Slot()
    def _recount(self) -> None:
        theirs = sum(side == THEIRS for side in self.view.choices().values())
        mine = len(self.view.choices()) - theirs
        words = ngettext("{count} field of {who}, {mine} of yours", "{count} fields of {who}, {mine} of yours", theirs)
        self._count.setText(words.format(count=theirs, who=self._who, mine=mine))

    @Slot()
    def _decide(self) -> None:
        self.decided.emit(self.view.choices())
