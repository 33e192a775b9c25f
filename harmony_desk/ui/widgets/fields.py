"""Fields: the label above, the control, help or error below; the sentence says what to do."""

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets.label import Label

STATES = ("", "error", "ok", "locked")


def _polish(control: QWidget, state: str) -> None:
    """WORKAROUND: the style sheet looks at a dynamic property only when the widget is polished anew."""
    control.setProperty("state", state)
    control.style().unpolish(control)
    control.style().polish(control)
    control.update()


class Line(Restyled, QLineEdit):
    """One line of text, with an icon before it and one for its state behind it."""

    def __init__(
        self, hint: str = "", *, icon: str = "", key: str = "", zero: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._key, self._zero = icon, key, zero
        self._state = ""
        self.setPlaceholderText(hint)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setFixedHeight(theme.measure("control"))
        self.setFont(theme.font("body", zero=self._zero))
        after = paint.key_width(self._key) if self._key else (px(24) if self._state in ("ok", "error") else 0)
        self.setTextMargins(px(24) if self._icon else 0, 0, after, 0)

    def set_state(self, state: str) -> None:
        """One of STATES. "locked" can be read and copied, not changed."""
        self._state = state
        self.setReadOnly(state == "locked")
        _polish(self, state)
        self.restyle()

    def show_value(self, words: str) -> None:
        """Fill in; Qt would show the end of a long value."""
        self.setText(words)
        self.setCursorPosition(0)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(160), theme.measure("control"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().paintEvent(event)
        with paint.painter(self) as p:
            middle = self.height() / 2
            if self._icon:
                role = "text2" if self.isEnabled() else "disabled"
                paint.icon(p, self._icon, px(10), middle, 16, role)
            if self._key:
                paint.key_cap(p, self.width() - paint.key_width(self._key) - px(8), middle, self._key, "text2", "line")
            _mark(p, self, self._state, middle)


def _mark(p: QPainter, control: QWidget, state: str, middle: float) -> None:
    if state in ("ok", "error"):
        name, role = ("check-circle", "ok") if state == "ok" else ("warning-circle", "bad")
        paint.icon(p, name, control.width() - px(26), middle, 16, role, "fill")


class Words(Restyled, QPlainTextEdit):
    """Several lines of text; Tab leaves it, because nobody indents a note and everybody tabs on."""

    def __init__(self, hint: str = "", *, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._state = ""
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setMinimumHeight(theme.line_height("body") * self._lines + px(16))

    def set_state(self, state: str) -> None:
        """One of STATES."""
        self._state = state
        self.setReadOnly(state == "locked")
        _polish(self, state)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(240), self.minimumHeight())


class Choice(Restyled, QComboBox):
    """One of a list. Qt on Linux reads a combo box by its text, so `Field` ties the label to it as buddy."""

    def __init__(self, choices: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.addItems(choices)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self.setFixedHeight(theme.measure("control"))

    def set_state(self, state: str) -> None:
        """One of STATES."""
        self.setEnabled(state != "locked")
        _polish(self, state)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().paintEvent(event)
        with paint.painter(self) as p:
            role = "text2" if self.isEnabled() else "disabled"
            paint.icon(p, "caret-down", self.width() - px(26), self.height() / 2, 14, role, "bold")


# Icon and colour of the line under a field, by its state.
NOTE_LOOKS = {
    "": ("", "text3"),
    "locked": ("", "text3"),
    "ok": ("check-circle", "ok_text"),
    "warn": ("warning", "warn_text"),
    "error": ("warning-circle", "bad_text"),
}


class Note(Label):
    """The line under a field; with an icon when it is an error or says that something fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, style="small", role="text3", wrap=True)
        self._icon = ""

    def say(self, words: str, state: str = "") -> None:
        """Show a sentence; its state gives colour and icon."""
        self._icon, self.role = NOTE_LOOKS[state]
        self.setText(words)
        self.updateGeometry()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return super().heightForWidth(width - (px(18) if self._icon else 0))

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt: as wide as the field, so never what widens it."""
        return QSize(px(60), self.heightForWidth(max(px(60), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(60), theme.line_height("small"))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            left = px(18) if self._icon else 0
            if self._icon:
                paint.icon(p, self._icon, 0, theme.line_height("small") / 2, 14, self.role, "fill")
            lines = paint.wrapped(self.text(), self.width() - left, "small")
            paint.paragraph(p, QRectF(left, 0, self.width() - left, self.height()), lines, self.role, "small")


class Field(Restyled, QWidget):
    """A control with its label and the line below. The line's space is kept when the form checks live."""

    def __init__(
        self,
        label: str,
        control: Line | Words | Choice,
        *,
        hint: str = "",
        optional: bool = False,
        keep_note: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._hint, self._keep = hint, keep_note
        self.label = Label(label, self, style="small", weight=MEDIUM, role="text2")
        self.label.setBuddy(control)
        self.note = Note(self)
        column = self.spaced(QVBoxLayout(self), 4)
        head = self.spaced(QHBoxLayout(), 8)
        head.addWidget(self.label)
        if optional:
            head.addWidget(Label(_("not required"), self, style="small", role="text3"))
        head.addStretch(1)
        self.head = head
        column.addLayout(head)
        column.addWidget(control)
        column.addWidget(self.note)
        if not isinstance(control, Words):
            column.addStretch(1)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        control.setAccessibleName(f"{label}, {_('not required')}" if optional else label)
        self.say("")

    def say(self, words: str, state: str = "") -> None:
        """Show an error, or that it fits, beside the field; an empty text brings the hint back."""
        self.control.set_state(state if state in STATES else "")
        self.note.say(words or self._hint, state)
        self.note.setVisible(bool(words or self._hint or self._keep))
        self.control.setAccessibleDescription(words or self._hint)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Called by Qt: a field that is off shows its label as off too."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.label.set_role("text2" if self.isEnabled() else "disabled")
