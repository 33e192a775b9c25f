"""The navigation rail: the screens that this login has rights for, and who is logged in."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD

FULL, SLIM = 200, 64


class RailItem(Restyled, KeyFocus, QRadioButton):
    """A screen: icon, name and how much waits there. Slim: icon alone, the name as tooltip."""

    def __init__(self, words: str, icon: str, number: int, parent: "Rail") -> None:
        super().__init__(words, parent)
        self._icon, self._number, self._rail = icon, str(number), parent
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """How much waits; none is not shown."""
        self._count = str(count) if count else ""
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(100), px(36))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(36), px(36))

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Called by Qt."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect, chosen = paint.full(self), self.isChecked()
            if chosen:
                paint.box(p, rect, "surface", "line", 8)
                paint.box(p, QRectF(0, rect.center().y() - px(9), px(3), px(18)), "accent", radius=2)
            elif self.underMouse():
                paint.box(p, rect, "hover", radius=8)
            if self._rail.slim:
                self._paint_slim(p, rect, chosen=chosen)
            else:
                self._paint_full(p, rect, chosen=chosen)
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, inner="rail")

    def _look(self, *, chosen: bool) -> tuple[str, str]:
        return ("accent_text", "fill") if chosen else ("text2", "regular")

    def _paint_full(self, p: QPainter, rect: QRectF, *, chosen: bool) -> None:
        role, weight = self._look(chosen=chosen)
        paint.icon(p, self._icon, px(12), rect.center().y(), 18, role, weight)
        count = theme.width(self._count, "small") if self._count else 0
        area = rect.adjusted(px(40), 0, -px(10) - count, 0)
        paint.text(p, area, self.text(), "text" if chosen else "text2", weight=SEMIBOLD if chosen else MEDIUM)
        if self._rail.shows_numbers:
            paint.key_cap(p, rect.right() - px(28), rect.center().y(), self._number)
        elif self._count:
            paint.text(p, rect.adjusted(0, 0, -px(10), 0), self._count, "text2", "small", align=paint.RIGHT)

    def _paint_slim(self, p: QPainter, rect: QRectF, *, chosen: bool) -> None:
        role, weight = self._look(chosen=chosen)
        paint.icon(p, self._icon, rect.center().x() - px(10), rect.center().y(), 20, role, weight)
        if self._rail.shows_numbers:
            paint.key_cap(p, rect.right() - px(22), rect.top() + px(10), self._number)
        elif self._count:
            pill = QRectF(
                rect.right() - px(20), rect.top() + px(1), max(px(18), theme.width(self._count, "key") + px(8)), px(16)
            )
            pill.moveRight(rect.right())
            paint.box(p, pill, "accent", radius=99)
            paint.text(p, pill, self._count, "on_accent", "key", align=paint.CENTER)


class Logo(QFrame):
    """The mark and the name."""

    def __init__(self, parent: "Rail") -> None:
        super().__init__(parent)
        self._rail = parent
        self.setAccessibleName("Harmony Desk")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(60), px(48))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            left = px(10) if not self._rail.slim else (self.width() - px(24)) / 2
            mark = QRectF(left, (self.height() - px(24)) / 2, px(24), px(24))
            draw_mark(p, mark)
            if not self._rail.slim:
                area = QRectF(mark.right() + px(8), 0, self.width() - mark.right() - px(8), self.height())
                paint.text(p, area, "Harmony Desk", weight=SEMIBOLD, style="card", elide=paint.ELIDE_NEVER)


def draw_mark(p: QPainter, mark: QRectF) -> None:
    """Two voices and a silence, on ink."""
    paint.box(p, mark, "ink", "ink_edge", 6)
    wide = mark.width() / 12
    bars = ((0.28, "ink_agent"), (0.55, "ink_agent"), (0.38, "ink_text"), (0.6, "ink_caller"), (0.3, "ink_caller"))
    for number, (high, role) in enumerate(bars):
        x = mark.center().x() + (number - 2) * wide * 1.75 - wide / 2
        tall = mark.height() * high
        paint.box(p, QRectF(x, mark.center().y() - tall / 2, wide, tall), role, radius=wide / 2)


def initials(name: str) -> str:
    """Of the first and the last word of a name."""
    words = name.split()
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else ""


def draw_face(p: QPainter, circle: QRectF, name: str) -> None:
    """Initials in a circle."""
    paint.box(p, circle, "accent_soft", radius=99)
    style = "card" if circle.width() >= px(36) else "small"
    paint.text(p, circle, initials(name), "accent_text", style, SEMIBOLD, align=paint.CENTER, elide=paint.ELIDE_NEVER)


class Face(QFrame):
    """The initials of a person beside their name; says nothing to a screen reader that the name does not."""

    def __init__(self, name: str, size: int = 44, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._size = name, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return theme.square(self._size)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            draw_face(p, paint.full(self), self._name)


class _Person(Restyled, KeyFocus, QPushButton):
    """Who is logged in; pressing it locks the desk."""

    def __init__(self, name: str, role: str, parent: "Rail") -> None:
        super().__init__(parent)
        self._name, self._role, self._rail = name, role, parent
        self.setAccessibleName(_("Lock the desk of {name}").format(name=name))
        self.setToolTip(_("{name}, {role}: lock the desk (Ctrl L)").format(name=name, role=role))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(60), px(56))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(36), px(56))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.hairline(p, 0, 0, rect.width(), "line")
            if self.underMouse():
                paint.box(p, rect.adjusted(0, px(4), 0, -px(2)), "hover", radius=8)
            slim = self._rail.slim
            left = (rect.width() - px(32)) / 2 if slim else px(8)
            draw_face(p, QRectF(left, rect.center().y() - px(15), px(32), px(32)), self._name)
            if not slim:
                body, small = theme.line_height("body"), theme.line_height("small")
                top = rect.center().y() + px(1) - (body + small) / 2
                area = QRectF(px(48), top, rect.width() - px(48) - px(26), body)
                paint.text(p, area, self._name, weight=MEDIUM)
                paint.text(p, QRectF(px(48), top + body, rect.width() - px(52), small), self._role, "text2", "small")
                paint.icon(p, "lock-key", rect.right() - px(22), top + body / 2, 16, "text2")
            if self.shows_ring():
                paint.focus_ring(p, rect.adjusted(0, px(3), 0, 0), 8, inner="rail")


class Rail(Restyled, QFrame):
    """200 wide, or 64 when slim. Screens are chosen by the place in which they were added."""

    chosen = Signal(int)
    lock_wanted = Signal()

    def __init__(self, name: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slim = False
        self.shows_numbers = False
        self.setAccessibleName(_("Screens"))
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._tell)
        self._column = self.spaced(QVBoxLayout(self), 4, (8, 0, 8, 6))
        self._column.addWidget(Logo(self))
        self._column.addStretch(1)
        self.person = _Person(name, role, self)
        self.person.clicked.connect(self.lock_wanted)
        self._column.addWidget(self.person)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def add(self, words: str, icon: str, *, count: int = 0, chosen: bool = False) -> RailItem:
        """Another screen below the others."""
        number = len(self._group.buttons())
        item = RailItem(words, icon, number + 1, self)
        item.show_count(count)
        item.setChecked(chosen)
        self._group.addButton(item, number)
        self._column.insertWidget(number + 1, item)
        self.restyle()
        return item

    def make_slim(self, *, slim: bool) -> None:
        """Icons alone, for narrow windows or by choice."""
        self.slim = slim
        self.restyle()
        self.update()

    def show_numbers(self, *, shown: bool) -> None:
        """While Alt is held."""
        self.shows_numbers = shown
        for item in self._group.buttons():
            item.update()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setFixedWidth(px(SLIM if self.slim else FULL))
        for item in self._group.buttons():
            item.setToolTip(item.text() if self.slim else "")

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.chosen.emit(place)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            p.fillRect(self.rect(), theme.color("rail"))
            p.fillRect(QRectF(self.width() - 1, 0, 1, self.height()), theme.color("line"))
