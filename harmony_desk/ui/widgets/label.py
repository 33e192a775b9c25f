"""Text on the window: one line, an eliding line, or a paragraph, in a style and a colour of the design."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from harmony_desk.ui import paint, theme

ELIDE_NEVER, ELIDE_END, ELIDE_MIDDLE = paint.ELIDE_NEVER, paint.ELIDE_END, paint.ELIDE_MIDDLE


class Label(QLabel):
    """Paints its own text: Qt's label has neither our line height nor an ellipsis.

    A line that may not be cut (names, amounts, dates, reasons) asks for its full width; one with
    `elide` gives way and then shows all in its tooltip; `wrap` makes a paragraph.
    """

    def __init__(
        self,
        words: str = "",
        parent: QWidget | None = None,
        *,
        style: str = "body",
        role: str = "text",
        weight: int | None = None,
        wrap: bool = False,
        elide: Qt.TextElideMode = ELIDE_NEVER,
        align: Qt.AlignmentFlag = paint.LEFT,
        zero: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.role = role
        self.wraps = wrap
        self.elides = elide
        self._style, self._weight, self._align, self._zero = style, weight, align, zero
        # Fixed would cap a paragraph at the height of its size hint.
        high = QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, high)
        # What tells Qt that the height follows the width: each setText of QLabel resets the policy.
        self.setWordWrap(wrap)
        self.setText(words)

    def set_role(self, role: str) -> None:
        """Another colour."""
        self.role = role
        self.update()

    def needs(self) -> int:
        """The width of the whole text on one line."""
        return theme.width(self.text(), self._style, self._weight, zero=self._zero)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        if not self.wraps:
            return QSize(self.needs(), theme.line_height(self._style))
        wide = min(self.needs(), theme.px(420))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        if self.wraps:
            longest = max((theme.width(word, self._style, self._weight) for word in self.text().split()), default=0)
            return QSize(longest, theme.line_height(self._style))
        wide = self.needs() if self.elides is ELIDE_NEVER else min(self.needs(), theme.px(40))
        return QSize(wide, theme.line_height(self._style))

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        if not self.wraps:
            return theme.line_height(self._style)
        lines = paint.wrapped(self.text(), width, self._style, self._weight)
        return max(1, len(lines)) * theme.line_height(self._style)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().resizeEvent(event)
        if self.elides is not ELIDE_NEVER:
            self.setToolTip(self.text() if self.needs() > self.width() else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        role = self.role if self.isEnabled() else "disabled"
        with paint.painter(self) as p:
            area = QRectF(self.rect())
            if self.wraps:
                lines = paint.wrapped(self.text(), self.width(), self._style, self._weight)
                spare = self.height() - len(lines) * theme.line_height(self._style)
                paint.paragraph(p, area.adjusted(0, max(0, spare // 2), 0, 0), lines, role, self._style, self._weight)
            else:
                paint.text(
                    p, area, self.text(), role, self._style, self._weight,
                    align=self._align, elide=self.elides, zero=self._zero,
                )  # fmt: skip
