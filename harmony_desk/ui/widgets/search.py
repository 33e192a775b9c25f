"""The search box, and the popover that says how the words were read and whom they may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from harmony_desk.core.texts import _, ngettext
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets.chips import Chip
from harmony_desk.ui.widgets.dialogs import FactLine, TraceFact
from harmony_desk.ui.widgets.fields import Line
from harmony_desk.ui.widgets.flow import Flow
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.lists import ItemDelegate, RowList
from harmony_desk.ui.widgets.overlay import Panel
from harmony_desk.ui.widgets.rules import Rule

NARROW, WIDE = 330, 560
MOST_ROWS = 7


class SearchBox(Line):
    """330 wide, 560 when one types in it; F3 goes there, Esc leaves."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Search customer, number, postcode, IMEI…"), icon="magnifying-glass", key="F3", parent=parent
        )
        self.setAccessibleName(_("Search"))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(WIDE if self.hasFocus() else NARROW), theme.measure("control"))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().focusInEvent(event)
        self._key = "Esc"
        self.restyle()
        self.updateGeometry()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().focusOutEvent(event)
        self._key = "F3"
        self.restyle()
        self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


@dataclass(frozen=True)
class Hit:
    """A customer who may be meant. No badges and no facts: the file is closed. `old` for a former address."""

    customer_id: int
    name: str
    line: str
    matched: str
    icon: str = "user"

    can_choose = True

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return f"{self.name}, {self.line}, {self.matched}"


@dataclass(frozen=True)
class Offer:
    """Something else that can be done with the words, such as a new customer with this address."""

    code: str
    words: str
    icon: str
    keys: tuple[str, ...] = ()
    first: bool = False  # a line above it parts it from the customers

    can_choose = True

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return self.words


class HitDelegate(ItemDelegate):
    """Rows of Hit and Offer."""

    def height_of(self, row: Hit | Offer) -> int:
        """Called by Qt by way of sizeHint."""
        return px(50) if isinstance(row, Hit) else px(52 if row.first else 40)

    def paint_row(self, p: QPainter, rect: QRectF, row: Hit | Offer, *, chosen: bool, hot: bool) -> None:
        """Called by Qt by way of paint."""
        if isinstance(row, Offer) and row.first:
            rect = rect.adjusted(0, px(12), 0, 0)
            paint.hairline(p, rect.left(), rect.top() - px(6), rect.width())
        area = rect.adjusted(px(6), 1, -px(6), -1)
        draw_choice(p, area, chosen=chosen, hot=hot)
        inner = area.adjusted(px(12), 0, -px(12), 0)
        middle = inner.center().y()
        role = "accent_text" if chosen else "text2"
        paint.icon(p, row.icon, inner.left(), middle, 18, role, "fill" if chosen else "regular")
        words = inner.adjusted(px(32), 0, 0, 0)
        if isinstance(row, Offer):
            x = words.right()
            for key in reversed(row.keys):
                x -= paint.key_width(key)
                paint.key_cap(p, x, middle, key)
                x -= px(4)
            paint.text(p, words.adjusted(0, 0, x - words.right(), 0), row.words, weight=MEDIUM)
            return
        first, second = theme.line_height("body"), theme.line_height("small")
        top = middle - (first + second) / 2
        paint.text(p, QRectF(words.left(), top, words.width() - px(40), first), row.name, weight=SEMIBOLD)
        right = theme.width(row.matched, "small")
        below = QRectF(words.left(), top + first, words.width(), second)
        paint.text(p, below, row.matched, "text2", "small", align=paint.RIGHT, elide=paint.ELIDE_NEVER)
        paint.text(p, below.adjusted(0, 0, -right - px(10), 0), row.line, "text2", "small")
        if chosen:
            paint.key_cap(
                p, words.right() - paint.key_width(paint.ENTER), top + first / 2, paint.ENTER, "accent_text", "accent"
            )

    def paint_focus(self, p: QPainter, rect: QRectF) -> None:
        """Called by ItemDelegate."""
        paint.focus_ring(p, rect.adjusted(px(6), 1, -px(6), -1), 8, inner="selected")


def draw_choice(p: QPainter, area: QRectF, *, chosen: bool, hot: bool) -> None:
    """The ground of a row in a popover, with the bar of the chosen one."""
    if chosen or hot:
        paint.box(p, area, ("selected_hover" if hot else "selected") if chosen else "hover", radius=8)
    if chosen:
        paint.box(p, QRectF(area.left(), area.top() + px(10), px(3), area.height() - px(20)), "accent", radius=2)


class SearchPanel(Panel):
    """Opens below the box; the box keeps the focus and sends Up, Down and Enter here by `move` and `take`."""

    opened = Signal(int)  # the customer who was chosen
    offered = Signal(str)  # the code of the offer that was chosen
    other_reading = Signal(str)  # "of als": how the words should be read instead

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Search results"), width=640, level=1, padding=0, parent=parent)
        self.body.setSpacing(0)
        head_box = QWidget(self)
        self._head = self.spaced(Flow(head_box), 8, (18, 10, 10, 10))
        self._reading = Label("", self, weight=SEMIBOLD)
        self._head.addWidget(Label(_("Read as"), self, style="small", role="text2"))
        self._head.addWidget(self._reading)
        self._head.turn_right()
        self._or = Label(_("or as"), self, style="small", role="text2")
        self._head.addWidget(self._or)
        self._chips: list[Chip] = []
        self.body.addWidget(head_box)
        self.body.addWidget(Rule(self))
        column = self.spaced(QVBoxLayout(), 4, (0, 8, 0, 8))
        count = self.spaced(QHBoxLayout(), 0, (18, 0, 18, 0))
        self._count = Label("", self, style="small", role="text2", weight=MEDIUM)
        count.addWidget(self._count)
        column.addLayout(count)
        self.hits = RowList(_("Customers"), HitDelegate, self)
        self.hits.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.hits.activated.connect(self._activate)
        self.hits.clicked.connect(self._activate)
        column.addWidget(self.hits)
        self.body.addLayout(column)
        self.body.addWidget(Rule(self))
        foot = self.spaced(QHBoxLayout(), 10, (16, 9, 16, 10))
        words = _("Searching is recorded. A file opens only with a reason.")
        foot.addWidget(FactLine(TraceFact("footprints", words), self), 1)
        self._took = Label("", self, style="small", role="text2")
        foot.addWidget(self._took)
        self.body.addLayout(foot)

    def show_answer(
        self, reading: str, others: Sequence[str], hits: Sequence[Hit], offers: Sequence[Offer], milliseconds: int
    ) -> None:
        """What the search found, and how it read the words."""
        self._reading.setText(reading)
        for chip in self._chips:
            self._head.removeWidget(chip)
            chip.setParent(None)
            chip.deleteLater()
        self._chips = [Chip(other, parent=self) for other in others]
        for chip in self._chips:
            chip.setCheckable(False)
            chip.clicked.connect(self._reread)
            self._head.addWidget(chip)
        self._or.setVisible(bool(others))
        found = ngettext("{count} customer", "{count} customers", len(hits)).format(count=len(hits))
        self._count.setText(found if hits else _("No customer found"))
        self._took.setText(_("{milliseconds} ms").format(milliseconds=milliseconds))
        parted = [replace(offer, first=not number and bool(hits)) for number, offer in enumerate(offers)]
        self.hits.rows.show([*hits, *parted])
        self.hits.choose(0)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.body.setSpacing(0)
        if hasattr(self, "hits"):
            self.hits.setFixedHeight(min(self.hits.content_height(), px(50) * MOST_ROWS))

    def move_choice(self, step: int) -> None:
        """Up and Down of the search box."""
        count = self.hits.rows.rowCount()
        if count:
            self.hits.choose((self.hits.currentIndex().row() + step) % count)

    @Slot()
    def take(self) -> None:
        """Enter of the search box."""
        self._activate()

    @Slot()
    def _activate(self) -> None:
        index = self.hits.currentIndex()
        if not index.isValid():
            return
        row = self.hits.rows.row(index)
        if isinstance(row, Hit):
            self.opened.emit(row.customer_id)
        elif isinstance(row, Offer):
            self.offered.emit(row.code)

    @Slot()
    def _reread(self) -> None:
        sender = self.sender()
        if isinstance(sender, Chip):
            self.other_reading.emit(sender.text())
