"""The one layer over the window: dialogs on a scrim and popovers at their button, as child widgets.

Translucent top-level windows turn black without a compositor. The scrim leaves out the call bar,
Tab stays inside the panel, Esc closes it and the focus goes back to where it was.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QDialog, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px

EDGE = {1: 28, 2: 44}  # room for the shadow of a popover and of a dialog


class Panel(Restyled, QDialog):
    """What floats: put what it holds in `body`. A child widget, so never call exec(); `Overlay` shows it."""

    dismissed = Signal()

    def __init__(
        self, label: str, *, width: int, level: int = 2, padding: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Widget)
        self._width, self._level = width, level
        self.setAccessibleName(label)
        edge = EDGE[level]
        self.body = self.spaced(QVBoxLayout(self), 12, (edge + padding, edge + padding, edge + padding, edge + padding))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setFixedWidth(px(self._width) + 2 * px(EDGE[self._level]))

    def panel(self) -> QRectF:
        """The part that can be seen, without the shadow."""
        edge = px(EDGE[self._level])
        return QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)

    def fit(self, room: QRect) -> None:
        """Take the height that the content needs, within the room."""
        layout = self.layout()
        wanted = (
            layout.heightForWidth(self.width()) if layout and layout.hasHeightForWidth() else self.sizeHint().height()
        )
        self.resize(self.width(), min(max(wanted, self.minimumSizeHint().height()), room.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt: QDialog would press a default button on Enter and hide itself on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        event.ignore()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802
        """Called by Qt for Tab: stay inside."""
        chain = [child for child in focus_chain(self) if child.isVisible()]
        if chain:
            now = QApplication.focusWidget()
            place = chain.index(now) if now in chain else (-1 if forward else 0)
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            chain[(place + (1 if forward else -1)) % len(chain)].setFocus(reason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.shadow(p, self.panel(), 12, self._level)
            edge = "line_strong" if theme.look().theme == "dark" else "line"
            paint.box(p, self.panel(), "raised", edge, 12)


def focus_chain(root: QWidget) -> list[QWidget]:
    """The widgets inside that Tab visits, in order."""
    chain: list[QWidget] = []
    widget = root.nextInFocusChain()
    while widget is not None and widget is not root:
        takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if takes_tab and widget.isEnabled() and root.isAncestorOf(widget) and not widget.isHidden():
            chain.append(widget)
        widget = widget.nextInFocusChain()
    return chain


class Overlay(QWidget):
    """Lies over its host; `clear` is what it never covers, such as the call bar."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._panel: Panel | None = None
        self._anchor: QWidget | None = None
        self._before: QWidget | None = None
        self._clear = QRect()
        host.installEventFilter(self)
        self.hide()

    def keep_clear(self, area: QRect) -> None:
        """A part of the host that stays usable under a dialog; an empty rect for none."""
        self._clear = area
        self._settle()

    def open_dialog(self, panel: Panel) -> None:
        """Show a decision over a scrim, in the middle."""
        self._open(panel, None)

    def open_popover(self, panel: Panel, anchor: QWidget) -> None:
        """Show a choice below the widget that asked for it."""
        self._open(panel, anchor)

    def _open(self, panel: Panel, anchor: QWidget | None) -> None:
        self.close_panel()
        self._before = QApplication.focusWidget()
        self._panel, self._anchor = panel, anchor
        panel.setParent(self)
        panel.dismissed.connect(self.close_panel)
        self.show()
        self.raise_()
        panel.show()
        self._settle()
        chain = focus_chain(panel)
        if chain:
            chain[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """Take the panel away and give the focus back."""
        panel, self._panel = self._panel, None
        if panel is None:
            return
        panel.hide()
        panel.deleteLater()
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def _settle(self) -> None:
        self.setGeometry(self._host.rect())
        if self._panel is None:
            return
        region = QRegion(self.rect())
        self.setMask(region.subtracted(QRegion(self._clear)) if not self._clear.isEmpty() else region)
        room = self.rect()
        self._panel.fit(room)
        size = self._panel.size()
        if self._anchor is None:
            corner = room.center() - QPoint(size.width() // 2, size.height() // 2)
        else:
            edge = px(EDGE[1])
            corner = self._anchor.mapTo(self._host, QPoint(-edge, self._anchor.height() - edge + px(6)))
        corner.setX(max(0, min(corner.x(), room.width() - size.width())))
        corner.setY(max(0, min(corner.y(), room.height() - size.height())))
        self._panel.move(corner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Called by Qt: the layer is as large as its host."""
        if event.type() == QEvent.Type.Resize:
            self._settle()
        return False

    def mousePressEvent(self, event: object) -> None:  # noqa: N802
        """Called by Qt: a click beside a popover closes it, beside a dialog it does nothing."""
        if self._anchor is not None:
            self.close_panel()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        if self._panel is not None and self._anchor is None:
            with paint.painter(self) as p:
                p.fillRect(self.rect(), theme.color("scrim"))
