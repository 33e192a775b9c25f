"""The dark band of a call: line, timer, the state of the recording drawn to scale, and what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.waves import Gap
from harmony_desk.ui.widgets.call_button import CallBtn
from harmony_desk.ui.widgets.flow import Flow
from harmony_desk.ui.widgets.waveform import clock

BAR_WIDTH = 190
APART = 22  # between line, timer and recording


class CallLine(QLabel):
    """The number that calls, and its queue."""

    def __init__(self, number: str, queue: str, parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self._queue = queue
        self.setAccessibleName(f"{number}, {queue}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(
            px(44 + APART) + max(theme.width(self.text(), weight=SEMIBOLD), theme.width(self._queue, "small")), px(52)
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            middle = self.height() / 2
            paint.box(p, QRectF(0, middle - px(16), px(32), px(32)), "ink2", radius=99)
            paint.icon(p, "phone-call", px(8), middle, 16, "ink_live", "fill")
            body, small = theme.line_height("body"), theme.line_height("small")
            top = middle - (body + small) / 2
            paint.text(
                p,
                QRectF(px(44), top, self.width(), body),
                self.text(),
                "ink_text",
                weight=SEMIBOLD,
                elide=paint.ELIDE_NEVER,
            )
            paint.text(
                p,
                QRectF(px(44), top + body, self.width(), small),
                self._queue,
                "ink_text2",
                "small",
                elide=paint.ELIDE_NEVER,
            )


class CallTimer(QLabel):
    """How long the call lasts, and how long the caller waited. `show_time` at most once a second."""

    def __init__(self, seconds: int, waited: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waited = waited
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_time(seconds)

    def show_time(self, seconds: int) -> None:
        """The seconds of now."""
        self.setText(clock(seconds))
        self.setAccessibleName(_("Call lasts {time}, {waited}").format(time=self.text(), waited=self._waited))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(APART) + max(theme.width(self.text(), "display"), theme.width(self._waited, "small")), px(52))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            timer = QRectF(0, px(1), self.width(), px(32))
            paint.text(p, timer, self.text(), "ink_text", "display", elide=paint.ELIDE_NEVER)
            below = QRectF(0, px(33), self.width(), theme.line_height("small"))
            paint.text(p, below, self._waited, "ink_text2", "small", elide=paint.ELIDE_NEVER)


@dataclass(frozen=True)
class RecordingState:
    """What is recorded of this call: `gaps` are holds and pauses in seconds, `running` says it goes on now."""

    words: str
    note: str
    seconds: float
    gaps: tuple[Gap, ...] = ()
    running: bool = True


class RecordingBar(QLabel):
    """Word, bar to scale, and what was said about it to the caller."""

    def __init__(self, state: RecordingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state)

    def show_state(self, state: RecordingState) -> None:
        """How it stands; at most once a second."""
        self.state = state
        self.setText(state.words)
        self.setAccessibleName(f"{state.words}, {state.note}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        words = px(22) + theme.width(self.state.words, weight=MEDIUM)
        return QSize(px(APART) + max(px(BAR_WIDTH), words, theme.width(self.state.note, "small")), px(52))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        state = self.state
        with paint.painter(self) as p:
            body = theme.line_height("body")
            icon, role = ("record", "ink_rec") if state.running else ("pause-circle", "ink_text2")
            paint.icon(p, icon, 0, px(1) + body / 2, 16, role, "fill")
            area = QRectF(px(22), px(1), self.width(), body)
            paint.text(p, area, state.words, "ink_text", weight=MEDIUM, elide=paint.ELIDE_NEVER)
            bar = QRectF(0, px(24), px(BAR_WIDTH), px(6))
            self._paint_scale(p, bar, state)
            below = QRectF(0, px(33), self.width(), theme.line_height("small"))
            paint.text(p, below, state.note, "ink_text2", "small", elide=paint.ELIDE_NEVER)

    @staticmethod
    def _paint_scale(p: QPainter, bar: QRectF, state: RecordingState) -> None:
        scale = bar.width() / max(1.0, state.seconds)
        begin = 0.0
        for gap in (*state.gaps, Gap(state.seconds, state.seconds, "")):
            kept = QRectF(bar.left() + begin * scale, bar.top(), (gap.begin - begin) * scale - px(1), bar.height())
            if kept.width() > 0:
                paint.box(p, kept, "ink_rec", radius=2)
            hole = QRectF(bar.left() + gap.begin * scale, bar.top(), gap.seconds * scale, bar.height())
            if hole.width() > 0:
                paint.box(p, hole, None, "ink_line", 2)
                paint.hatch(p, hole.adjusted(1, 1, -1, -1), step=4, stroke=1)
            begin = gap.end


class CallBar(Restyled, QFrame):
    """68 high over the whole width; breaks over two lines where it does not fit. Nothing covers it."""

    def __init__(self, parts: Sequence[QWidget], buttons: Sequence[CallBtn], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Call"))
        flow = self.spaced(Flow(self), 8, (16, 8, 16, 8))
        for part in parts:
            part.setParent(self)
            flow.addWidget(part)
        flow.turn_right()
        for button in buttons:
            button.setParent(self)
            flow.addWidget(button)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt: in the dark theme an edge lifts it off the canvas."""
        with paint.painter(self) as p:
            p.fillRect(self.rect(), theme.color("ink"))
            paint.hairline(p, 0, self.height() - 1, self.width(), "ink_edge")


class ReadAloud(QLabel):
    """What the agent says word for word, such as that the call is recorded."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(_("Read aloud: {words}").format(words=words))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWordWrap(True)  # what tells Qt that a label's height follows its width

    def _lines(self, width: int) -> tuple[str, ...]:
        return paint.wrapped(self.text(), width - px(58), "body", MEDIUM)

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Called by Qt."""
        return len(self._lines(width)) * theme.line_height("body") + px(16)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(360), self.heightForWidth(max(px(360), self.width())))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(200), px(36))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect = paint.full(self)
            paint.box(p, rect, "ink", "ink_edge", 8)
            paint.icon(p, "quotes", px(14), px(8) + theme.line_height("body") / 2, 18, "ink_agent", "fill")
            area = rect.adjusted(px(44), px(8), -px(14), 0)
            paint.paragraph(p, area, self._lines(self.width()), "ink_text", "body", MEDIUM)
