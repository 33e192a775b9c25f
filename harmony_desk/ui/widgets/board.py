"""The board of repairs: a card says the age in ticks and in words, and why it stands still."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _, ngettext
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets import rings
from harmony_desk.ui.widgets.badges import Badge, BadgeLabel
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.lists import ItemDelegate, RowList

TICKS, NORM = 9, 6  # working days on a card, and the norm at which the stroke stands
WARN_FROM = 5
SOON_ICONS = {"ok": "check-circle", "warn": "warning", "bad": "warning-octagon", "": ""}


@dataclass(frozen=True)
class BoardCard:
    """One repair. `reason` is the second part below the line; `blocked` stops the clock."""

    id: int
    device: str
    order: str
    repairer: str
    working_days: int
    tone: str = ""  # "", "ok", "warn" or "bad"
    reason: str = ""
    reason_icon: str = "check"
    reason_tone: str = ""
    blocked: bool = False

    can_choose = True

    @property
    def age(self) -> str:
        """The age in words; a blocked card's clock stands still."""
        if self.blocked:
            days = ngettext("{count} day", "{count} days", self.working_days).format(count=self.working_days)
            return _("{days} · clock stands still").format(days=days)
        words = _("{count} wd").format(count=self.working_days)
        note = {"warn": _("look out"), "bad": _("late")}.get(self.tone, "")
        return f"{words} · {note}" if note else words

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return ", ".join(part for part in (self.device, self.order, self.repairer, self.age, self.reason) if part)


class BoardDelegate(ItemDelegate):
    """Cards of 104, or 132 with a reason."""

    def height_of(self, row: BoardCard) -> int:
        """Called by Qt by way of sizeHint; the space between cards is part of it."""
        return px(132 if row.reason else 104)

    def paint_row(self, p: QPainter, rect: QRectF, row: BoardCard, *, chosen: bool, hot: bool) -> None:
        """Called by Qt by way of paint."""
        card = rect.adjusted(0, 0, 0, -px(10))
        paint.box(
            p,
            card,
            "selected" if chosen else ("hover" if hot else "surface"),
            "accent" if chosen else "line",
            8,
            2 if chosen else 1,
        )
        inner = card.adjusted(px(11), px(8), -px(11), 0)
        body, small = theme.line_height("body"), theme.line_height("small")
        line = QRectF(inner.left(), inner.top(), inner.width(), body)
        paint.text(p, line, row.device, weight=SEMIBOLD)
        line = QRectF(inner.left(), inner.top() + body, inner.width(), small)
        paint.text(p, line, row.order, "text2", "small")
        paint.text(p, line.translated(0, small), row.repairer, "text2", "small")
        age = QRectF(inner.left(), line.top() + 2 * small + px(3), inner.width(), px(20))
        self._paint_age(p, age, row)
        if row.reason:
            paint.hairline(p, inner.left(), age.bottom() + px(3), inner.width())
            below = QRectF(inner.left(), age.bottom() + px(5), inner.width(), px(22))
            role = rings.text_role(row.reason_tone or "text2")
            left = paint.icon(
                p, row.reason_icon, below.left(), below.center().y(), 15, role, "fill" if row.reason_tone else "regular"
            )
            paint.text(p, below.adjusted(left + px(7), 0, 0, 0), row.reason, role, "small", MEDIUM)

    @staticmethod
    def _paint_age(p: QPainter, rect: QRectF, row: BoardCard) -> None:
        x, middle = rect.left(), rect.center().y()
        role = rings.text_role(row.tone) if row.tone else "text2"
        if row.blocked:
            x += paint.icon(p, "pause-circle", x, middle, 15, "text2", "fill") + px(7)
            paint.text(p, QRectF(x, rect.top(), rect.right() - x, rect.height()), row.age, "text2", "small", MEDIUM)
            return
        for tick in range(TICKS):
            if tick == NORM:
                p.fillRect(QRectF(x - 1, middle - px(7), 1, px(14)), theme.color("text2"))
                x += px(1.5)
            filled = tick < row.working_days
            paint.box(p, QRectF(x, middle - px(4), px(3.4), px(8)), role if filled else "line", radius=1.5)
            x += px(5)
        x += px(5)
        icon = SOON_ICONS[row.tone] if row.tone in ("warn", "bad") else ""
        if icon:
            x += paint.icon(p, icon, x, middle, 15, role, "fill") + px(5)
        paint.text(p, QRectF(x, rect.top(), rect.right() - x, rect.height()), row.age, role, "small", MEDIUM)

    def paint_focus(self, p: QPainter, rect: QRectF) -> None:
        """Called by ItemDelegate."""
        paint.focus_ring(p, rect.adjusted(0, 0, 0, -px(10)), 8, inner="surface")


class BoardColumn(Restyled, QFrame):
    """A state of the repairs: its name and count, and its cards."""

    def __init__(self, title: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = self.spaced(QVBoxLayout(self), 8, (10, 10, 10, 4))
        # The icon is painted in the margin, which grows with the text as the icon does.
        head = self.spaced(QHBoxLayout(), 8, (26, 0, 2, 0))
        self._icon = icon
        self.title = Label(title, self, style="body", weight=SEMIBOLD)
        self.count = Label("", self, style="small", role="text2")
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.count)
        column.addLayout(head)
        self.cards = RowList(title, BoardDelegate, self)
        column.addWidget(self.cards, 1)

    def show_cards(self, cards: list[BoardCard]) -> None:
        """Show these, the most urgent first."""
        self.cards.rows.show(cards)
        self.count.setText(str(len(cards)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "rail", radius=10)
            paint.icon(p, self._icon, px(12), self.title.geometry().center().y() + 1, 18, "text2")


class KeyHint(QFrame):
    """A key and what it does, in words."""

    def __init__(self, keys: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._words = keys, words
        self.setAccessibleName(f"{keys.replace(paint.ENTER, 'Enter')}: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(paint.key_width(self._keys) + px(7) + theme.width(self._words, "small"), px(22))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            wide = paint.key_cap(p, 0, self.height() / 2, self._keys)
            area = QRectF(wide + px(7), 0, self.width() - wide, self.height())
            paint.text(p, area, self._words, "text2", "small", elide=paint.ELIDE_NEVER)


class BoardBar(Restyled, QFrame):
    """Below the board: why the chosen card stands where it stands, and the keys that move it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = self.spaced(QHBoxLayout(self), 14, (14, 10, 14, 10))
        self.state = BadgeLabel(Badge(""), self)
        self.words = Label("", self, wrap=True)
        row.addWidget(self.state)
        row.addWidget(self.words, 1)
        for keys, words in (("← →", _("move")), ("N", _("note")), (paint.ENTER, _("open"))):
            row.addWidget(KeyHint(keys, words, self))

    def show_reason(self, state: Badge, words: str) -> None:
        """Of the chosen card."""
        self.state.show_badge(state)
        self.words.setText(words)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "surface", "line", 10)
