"""The focus ring shows for the keyboard, not for the mouse."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

_AWAY_FOR_A_WHILE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class KeyFocus(_Widget):
    """Knows whether it got the focus by a key (or from code, which follows a key)."""

    _by_key = False
    # For pictures: "hover", "pressed" or "focus", painted as if it were so.
    posed = ""

    def shows_ring(self) -> bool:
        """Whether to paint the focus ring now."""
        return self.posed == "focus" or (self._by_key and self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Called by Qt."""
        if event.reason() not in _AWAY_FOR_A_WHILE:
            self._by_key = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().focusOutEvent(event)
        self.update()
