"""A layout that breaks its items over lines, as words in a paragraph."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Items left to right, each at its own size, on as many lines as the width asks for."""

    def __init__(self, parent: QWidget | None = None, *, top: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._top = top
        self._turning: int | None = None

    def turn_right(self) -> None:
        """The next item and those after it stand at the right end of their line."""
        self._turning = len(self._items)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802
        """Called by Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Called by Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - None ends Qt's walk
        """Called by Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802 - None ends Qt's walk
        """Called by Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802
        """Called by Qt."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Called by Qt."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802
        """Called by Qt."""
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        margins = self.contentsMargins()
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        wide = sum(hint.width() + self.spacing() for hint in hints) - (self.spacing() if hints else 0)
        high = max((hint.height() for hint in hints), default=0)
        return QSize(wide + margins.left() + margins.right(), high + margins.top() + margins.bottom())

    def minimumSize(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        margins = self.contentsMargins()
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        left, right = rect.left() + margins.left(), rect.right() + 1 - margins.right()
        x, y, high = left, rect.top() + margins.top(), 0
        line: list[tuple[QLayoutItem, int, QSize]] = []
        for item in (item for item in self._items if not item.isEmpty()):
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(1, right - left)))
            if item.hasHeightForWidth():
                size.setHeight(item.heightForWidth(size.width()))
            if x > left and x + size.width() > right:
                if place:
                    self._settle(line, y, high, right)
                line, x, y, high = [], left, y + high + self.spacing(), 0
            line.append((item, x, size))
            x += size.width() + self.spacing()
            high = max(high, size.height())
        if place:
            self._settle(line, y, high, right)
        return y + high + margins.bottom() - rect.top()

    def _settle(self, line: list[tuple[QLayoutItem, int, QSize]], y: int, high: int, right: int) -> None:
        turned = self._items[self._turning :] if self._turning is not None else []
        end = max((x + size.width() for _item, x, size in line), default=right)
        for item, x, size in line:
            shift = right - end if item in turned else 0
            drop = 0 if self._top else (high - size.height()) // 2
            item.setGeometry(QRect(QPoint(x + shift, y + drop), size))
