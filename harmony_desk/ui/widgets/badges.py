"""Badges: colour, icon and word together, never a colour alone; and the traffic light of a term."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from harmony_desk.core.texts import _, ngettext
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets.flow import Flow

TONES = ("neutral", "info", "ok", "warn", "bad", "trace")
# In a header; what comes after becomes "+1".
MOST_IN_A_HEADER = 4


@dataclass(frozen=True)
class Badge:
    """A state in a word. `trace` is only for what is written down about the user."""

    word: str
    tone: str = "neutral"
    icon: str = ""
    weight: str = "fill"


def colours(tone: str) -> tuple[str, str]:
    """Background and text of a tone."""
    name = "accent" if tone == "info" else tone
    return f"{name}_soft", f"{name}_text"


def width(badge: Badge) -> int:
    """The space that a badge needs."""
    glyph = px(14 + 4) if badge.icon else 0
    return px(7) + glyph + theme.width(badge.word, "small", MEDIUM) + px(7)


def draw(p: QPainter, x: float, middle: float, badge: Badge, *, high: int = 20, room: float | None = None) -> float:
    """Paint a badge with its left side at x; cut to `room`. Returns its width."""
    soft, role = colours(badge.tone)
    wide = min(width(badge), room) if room is not None else width(badge)
    rect = QRectF(x, middle - px(high) / 2, wide, px(high))
    paint.box(p, rect, soft, radius=5)
    left = x + px(7)
    if badge.icon:
        left += paint.icon(p, badge.icon, left, middle, 14, role, badge.weight) + px(4)
    area = QRectF(left, rect.top(), rect.right() - px(5) - left, rect.height())
    paint.text(p, area, badge.word, role, "small", MEDIUM)
    return wide


def traffic_light(days: int | None, *, warn_within: int = 14, bad_within: int = 2) -> Badge:
    """The state of a term: days until it ends, None when its clock stands still.

    Four shapes for whoever cannot tell the colours apart. The bounds are settings.
    """
    if days is None:
        return Badge(_("clock stands still"), "neutral", "pause-circle")
    if days < 0:
        return Badge(_("late"), "bad", "warning-octagon")
    if days == 0:
        return Badge(_("today"), "bad", "warning-octagon")
    words = _("tomorrow") if days == 1 else ngettext("in {count} day", "in {count} days", days).format(count=days)
    if days <= bad_within:
        return Badge(words, "bad", "warning-octagon")
    if days <= warn_within:
        return Badge(words, "warn", "warning")
    return Badge(words, "ok", "check-circle")


class BadgeLabel(QLabel):
    """One badge as a widget."""

    def __init__(self, badge: Badge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(badge)

    def show_badge(self, badge: Badge) -> None:
        """Show another state."""
        self.badge = badge
        self.setText(badge.word)
        self.setAccessibleName(badge.word)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(width(self.badge), px(22))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            draw(p, 0, self.height() / 2, self.badge, high=22)


class BadgeRow(Restyled, QWidget):
    """The badges of a header: at most four, then "+1" with the rest in its tooltip."""

    def __init__(
        self, badges: Sequence[Badge] = (), *, most: int = MOST_IN_A_HEADER, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most = most
        self._flow = self.spaced(Flow(self), 6)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_badges(badges)

    def show_badges(self, badges: Sequence[Badge]) -> None:
        """Show these, the first being the most important."""
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.setParent(None)
                old.deleteLater()
        for badge in badges[: self._most]:
            self._flow.addWidget(BadgeLabel(badge, self))
        rest = badges[self._most :]
        if rest:
            more = BadgeLabel(Badge(f"+{len(rest)}"), self)
            words = ", ".join(badge.word for badge in rest)
            more.setToolTip(words)
            more.setAccessibleName(_("also: {words}").format(words=words))
            self._flow.addWidget(more)
