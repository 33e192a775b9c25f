"""Tables: quiet lines, the first column stronger, numbers right, a state as a badge."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.rows import ROW, Index
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets import badges
from harmony_desk.ui.widgets.badges import Badge


@dataclass(frozen=True)
class Column:
    """A column: its title, its width in px at 100 % (0 takes the rest), numbers to the right.

    `code` marks identifiers: they may be cut, a name or an amount may not.
    """

    title: str
    width: int = 0
    number: bool = False
    code: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in a cell: words, a second quiet line, or a state."""

    words: str = ""
    second: str = ""
    badge: Badge | None = None

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return ", ".join(part for part in (self.badge.word if self.badge else self.words, self.second) if part)


@dataclass(frozen=True)
class TableRow:
    """A row; `id` is what a choice is told by."""

    id: int
    cells: tuple[Cell, ...] = field(default=())


class TableModel(QAbstractTableModel):
    """Columns and frozen rows; sorting and pages are the server's work."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[TableRow], parent: QObject) -> None:
        super().__init__(parent)
        self.columns, self._rows = list(columns), list(rows)

    def show(self, rows: Sequence[TableRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_of(self, index: Index) -> TableRow:
        """The row behind an index."""
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Called by Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Called by Qt."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Called by Qt."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()].cells[index.column()]
        if role == ROW:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.sentence
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()].title}: {cell.sentence}"
        return None

    def headerData(self, section: int, side: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: N802
        """Called by Qt."""
        if side is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None


class Header(Restyled, QHeaderView):
    """The column titles, with the direction of the sort as a caret."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns = list(columns)
        self.setSectionsClickable(True)
        self.setSortIndicatorShown(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(super().sizeHint().width(), px(32))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Called by Qt."""
        area = QRectF(rect)
        painter.fillRect(area, theme.color("sunken"))
        paint.hairline(painter, area.left(), area.bottom() - 1, area.width())
        column = self._columns[section]
        inner = area.adjusted(px(12), 0, -px(12), 0)
        align = paint.RIGHT if column.number else paint.LEFT
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == section
        used = paint.text(painter, inner, column.title, "text2", "small", MEDIUM, align=align)
        if sorted_by:
            up = self.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
            left = inner.right() - used - px(18) if column.number else inner.left() + used + px(4)
            paint.icon(painter, "caret-up" if up else "caret-down", left, area.center().y(), 12, "text2", "bold")


class CellDelegate(QStyledItemDelegate):
    """Paints the cells of a `Table`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Called by Qt."""
        cell: Cell = index.data(ROW)
        table = self.parent()
        assert isinstance(table, Table)
        column = table.columns[index.column()]
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        hot = table.hovered_row == index.row()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = ("selected_hover" if hot else "selected") if chosen else ("hover" if hot else "surface")
        painter.fillRect(rect, theme.color(ground))
        paint.hairline(painter, rect.left(), rect.bottom() - 1, rect.width())
        if chosen and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), px(3), rect.height()), theme.color("accent"))
        self._paint_cell(painter, rect.adjusted(px(12), 0, -px(12), -1), cell, column, first=index.column() == 0)
        if table.hasFocus() and table.currentIndex() == index:
            paint.focus_ring(painter, rect.adjusted(1, 1, -1, -2), 4, inner=ground)
        painter.restore()

    @staticmethod
    def _paint_cell(p: QPainter, rect: QRectF, cell: Cell, column: Column, *, first: bool) -> None:
        if cell.badge is not None:
            badges.draw(p, rect.left() - px(2), rect.center().y(), cell.badge, room=rect.width() + px(6))
            return
        align = paint.RIGHT if column.number else paint.LEFT
        weight, elide = MEDIUM if first else None, paint.ELIDE_MIDDLE if column.code else paint.ELIDE_END
        if not cell.second:
            paint.text(p, rect, cell.words, weight=weight, align=align, elide=elide)
            return
        first_line, second_line = theme.line_height("body"), theme.line_height("small")
        top = rect.center().y() - (first_line + second_line) / 2
        upper = QRectF(rect.left(), top, rect.width(), first_line)
        paint.text(p, upper, cell.words, weight=weight, align=align, elide=elide)
        lower = QRectF(rect.left(), top + first_line, rect.width(), second_line)
        paint.text(p, lower, cell.second, "text2", "small", align=align)


class Table(Restyled, QTableView):
    """A table of `TableRow`s; one row is chosen, Enter or a double click opens it."""

    def __init__(
        self,
        label: str,
        columns: Sequence[Column],
        rows: Sequence[TableRow] = (),
        *,
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns, self._two_lines = list(columns), two_lines
        self.hovered_row = -1
        self.setAccessibleName(label)
        self.rows = TableModel(columns, rows, self)
        self.setHorizontalHeader(Header(columns, self))
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setProperty("quiet", True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.entered.connect(self._hover)
        self.restyle()

    def _hover(self, index: QModelIndex) -> None:
        self.hovered_row = index.row()
        self.viewport().update()

    def leaveEvent(self, event: Any) -> None:  # noqa: N802
        """Called by Qt."""
        super().leaveEvent(event)
        self.hovered_row = -1
        self.viewport().update()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        high = theme.measure("row_two" if self._two_lines else "row")
        self.verticalHeader().setMinimumSectionSize(high)
        self.verticalHeader().setDefaultSectionSize(high)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(px(40))
        for number, column in enumerate(self.columns):
            stretch = QHeaderView.ResizeMode.Stretch if not column.width else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(number, stretch)
            if column.width:
                header.resizeSection(number, px(column.width))
