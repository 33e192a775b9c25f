"""A list of rows as a Qt model: what every list, board and timeline of the window shows."""

from collections.abc import Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class Row(Protocol):
    """What a list shows: a frozen dataclass that can say itself in one sentence."""

    @property
    def sentence(self) -> str:
        """The row as a screen reader says it."""

    @property
    def can_choose(self) -> bool:
        """False for headings and whatever cannot be chosen."""


RowType = TypeVar("RowType", bound=Row)


class Rows(QAbstractListModel, Generic[RowType]):
    """Frozen rows in the order they are given."""

    def __init__(self, parent: QObject, rows: Sequence[RowType] = ()) -> None:
        super().__init__(parent)
        self._rows = list(rows)

    def show(self, rows: Sequence[RowType]) -> None:
        """Replace everything. For a page more, use `append`: a reset loses selection and reader."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[RowType]) -> None:
        """Add a page at the end."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def row(self, index: Index) -> RowType:
        """The row behind an index. Raises IndexError for one that is not there."""
        if not index.isValid():
            raise IndexError("no row")
        return self._rows[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's signature
        """Called by Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Called by Qt."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        spoken = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return row.sentence if role in spoken else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Called by Qt."""
        if not index.isValid() or not self._rows[index.row()].can_choose:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
