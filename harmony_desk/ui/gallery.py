"""Every component on one page, in the look of now: to judge by eye, to test, and to build screens from."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import gallery_parts, gallery_screens, paint, theme, tokens
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.widgets.card import Card
from harmony_desk.ui.widgets.label import Label

SWATCHES = "canvas surface sunken line text text2 text3 accent ok warn bad trace ink ink2 ink_agent ink_caller".split()
COLUMN = 448
WIDTH = 1440


class _Swatches(QFrame):
    """The colours of the theme with their names and values."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(400), self._lines() * px(72))

    def _across(self) -> int:
        return max(1, min(len(SWATCHES), self.width() // px(86)))

    def _lines(self) -> int:
        return -(-len(SWATCHES) // self._across())

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        across, step = self._across(), self.width() / self._across()
        with paint.painter(self) as p:
            for number, role in enumerate(SWATCHES):
                x, y = number % across * step, number // across * px(72)
                paint.box(p, QRectF(x, y, step - px(8), px(30)), role, "line_strong", 6)
                line = QRectF(x, y + px(33), step - px(4), theme.line_height("small"))
                paint.text(p, line, role, "text2", "small")
                paint.text(p, line.translated(0, px(15)), tokens.THEMES[theme.look().theme][role], "text3", "small")


class Strip(Restyled, QWidget):
    """Parts under each other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.column = self.spaced(QVBoxLayout(self), 10, (0, 8, 0, 8))


class Gallery(Restyled, QWidget):
    """The page: sections in as many columns as fit at this text size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Components"))
        self._outer = self.spaced(QVBoxLayout(self), 16, (20, 18, 20, 20))
        # A window may be smaller than the page; pictures ask for the height themselves.
        self._outer.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self._outer.addWidget(_Swatches(self))
        self._area = QWidget(self)
        self._columns = QHBoxLayout(self._area)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self._area)
        self._outer.addStretch(1)
        self._cards = [self._card(title, parts) for title, parts in gallery_parts.sections()]
        self._wide = [self._strip(title, parts) for title, parts in gallery_screens.sections()]
        self._stacks: list[QWidget] = []
        for card in self._wide:
            self._outer.insertWidget(self._outer.count() - 1, card)
        self.restyle()

    def _card(self, title: str, parts: Sequence[QWidget]) -> Card:
        card = Card(parent=self)
        card.setAccessibleName(title)
        card.body.addWidget(Label(title, card, style="small", role="text2", weight=tokens.MEDIUM, wrap=True))
        for part in parts:
            part.setParent(card)
            card.body.addWidget(part)
        card.body.addStretch(1)
        return card

    def _strip(self, title: str, parts: Sequence[QWidget]) -> QWidget:
        """A section over the whole width, on the canvas as on a screen."""
        strip = Strip(self)
        strip.column.addWidget(Label(title, strip, style="small", role="text2", weight=tokens.MEDIUM, wrap=True))
        for part in parts:
            part.setParent(strip)
            strip.column.addWidget(part)
        return strip

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        if hasattr(self, "_stacks"):
            self._arrange(max(1, (self.width() or WIDTH) // px(COLUMN)))

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Called by Qt."""
        count = max(1, self.width() // px(COLUMN))
        if count != len(self._stacks):
            self._arrange(count)

    def _arrange(self, count: int) -> None:
        """Put each section below the column that is shortest so far."""
        for card in self._cards:
            card.setParent(self._area)
        for stack in self._stacks:
            self._columns.removeWidget(stack)
            stack.deleteLater()
        self._stacks = [QWidget(self._area) for _column in range(count)]
        layouts = [QVBoxLayout(stack) for stack in self._stacks]
        heights = [0] * count
        self._columns.setSpacing(px(14))
        for stack, layout in zip(self._stacks, layouts, strict=True):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(px(14))
            self._columns.addWidget(stack, 1)
        width = ((self.width() or WIDTH) - px(40) - px(14) * (count - 1)) // count
        for card in self._cards:
            place = heights.index(min(heights))
            layouts[place].addWidget(card)
            card.show()
            heights[place] += max(card.heightForWidth(width), card.sizeHint().height()) + px(14)
        for layout in layouts:
            layout.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            p.fillRect(self.rect(), theme.color("canvas"))


class GalleryWindow(QScrollArea):
    """The page in a window that scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Components of Harmony Desk"))
        self.page = Gallery()
        self.setWidgetResizable(True)
        self.setWidget(self.page)
        self.resize(QRect(0, 0, WIDTH, 900).size())
