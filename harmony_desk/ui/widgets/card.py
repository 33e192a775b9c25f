"""Cards: white paper with a title; inside come lines and space, never a second card."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from harmony_desk.ui import paint
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.widgets.label import ELIDE_END, Label


class Card(Restyled, QFrame):
    """Add what it holds to `body`; small buttons and meta go to `head`."""

    def __init__(self, title: str = "", meta: str = "", *, padding: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = self.spaced(QVBoxLayout(self), 10, (padding, padding - 2, padding, padding))
        self.head = self.spaced(QHBoxLayout(), 8)
        self.title = Label(title, self, style="card")
        self.meta = Label(meta, self, style="small", role="text2", elide=ELIDE_END, align=paint.RIGHT)
        self.title.setVisible(bool(title))
        self.meta.setVisible(bool(meta))
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.head.addWidget(self.meta)
            self.body.addLayout(self.head)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "surface", "line", 10)


class Facts(Restyled, QWidget):
    """Label and value under each other, as in the side column of a file."""

    def __init__(self, *, label_width: int = 84, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = label_width
        self._labels: list[Label] = []
        self._column = self.spaced(QVBoxLayout(self), 8)

    def add(self, label: str, value: str | QWidget, *, zero: bool = False, action: QWidget | None = None) -> QWidget:
        """Another fact; returns the widget of its value."""
        row = self.spaced(QHBoxLayout(), 8)
        name = Label(label, self, style="small", role="text2")
        shown = Label(value, self, wrap=not zero, zero=zero) if isinstance(value, str) else value
        name.setBuddy(shown)
        self._labels.append(name)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop if isinstance(value, str) else Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(shown, 1)
        if action is not None:
            row.addWidget(action)
        self._column.addLayout(row)
        self.restyle()
        return shown

    def restyle(self) -> None:
        """Called by `theme.apply`: the values stand in one column."""
        super().restyle()
        widest = max((label.needs() for label in self._labels), default=0)
        from_design = px(self._width)
        for label in self._labels:
            label.setFixedWidth(max(widest, from_design))
