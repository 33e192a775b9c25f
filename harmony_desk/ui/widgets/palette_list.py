"""The command palette: everything that can be done, and what cannot be done now with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets.fields import Line
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.lists import ItemDelegate, RowList
from harmony_desk.ui.widgets.overlay import Panel
from harmony_desk.ui.widgets.rules import Rule
from harmony_desk.ui.widgets.search import draw_choice

MOST_ROWS = 9


@dataclass(frozen=True)
class GroupRow:
    """ "Deze klant: …", "Nu", "Ga naar"."""

    words: str
    can_choose = False

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return self.words


@dataclass(frozen=True)
class CommandRow:
    """A command; `off` is the reason why it cannot be done now, `note` what it asks or counts."""

    code: str
    words: str
    icon: str
    keys: tuple[str, ...] = ()
    note: str = ""
    off: str = ""

    @property
    def can_choose(self) -> bool:
        """What is off is listed but not chosen."""
        return not self.off

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return ", ".join(part for part in (self.words, self.off or self.note, " ".join(self.keys)) if part)


class CommandDelegate(ItemDelegate):
    """Rows of GroupRow and CommandRow."""

    def height_of(self, row: GroupRow | CommandRow) -> int:
        """Called by Qt by way of sizeHint."""
        return px(30) if isinstance(row, GroupRow) else px(40)

    def paint_row(self, p: QPainter, rect: QRectF, row: GroupRow | CommandRow, *, chosen: bool, hot: bool) -> None:
        """Called by Qt by way of paint."""
        if isinstance(row, GroupRow):
            area = rect.adjusted(px(18), px(6), -px(18), 0)
            paint.text(p, area, row.words, "text2", "small", MEDIUM)
            return
        area = rect.adjusted(px(6), 1, -px(6), -1)
        draw_choice(p, area, chosen=chosen, hot=hot)
        middle, left = area.center().y(), area.left() + px(12)
        role = "disabled" if row.off else ("accent_text" if chosen else "text2")
        paint.icon(p, row.icon, left, middle, 18, role, "fill" if chosen else "regular")
        right = area.right() - px(12)
        for key in reversed(row.keys):
            right -= paint.key_width(key)
            paint.key_cap(p, right, middle, key)
            right -= px(4)
        words = QRectF(left + px(30), area.top(), right - left - px(40), area.height())
        used = paint.text(p, words, row.words, "disabled" if row.off else "text", weight=MEDIUM)
        rest = words.adjusted(used + px(10), 0, 0, 0)
        if row.off and rest.width() > px(40):
            glyph = paint.icon(p, "lock-simple", rest.left(), middle, 14, "text2", "fill") + px(5)
            paint.text(p, rest.adjusted(glyph, 0, 0, 0), row.off, "text2", "small")
        elif row.note:
            paint.text(p, rest, row.note, "text2", "small")

    def paint_focus(self, p: QPainter, rect: QRectF) -> None:
        """Called by ItemDelegate."""
        paint.focus_ring(p, rect.adjusted(px(6), 1, -px(6), -1), 8, inner="selected")


class PalettePanel(Panel):
    """Typing asks for other rows by `typed`; Up, Down and Enter work from the line of text."""

    typed = Signal(str)
    picked = Signal(str)  # the code of the command

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Commands"), width=620, padding=0, parent=parent)
        self.body.setSpacing(0)
        top = self.spaced(QVBoxLayout(), 0, (10, 10, 10, 8))
        self.line = Line(_("Which command?"), icon="command", key="Esc", parent=self)
        self.line.setAccessibleName(_("Commands"))
        self.line.textChanged.connect(self.typed)
        self.line.installEventFilter(self)
        top.addWidget(self.line)
        self.body.addLayout(top)
        self.body.addWidget(Rule(self))
        middle = self.spaced(QVBoxLayout(), 0, (0, 2, 0, 8))
        self.commands = RowList(_("Commands"), CommandDelegate, self)
        self.commands.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.commands.clicked.connect(self._pick)
        middle.addWidget(self.commands)
        self.body.addLayout(middle)
        self.body.addWidget(Rule(self))
        foot = self.spaced(QHBoxLayout(), 0, (18, 9, 18, 10))
        foot.addWidget(Label(_("↑ ↓ choose   Enter does it   Esc closes"), self, style="small", role="text2"))
        foot.addStretch(1)
        self._count = Label("", self, style="small", role="text2")
        foot.addWidget(self._count)
        self.body.addLayout(foot)

    def show_rows(self, rows: Sequence[GroupRow | CommandRow], all_commands: int) -> None:
        """The commands that fit what was typed, in their groups."""
        self.commands.rows.show(list(rows))
        shown = sum(isinstance(row, CommandRow) for row in rows)
        self._count.setText(_("{count} of {all} commands").format(count=shown, all=all_commands))
        first = next((place for place, row in enumerate(rows) if row.can_choose), None)
        if first is not None:
            self.commands.choose(first)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.body.setSpacing(0)
        if hasattr(self, "commands"):
            self.commands.setFixedHeight(min(self.commands.content_height(), px(40) * MOST_ROWS))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Called by Qt: the line keeps the focus while the list moves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step:
                self._move(step)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> None:
        count = self.commands.rows.rowCount()
        place = self.commands.currentIndex().row()
        for _try in range(count):
            place = (place + step) % count
            if self.commands.rows.row(self.commands.rows.index(place, 0)).can_choose:
                self.commands.choose(place)
                return

    @Slot()
    def _pick(self) -> None:
        index = self.commands.currentIndex()
        if index.isValid():
            row = self.commands.rows.row(index)
            if isinstance(row, CommandRow) and row.can_choose:
                self.picked.emit(row.code)
