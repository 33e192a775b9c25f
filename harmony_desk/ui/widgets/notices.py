"""What the window says: a banner in the flow, a toast with its undo, the reason of something off."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets import badges
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.label import Label

TOAST_SECONDS = 8
BANNER_ICONS = {"warn": "warning", "bad": "warning-octagon", "info": "info", "ok": "check-circle"}


def announce(source: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let a screen reader say it without moving the focus."""
    event = QAccessibleAnnouncementEvent(source, words)
    kind = QAccessible.AnnouncementPoliteness.Assertive if urgent else QAccessible.AnnouncementPoliteness.Polite
    event.setPoliteness(kind)
    QAccessible.updateAccessibility(event)


class Banner(Restyled, QFrame):
    """In the flow, pushes the content down: one sentence, a second line, one action."""

    def __init__(
        self,
        words: str,
        tone: str = "warn",
        *,
        second: str = "",
        icon: str = "",
        action: str = "",
        action_icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = "accent" if tone == "info" else tone
        self._icon = icon or BANNER_ICONS[tone]
        self.setAccessibleName(words)
        self.setAccessibleDescription(second)
        row = self.spaced(QHBoxLayout(self), 10, (34, 7, 8, 7))
        column = self.spaced(QVBoxLayout(), 0)
        _soft, role = badges.colours(tone)
        self.words = Label(words, self, weight=MEDIUM, role=role, wrap=True)
        column.addWidget(self.words)
        self.second = Label(second, self, style="small", role="text2", wrap=True)
        self.second.setVisible(bool(second))
        column.addWidget(self.second)
        row.addLayout(column, 1)
        self.action = Btn(action, icon=action_icon, small=True, parent=self)
        self.action.setVisible(bool(action))
        row.addWidget(self.action)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setMinimumHeight(px(44))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt: the edge is the tone, softened into its ground."""
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, f"{self._tone}_soft", radius=8)
            p.setPen(theme.faded(self._tone, 0.45))
            p.setBrush(Qt.BrushStyle.NoBrush)
            p.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8))
            # A single line stands in the middle of its label, so the icon does.
            spare = self.words.height() - self.words.heightForWidth(self.words.width())
            middle = self.words.y() + (spare + theme.line_height("body")) / 2
            paint.icon(p, self._icon, px(11), middle, 18, f"{self._tone}_text", "fill")


class Toast(Restyled, QFrame):
    """Bottom left of the content for eight seconds, longer while somebody is at it; with its undo."""

    undo_wanted = Signal()
    gone = Signal()

    def __init__(
        self,
        words: str,
        *,
        undo: bool = False,
        icon: str = "check-circle",
        role: str = "ok",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._role = icon, role
        self.setAccessibleName(words)
        # The shadow lies within the widget: outside it there is nothing to paint on.
        row = self.spaced(QHBoxLayout(self), 10, (18 + 38, 14 + 8, 18 + 8, 26 + 8))
        row.addWidget(Label(words, self))
        self.undo = Btn(_("Undo"), "link", small=True, parent=self)
        self.undo.setVisible(undo)
        self.undo.clicked.connect(self._undo)
        row.addWidget(self.undo)
        self.close_button = Btn("", "quiet", icon="x", small=True, label=_("Close"), parent=self)
        self.close_button.clicked.connect(self._end)
        row.addWidget(self.close_button)
        self._clock = QTimer(self, interval=TOAST_SECONDS * 1000, singleShot=True)
        self._clock.timeout.connect(self._end)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def start(self) -> None:
        """Show it and count down."""
        self.adjustSize()
        self.show()
        self.raise_()
        announce(self, self.accessibleName())
        self._clock.start()

    @Slot()
    def _undo(self) -> None:
        self.undo_wanted.emit()
        self._end()

    @Slot()
    def _end(self) -> None:
        busy = self.underMouse() or self.undo.hasFocus() or self.close_button.hasFocus()
        if busy and self.sender() is self._clock:
            self._clock.start()
            return
        self._clock.stop()
        self.hide()
        self.gone.emit()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Called by Qt: whoever reads it keeps it."""
        if self._clock.isActive():
            self._clock.start()

    def panel(self) -> QRectF:
        """The toast without its shadow."""
        return QRectF(self.rect()).adjusted(px(18), px(14), -px(18), -px(26))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            panel = self.panel()
            paint.shadow(p, panel, 8)
            paint.box(p, panel, "raised", "line_strong", 8)
            paint.icon(p, self._icon, panel.left() + px(14), panel.center().y(), 16, self._role, "fill")


class Bubble(QLabel):
    """Why a button is off, beside it: for the main next step, where a tooltip is not enough."""

    def __init__(self, words: str, icon: str = "lock-simple", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width

    def _lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self.text(), width - px(44), "small", MEDIUM)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return len(self._lines(width)) * theme.line_height("small") + px(13)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        wide = min(theme.width(self.text(), "small", MEDIUM) + px(46), px(420))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(120), px(30))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, "raised", "line_strong", 6)
            top = px(6.5)
            paint.icon(p, self._icon, px(10), top + theme.line_height("small") / 2, 14, "text2", "fill")
            area = rect.adjusted(px(32), top, -px(10), 0)
            paint.paragraph(p, area, self._lines(self.width()), "text", "small", MEDIUM)
