"""Tabs: the open files in the top bar, and the parts of a file under its header."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTabBar, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD


class _Bar(Restyled, KeyFocus, QTabBar):
    def __init__(self, label: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAccessibleName(label)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setMouseTracking(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self._under = -1

    def restyle(self) -> None:
        """Called by `theme.apply`: Qt keeps the sizes of tabs until a font changes."""
        super().restyle()
        self.setFont(theme.font("body", MEDIUM))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mouseMoveEvent(event)
        self._under = self.tabAt(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: N802
        self._under = -1
        self.update()

    def paint_tab(self, p: QPainter, rect: QRectF, place: int, *, chosen: bool, hot: bool) -> None:
        """Paint one tab."""
        raise NotImplementedError

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            for place in range(self.count()):
                rect = QRectF(self.tabRect(place))
                self.paint_tab(p, rect, place, chosen=place == self.currentIndex(), hot=place == self._under)


@dataclass(frozen=True)
class FileTab:
    """An open screen or file. `closes` shows the cross, `live` the phone of the call it belongs to."""

    words: str
    icon: str
    closes: bool = True
    live: bool = False


# A tab at most, and the bar before it begins to shorten its tabs.
MOST, LEAST = 250, 520


class FileTabs(_Bar):
    """32 high, at most 250 wide; the frame closes by Ctrl+W, the mouse by the cross."""

    close_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Open files"), parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.currentChanged.connect(self.updateGeometry)

    def add(self, tab: FileTab) -> int:
        """Another tab; returns its place."""
        place = self.addTab(tab.words)
        self.setTabData(place, tab)
        live = _("{name}, on the line").format(name=tab.words)
        self.setAccessibleTabName(place, live if tab.live else tab.words)
        return place

    def tabSizeHint(self, place: int) -> QSize:  # noqa: N802
        """Called by Qt."""
        tab: FileTab | None = self.tabData(place)
        if tab is None:  # Qt asks while the tab is being added
            return QSize(px(80), px(32))
        wide = px(12 + 16 + 8) + theme.width(tab.words, weight=SEMIBOLD) + px(12)
        wide += px(22) if tab.live else 0
        wide += px(22) if tab.closes else 0
        return QSize(min(wide, px(MOST)), px(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt: other parts of the top bar give way first, then the tabs scroll or shorten."""
        return QSize(min(self.sizeHint().width(), px(LEAST)), px(32))

    def minimumTabSizeHint(self, place: int) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(min(px(110), self.tabSizeHint(place).width()), px(32))

    def _cross(self, place: int) -> QRectF:
        rect = QRectF(self.tabRect(place))
        return QRectF(rect.right() - px(28), rect.center().y() - px(10), px(20), px(20))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Called by Qt."""
        where: QPoint = event.position().toPoint()
        place = self.tabAt(where)
        tab = self.tabData(place) if place >= 0 else None
        if tab is not None and tab.closes and self._cross(place).contains(where):
            self.close_wanted.emit(place)
            return
        super().mouseReleaseEvent(event)

    def paint_tab(self, p: QPainter, rect: QRectF, place: int, *, chosen: bool, hot: bool) -> None:
        """Called by paintEvent."""
        tab: FileTab = self.tabData(place)
        area = rect.adjusted(0, 0, -px(2), 0)
        if chosen:
            paint.box(p, area, "surface", "line", 8)
        elif hot:
            paint.box(p, area, "hover", radius=8)
        role = "accent_text" if chosen else "text2"
        x = area.left() + px(12)
        middle = area.center().y()
        x += paint.icon(p, tab.icon, x, middle, 16, role, "fill" if chosen else "regular") + px(8)
        right = area.right() - px(10) - (px(20) if tab.closes else 0) - (px(22) if tab.live else 0)
        words = QRectF(x, area.top(), right - x, area.height())
        x += paint.text(p, words, tab.words, "text" if chosen else "text2", weight=SEMIBOLD if chosen else MEDIUM) + px(
            7
        )
        if tab.live:
            paint.icon(p, "phone-call", x, middle, 15, "ok", "fill")
        if tab.closes:
            paint.icon(p, "x", self._cross(place).left() + px(4), middle, 12, "text2", "bold")
        if chosen and self.shows_ring():
            paint.focus_ring(p, area, 8)


class InnerTabs(_Bar):
    """The parts of a file: a word and how many there are, with a bar under the chosen one."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, words: str, count: int | None = None) -> int:
        """Another part; returns its place."""
        place = self.addTab(words)
        self.setTabData(place, "" if count is None else str(count))
        self.setAccessibleTabName(place, f"{words} {count}" if count is not None else words)
        return place

    def tabSizeHint(self, place: int) -> QSize:  # noqa: N802
        """Called by Qt."""
        count = self.tabData(place)
        wide = theme.width(self.tabText(place), weight=SEMIBOLD) + px(24)
        return QSize(wide + (theme.width(count, "small") + px(6) if count else 0), px(40))

    def minimumTabSizeHint(self, place: int) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.tabSizeHint(place)

    def paint_tab(self, p: QPainter, rect: QRectF, place: int, *, chosen: bool, hot: bool) -> None:
        """Called by paintEvent."""
        area = rect.adjusted(0, 0, -px(24), 0)
        role = "text" if chosen or hot else "text2"
        used = paint.text(
            p, area, self.tabText(place), role, weight=SEMIBOLD if chosen else MEDIUM, elide=paint.ELIDE_NEVER
        )
        count = self.tabData(place)
        if count:
            paint.text(p, area.adjusted(used + px(6), 0, 0, 0), count, "text2", "small", elide=paint.ELIDE_NEVER)
        if chosen:
            paint.box(p, QRectF(area.left(), rect.bottom() - px(3), area.width(), px(3)), "accent", radius=1)
            if self.shows_ring():
                paint.focus_ring(p, area.adjusted(-px(4), px(7), px(4), -px(7)))
