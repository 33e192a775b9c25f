"""The road of a claim or request: what is done, where it stands, what comes; and why a step is closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import SEMIBOLD

DONE, NOW, LATER = "done", "now", "later"


@dataclass(frozen=True)
class Step:
    """A step of the road, with its day or how long it has lasted."""

    word: str
    when: str = ""
    state: str = LATER


class StatusStrip(QLabel):
    """Steps on a line of 30; breaks over more lines where there is no room."""

    def __init__(self, label: str, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """How it stands."""
        self._steps = list(steps)
        spoken = {DONE: _("done"), NOW: _("now"), LATER: _("to come")}
        words = [" ".join((step.word, step.when, spoken[step.state])).replace("  ", " ") for step in steps]
        self.setText(f"{self._label}: {', '.join(words)}")
        self.setAccessibleName(self.text())
        self.updateGeometry()

    def _width(self, step: Step) -> int:
        weight = SEMIBOLD if step.state == NOW else None
        when = px(7) + theme.width(step.when, "small") if step.when else 0
        return px(18 + 7) + theme.width(step.word, "body", weight) + when

    def _places(self, width: int) -> list[tuple[Step, int, int]]:
        """Each step with its left side and its line."""
        places, x, line = [], 0, 0
        for step in self._steps:
            wide = self._width(step)
            if x and x + wide > width:
                x, line = 0, line + 1
            places.append((step, x, line))
            x += wide + px(32)
        return places

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        places = self._places(width)
        return px(30) * (places[-1][2] + 1 if places else 1)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(sum(self._width(step) + px(32) for step in self._steps), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(max((self._width(step) for step in self._steps), default=0), px(30))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            for step, x, line in self._places(self.width()):
                self._paint_step(p, QRectF(x, line * px(30), self._width(step), px(30)), step)
                if step is not self._steps[-1]:
                    middle = line * px(30) + px(15)
                    paint.icon(p, "caret-right", x + self._width(step) + px(9), middle, 12, "text3", "bold")

    @staticmethod
    def _paint_step(p: QPainter, rect: QRectF, step: Step) -> None:
        middle = rect.center().y()
        circle = QRectF(rect.left() + px(1), middle - px(8), px(16), px(16))
        if step.state == DONE:
            paint.icon(p, "check-circle", rect.left(), middle, 18, "ok", "fill")
        elif step.state == NOW:
            paint.box(p, circle.adjusted(-1, -1, 1, 1), "accent", radius=99)
            inset = px(5)
            paint.box(p, circle.adjusted(inset, inset, -inset, -inset), "on_accent", radius=99)
        else:
            paint.box(p, circle, None, "line_strong", 99, 1.5)
        weight = SEMIBOLD if step.state == NOW else None
        wide = theme.width(step.word, "body", weight)
        role = "text" if step.state == NOW else "text2"
        words = QRectF(rect.left() + px(25), rect.top(), wide, rect.height())
        paint.text(p, words, step.word, role, weight=weight, elide=paint.ELIDE_NEVER)
        when = QRectF(words.right() + px(7), rect.top(), rect.right() - words.right(), rect.height())
        paint.text(p, when, step.when, "text3" if step.state != NOW else "text2", "small", elide=paint.ELIDE_NEVER)


class WhyNot(QLabel):
    """The line under the strip: what cannot be done yet, why, and who may open it."""

    def __init__(self, act: str, reason: str, parent: QWidget | None = None) -> None:
        super().__init__(f"{act} {reason}", parent)
        self._act, self._reason = act, reason
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width

    def _lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(
            self._reason, max(px(80), width - px(50) - theme.width(self._act, "small", SEMIBOLD)), "small"
        )

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return len(self._lines(width)) * theme.line_height("small") + px(15)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(300), self.heightForWidth(max(px(300), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(200), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "warn_soft", radius=5)
            line = theme.line_height("small")
            top = px(7.5)
            paint.icon(p, "lock-simple", px(10), top + line / 2, 16, "warn_text", "fill")
            act = theme.width(self._act, "small", SEMIBOLD)
            paint.text(
                p, QRectF(px(34), top, act, line), self._act, "warn_text", "small", SEMIBOLD, elide=paint.ELIDE_NEVER
            )
            area = QRectF(px(34) + act + px(6), top, self.width(), self.height())
            paint.paragraph(p, area, self._lines(self.width()), "text", "small")
