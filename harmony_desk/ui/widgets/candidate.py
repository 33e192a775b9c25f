"""Who calls? One card for each customer who may be meant; the name is never cut."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD


@dataclass(frozen=True)
class CallerGuess:
    """A customer who may be on the line: no facts of payment, no initials in place of the name."""

    customer_id: int
    name: str
    line: str  # birth year, place
    matched: str  # what the number matched
    reason: str = ""  # why this one may call today
    reason_icon: str = "wrench"


class Candidate(Restyled, KeyFocus, QRadioButton):
    """A card that can be chosen; Ctrl and its number do the same. `compact` has no guessed reason."""

    def __init__(
        self, guess: CallerGuess, number: int, *, compact: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.guess, self._key, self._compact = guess, f"Ctrl {number}", compact
        words = (guess.name, guess.line, guess.matched, guess.reason)
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setAccessibleDescription(_("Key: {keys}").format(keys=self._key))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt: as high as 106 (compact 60), more when the name needs a second line."""
        return QSize(px(290), px(60 if self._compact else 106) + self._name_extra(self.width() or px(290)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        longest = max(theme.width(word, weight=SEMIBOLD) for word in self.guess.name.split())
        return QSize(max(px(200), longest + self._mark_width() + px(40)), px(60 if self._compact else 106))

    def _mark_width(self) -> int:
        chosen = px(22) + theme.width(_("Chosen"), "small", MEDIUM)
        return max(chosen, paint.key_width(self._key))

    def _name_lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self.guess.name, width - px(36) - self._mark_width(), "body", SEMIBOLD)

    def _name_extra(self, width: int) -> int:
        return (len(self._name_lines(width)) - 1) * theme.line_height("body")

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        """Called by Qt: all of the card."""
        return True

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Called by Qt."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        chosen = self.isChecked()
        hot = self.underMouse() and self.isEnabled()
        with paint.painter(self) as p:
            rect = paint.full(self)
            ground = ("selected_hover" if hot else "selected") if chosen else ("hover" if hot else "surface")
            paint.box(p, rect, ground, "accent" if chosen else "line_strong", 8, 2 if chosen else 1)
            inner = rect.adjusted(px(14), px(9), -px(12), 0)
            names = self._name_lines(self.width())
            paint.paragraph(p, inner, names, "text", "body", SEMIBOLD)
            self._paint_mark(p, inner, chosen=chosen)
            below = inner.top() + len(names) * theme.line_height("body")
            line = QRectF(inner.left(), below, inner.width(), theme.line_height("small"))
            words = f"{self.guess.line} · {self.guess.matched}" if self._compact else self.guess.line
            paint.text(p, line, words, "text2", "small")
            if not self._compact:
                paint.text(p, line.translated(0, line.height()), self.guess.matched, "text2", "small")
                self._paint_reason(
                    p, QRectF(rect.left() + px(9), rect.bottom() - px(35), rect.width() - px(18), px(26))
                )
            if self.shows_ring():
                paint.focus_ring(p, rect, 8, inner=ground)

    def _paint_mark(self, p: QPainter, inner: QRectF, *, chosen: bool) -> None:
        middle = inner.top() + theme.line_height("body") / 2
        if not chosen:
            paint.key_cap(p, inner.right() - paint.key_width(self._key), middle, self._key, "text")
            return
        wide = theme.width(_("Chosen"), "small", MEDIUM)
        area = QRectF(inner.right() - wide, middle - px(10), wide, px(20))
        paint.text(p, area, _("Chosen"), "accent_text", "small", MEDIUM, elide=paint.ELIDE_NEVER)
        paint.icon(p, "check-circle", area.left() - px(22), middle, 16, "accent_text", "fill")

    def _paint_reason(self, p: QPainter, rect: QRectF) -> None:
        if not self.guess.reason:
            return
        paint.box(p, rect, "surface" if self.isChecked() else "sunken", radius=5)
        left = paint.icon(p, self.guess.reason_icon, rect.left() + px(8), rect.center().y(), 16, "accent_text", "fill")
        paint.text(p, rect.adjusted(left + px(16), 0, -px(6), 0), self.guess.reason, style="small", weight=MEDIUM)
