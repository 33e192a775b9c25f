"""Lists: tasks, requests, documents of a file; a heading in between cannot be chosen."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.rows import ROW, Index, Row, Rows
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets import badges, rings
from harmony_desk.ui.widgets.badges import Badge


@dataclass(frozen=True)
class ListRow:
    """Two lines, or three when `state` is given: title and code, a quiet line, the state with its ring."""

    id: int
    title: str
    line: str = ""
    icon: str = ""
    code: str = ""
    state: Badge | None = None
    share: float | None = None  # of the term that is left, for the ring
    tone: str = ""  # of the line, when it says a state itself; then `icon` is drawn in fill

    can_choose = True

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        words = (self.title, self.code, self.line, self.state.word if self.state else "")
        return ", ".join(word for word in words if word)


class ItemDelegate(QStyledItemDelegate):
    """What the delegates of lists share: ground, chosen bar, focus ring; each paints its row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(120), self.height_of(index.data(ROW)))

    def height_of(self, row: Any) -> int:
        """The height of a row follows from its kind alone, so scrolling measures no text."""
        raise NotImplementedError

    def paint_row(self, p: QPainter, rect: QRectF, row: Any, *, chosen: bool, hot: bool) -> None:
        """Paint a row."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by Qt."""
        view = self.parent()
        assert isinstance(view, RowList)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        self.paint_row(painter, rect, index.data(ROW), chosen=chosen, hot=view.hovered == index.row())
        if view.hasFocus() and view.currentIndex() == index:
            self.paint_focus(painter, rect)
        painter.restore()

    def paint_focus(self, p: QPainter, rect: QRectF) -> None:
        """Rows show a ring only in the list that has the focus."""
        paint.focus_ring(p, rect.adjusted(1, 1, -1, -1), 8, inner="selected")


class ListDelegate(ItemDelegate):
    """Rows of `ListRow`."""

    def height_of(self, row: ListRow) -> int:
        """Called by Qt by way of sizeHint."""
        return theme.measure("item_three" if row.state else "item") - px(2)

    def paint_row(self, p: QPainter, rect: QRectF, row: ListRow, *, chosen: bool, hot: bool) -> None:
        """Called by Qt by way of paint."""
        if chosen or hot:
            ground = ("selected_hover" if hot else "selected") if chosen else "hover"
            paint.box(p, rect.adjusted(0, 1, 0, -1), ground, radius=8)
        if chosen:
            bar = QRectF(rect.left(), rect.top() + px(9), px(3), rect.height() - px(18))
            paint.box(p, bar, "accent", radius=2)
        else:
            paint.hairline(p, rect.left() + px(12), rect.bottom() - 1, rect.width() - px(24))
        inner = rect.adjusted(px(12), 0, -px(12), 0)
        lines = [theme.line_height("body"), theme.line_height("small")]
        lines += [theme.line_height("small") + px(3)] if row.state else []
        top = rect.center().y() - sum(lines) / 2
        if row.icon:
            fill = bool(row.tone)
            role = rings.text_role(row.tone) if fill else "text2"
            paint.icon(p, row.icon, inner.left(), top + lines[0] / 2, 16, role, "fill" if fill else "regular")
            inner.setLeft(inner.left() + px(26))
        self._paint_lines(p, inner, top, lines, row)

    @staticmethod
    def _paint_lines(p: QPainter, inner: QRectF, top: float, lines: list[int], row: ListRow) -> None:
        code = theme.width(row.code, "small") if row.code else 0
        title = QRectF(inner.left(), top, inner.width() - (code + px(10) if code else 0), lines[0])
        paint.text(p, title, row.title, weight=SEMIBOLD if row.state else MEDIUM)
        if code:
            area = QRectF(inner.right() - code, top, code, lines[0])
            paint.text(p, area, row.code, "text2", "small", align=paint.RIGHT, elide=paint.ELIDE_NEVER, zero=True)
        second = QRectF(inner.left(), top + lines[0], inner.width(), lines[1])
        paint.text(p, second, row.line, rings.text_role(row.tone) if row.tone else "text2", "small")
        if row.state:
            middle = top + lines[0] + lines[1] + lines[2] / 2 + px(2)
            _soft, role = badges.colours(row.state.tone)
            x = inner.left() + paint.icon(p, row.state.icon, inner.left(), middle, 15, role, "fill") + px(7)
            area = QRectF(x, middle - lines[2] / 2, inner.right() - x - px(24), lines[2])
            paint.text(p, area, row.state.word, role, "small", MEDIUM)
            if row.share is not None:
                ring = QRectF(inner.right() - px(16), middle - px(8), px(16), px(16))
                paint.ring(p, ring, row.share, row.state.tone if row.state.tone != "neutral" else "text2", 2.5)


class RowList(Restyled, QListView):
    """A list of rows with a delegate of ours: no frame, no own background, hover, scrolling by pixel."""

    def __init__(self, label: str, delegate: type[ItemDelegate] = ListDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1
        self.rows: Rows[Row] = Rows(self)
        self.setAccessibleName(label)
        self.setItemDelegate(delegate(self))
        self.setModel(self.rows)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("quiet", True)
        self.viewport().setAutoFillBackground(False)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.entered.connect(self._hover)

    def content_height(self) -> int:
        """What all rows need, for a list that should not scroll."""
        model = self.model()
        return sum(self.sizeHintForIndex(model.index(row, 0)).height() for row in range(model.rowCount()))

    def choose(self, place: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(place, 0))

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.scheduleDelayedItemsLayout()

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index.row() if self.rows.row(index).can_choose else -1
        self.viewport().update()

    def leaveEvent(self, event: Any) -> None:  # noqa: N802
        """Called by Qt."""
        super().leaveEvent(event)
        self.hovered = -1
        self.viewport().update()
