"""Is it them? The levels that a caller can reach, the questions, and what a level opens."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM
from harmony_desk.ui.widgets.card import Card
from harmony_desk.ui.widgets.fields import Field, Line
from harmony_desk.ui.widgets.flow import Flow


@dataclass(frozen=True)
class Level:
    """A level: what it opens, how far it is (0 to 1), and what is still missing or that it was reached."""

    number: int
    opens: str
    share: float
    note: str

    @property
    def reached(self) -> bool:
        """Whether nothing is missing."""
        return self.share >= 1


class LevelBar(QLabel):
    """One level: a bar that fills, its number and words, and the note below."""

    def __init__(self, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width
        self.show_level(level)

    def show_level(self, level: Level) -> None:
        """How far it is."""
        self.level = level
        self.setText(level.opens)
        self.setAccessibleName(f"{level.number}, {level.opens}, {level.note}")
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        return f"{self.level.number}  {self.level.opens}"

    def _lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self._words(), width, "small", MEDIUM)

    def _notes(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self.level.note, width - (px(18) if self.level.reached else 0), "small")

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return px(8) + (len(self._lines(width)) + len(self._notes(width))) * theme.line_height("small")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(130), self.heightForWidth(max(px(130), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        longest = max((theme.width(word, "small", MEDIUM) for word in self._words().split()), default=0)
        return QSize(longest + px(4), px(42))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        level = self.level
        with paint.painter(self) as p:
            track = QRectF(0, 0, self.width(), px(4))
            paint.box(p, track, "line" if not level.share else "line_strong", radius=2)
            if level.share:
                track.setWidth(self.width() * min(1.0, level.share))
                paint.box(p, track, "ok" if level.reached else "accent", radius=2)
            area = QRectF(0, px(8), self.width(), self.height())
            role = "text" if level.share else "text2"
            used = paint.paragraph(p, area, self._lines(self.width()), role, "small", MEDIUM)
            area.translate(0, used)
            if level.reached:
                paint.icon(p, "check-circle", 0, area.top() + theme.line_height("small") / 2, 14, "ok_text", "fill")
                area.adjust(px(18), 0, 0, 0)
            note = "ok_text" if level.reached else "text2"
            paint.paragraph(p, area, self._notes(self.width()), note, "small")


class VerificationCard(Card):
    """The levels beside each other and a field for each question; each is checked on leaving the field."""

    def __init__(self, levels: Sequence[Level], parent: QWidget | None = None) -> None:
        hint = _("Fill in what the caller says; the data itself stays hidden.")
        super().__init__(_("Customer verification"), hint, parent=parent)
        row = self.spaced(QHBoxLayout(), 8)
        self.levels = [LevelBar(level, self) for level in levels]
        for bar in self.levels:
            row.addWidget(bar, 1)
        self.body.addLayout(row)
        box = QWidget(self)
        self._questions = self.spaced(Flow(box, top=True), 10)
        self.body.addWidget(box)
        self.fields: list[Field] = []

    def ask(self, label: str, hint: str = "", *, help_text: str = "") -> Field:
        """Another question; returns its field, whose `control.editingFinished` starts the check."""
        line = _Answer(hint, parent=self)
        field = Field(label, line, hint=help_text, keep_note=True, parent=self)
        self.fields.append(field)
        self._questions.addWidget(field)
        return field


class _Answer(Line):
    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(158), theme.measure("control"))
