"""Buttons: one primary on a screen; what is off stays readable by keyboard and says why."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM


@dataclass(frozen=True)
class Face:
    """The colours of a kind of button: at rest, under the pointer, held, its edge and its text."""

    fill: str | None
    hover: str | None
    pressed: str | None
    edge: str | None
    text: str


KINDS = {
    "primary": Face("accent", "accent_hover", "accent_pressed", None, "on_accent"),
    "secondary": Face("surface", "hover", "pressed", "line_strong", "text"),
    "quiet": Face(None, "hover", "pressed", None, "text"),
    "link": Face(None, "hover", "pressed", None, "accent_text"),
    "danger": Face("surface", "bad_soft", "bad_soft", "bad", "bad_text"),
    "trace": Face(None, "trace_soft", "trace_soft", None, "trace_text"),
    "tracefill": Face("trace", "trace", "trace", None, "on_accent"),
    "ink": Face("ink2", "ink3", "ink3", None, "ink_text"),
    "ink_light": Face("ink_btn", "ink_text", "ink_text", None, "ink_btn_text"),
}


class Btn(Restyled, KeyFocus, QPushButton):
    """A button of one of KINDS with an optional icon and the key that does the same.

    `label` names it for screen readers when it shows an icon alone; that also becomes the tooltip.
    """

    def __init__(
        self,
        words: str = "",
        kind: str = "secondary",
        *,
        icon: str = "",
        key: str = "",
        small: bool = False,
        label: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._face = KINDS[kind]
        self.kind, self.icon_name, self.key, self._small = kind, icon, key, small
        self.off_icon = "lock-simple"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if label:
            self.setAccessibleName(label)
            self.setToolTip(label)
        elif words:
            self.setAccessibleName(words)
        if key:
            self.setAccessibleDescription(_("Key: {keys}").format(keys=key.replace(paint.ENTER, "Enter")))

    @property
    def on_ink(self) -> bool:
        """Whether it stands on the dark band."""
        return self.kind.startswith("ink")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        high = theme.measure("control_small" if self._small else "control")
        if not self.text():
            return QSize(high, high)
        return QSize(round(sum(self._widths())) + 2 * self._padding(), high)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.sizeHint()

    def _padding(self) -> int:
        return px(9 if self._small else 12)

    def _widths(self) -> list[int]:
        """Of icon, words and key cap, each with its gap."""
        parts = [theme.width(self.text(), *self._type())]
        if self._shown_icon():
            parts.append(px(16 + 8))
        if self.key:
            parts.append(paint.key_width(self.key) + px(8))
        return parts

    def _type(self) -> tuple[str, int]:
        return ("small" if self._small else "body", MEDIUM)

    def _shown_icon(self) -> str:
        if self.isEnabled() or self.kind in ("link", "quiet", "trace"):
            return self.icon_name
        return self.off_icon

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect = paint.full(self)
            fill, edge, role = self._colours()
            paint.box(p, rect, fill, edge)
            if self.kind == "tracefill" and self.isEnabled() and (self.isDown() or self.underMouse()):
                p.setBrush(theme.faded("shadow", 0.24 if self.isDown() else 0.14))
                p.drawRoundedRect(rect, px(6), px(6))
            if self.text():
                self._paint_parts(p, rect, role)
            elif self._shown_icon():
                paint.icon(p, self._shown_icon(), rect.center().x() - px(8), rect.center().y(), 16, role, "bold")
            frame = self.parentWidget()
            if self.shows_ring() or (isinstance(frame, Reasoned) and frame.shows_ring()):
                inner = fill if fill and not self.on_ink and fill not in ("accent", "trace") else "surface"
                paint.focus_ring(p, rect, on_ink=self.on_ink, inner=inner)

    def _colours(self) -> tuple[str | None, str | None, str]:
        face = self._face
        if not self.isEnabled():
            if self.on_ink:
                return "ink", "ink_line", "ink_line"
            return (
                (None, "line", "disabled") if face.edge else ("neutral_soft" if face.fill else None, None, "disabled")
            )
        if self.isDown() or self.posed == "pressed":
            return face.pressed, face.edge, face.text
        if (self.underMouse() and self.isEnabled()) or self.posed == "hover":
            return face.hover, face.edge, face.text
        return face.fill, face.edge, face.text

    def _paint_parts(self, p: QPainter, rect: QRectF, role: str) -> None:
        x = rect.left() + max(self._padding(), (rect.width() - sum(self._widths())) / 2)
        middle = rect.center().y()
        if self._shown_icon():
            x += paint.icon(p, self._shown_icon(), x, middle, 16, role, "bold") + px(8)
        wide = theme.width(self.text(), *self._type())
        paint.text(
            p, QRectF(x, rect.top(), wide, rect.height()), self.text(), role, *self._type(), elide=paint.ELIDE_NEVER
        )
        if self.key:
            paint.key_cap(p, x + wide + px(8), middle, self.key, role, self._cap_edge(role))

    def _cap_edge(self, role: str) -> str:
        if not self.isEnabled():
            return "line"
        return role if role in ("on_accent", "accent_text", "ink_text2") else "line_strong"


class Reasoned(Restyled, KeyFocus, QLabel):
    """A button that can be off and then says why, also to whoever uses the keyboard: Qt skips a disabled
    button, so this frame takes the focus in its place. The reason is its tooltip and description."""

    def __init__(self, button: Btn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = button
        self.reason = ""
        row = self.spaced(QHBoxLayout(self), 0)
        row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def switch_off(self, reason: str, icon: str = "lock-simple") -> None:
        """Turn the button off because of this; `icon` tells it at a glance."""
        self.reason = reason
        self.button.off_icon = icon
        self.button.setEnabled(False)
        self.button.updateGeometry()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("{button}: off. {reason}").format(button=self.button.text(), reason=reason))
        self.setAccessibleDescription(reason)
        self.setToolTip(reason)

    def switch_on(self) -> None:
        """The button works again."""
        self.reason = ""
        self.button.setEnabled(True)
        self.button.updateGeometry()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("")
        self.setAccessibleDescription("")
        self.setToolTip("")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.button.sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return self.button.sizeHint()
