"""The timeline of a file: days, what happened, agreements, and the recording on its dark row."""

from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme, waves
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets import badges
from harmony_desk.ui.widgets.badges import Badge
from harmony_desk.ui.widgets.lists import ItemDelegate, RowList


@dataclass(frozen=True)
class DayRow:
    """The heading of a day: its name and its date."""

    name: str
    day: str

    can_choose = False

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        return f"{self.name}, {self.day}"


@dataclass(frozen=True)
class AgreementLine:
    """What was agreed with the caller, and until when; `kept` says that it was done."""

    words: str
    due: str
    kept: bool = False


@dataclass(frozen=True)
class RecordingLine:
    """The recording of a call. Without `peaks` there is no sound, and `reason` says why.

    `share` is the part of its life that is left; `icon` tells which reason.
    """

    length: str
    term: str = ""
    share: float = 0.0
    role: str = "ink_text"  # ink_warn when few days are left
    peaks: bytes | None = field(default=None, repr=False)
    gaps: tuple[tuple[float, float], ...] = ()  # begin and end as shares of the whole
    reason: str = ""
    icon: str = "fire"


@dataclass(frozen=True)
class EventRow:
    """Something that happened in the file."""

    id: int
    icon: str
    title: str
    line: str
    time: str
    badge: Badge | None = None
    agreement: AgreementLine | None = None
    recording: RecordingLine | None = None

    can_choose = True

    @property
    def sentence(self) -> str:
        """As a screen reader says it."""
        words = [self.title, self.badge.word if self.badge else "", self.time, self.line]
        if self.agreement:
            words += [self.agreement.words, self.agreement.due]
        if self.recording:
            words += [
                self.recording.reason or _("recording of {length}").format(length=self.recording.length),
                self.recording.term,
            ]
        return ", ".join(word for word in words if word)


LINE_AT = 23
LEFT = 50


class TimelineDelegate(ItemDelegate):
    """Rows of DayRow and EventRow; their heights follow from what they hold."""

    def height_of(self, row: DayRow | EventRow) -> int:
        """Called by Qt by way of sizeHint."""
        if isinstance(row, DayRow):
            return px(34)
        high = 2 * theme.line_height("body") + px(16)
        high += px(26) if row.agreement else 0
        high += px(48) if row.recording else 0
        return high

    def paint_row(self, p: QPainter, rect: QRectF, row: DayRow | EventRow, *, chosen: bool, hot: bool) -> None:
        """Called by Qt by way of paint."""
        x = round(rect.left() + px(LINE_AT))
        p.fillRect(QRectF(x, rect.top(), 1, rect.height()), theme.color("line"))
        if isinstance(row, DayRow):
            area = rect.adjusted(px(LEFT - 4), px(4), -px(12), 0)
            used = paint.text(p, area, row.name, style="small", weight=SEMIBOLD)
            paint.text(p, area.adjusted(used + px(8), 0, 0, 0), row.day, "text2", "small")
            return
        self._paint_event(p, rect, row, chosen=chosen, hot=hot)

    def _paint_event(self, p: QPainter, rect: QRectF, row: EventRow, *, chosen: bool, hot: bool) -> None:
        frame = rect.adjusted(px(LEFT - 10), px(2), -px(6), -px(2))
        if chosen:
            paint.box(p, frame, "selected", "accent", 8, 2)
        elif hot:
            paint.box(p, frame, "hover", radius=8)
        body = theme.line_height("body")
        top = rect.top() + px(7)
        node = QRectF(rect.left() + px(LINE_AT - 12.5), top + body / 2 - px(13), px(26), px(26))
        paint.box(p, node, "surface", "line", 99)
        paint.icon(p, row.icon, node.center().x() - px(8), node.center().y(), 16, "text2")
        inner = QRectF(rect.left() + px(LEFT), top, rect.width() - px(LEFT + 16), body)
        self._paint_title(p, inner, row)
        paint.text(p, inner.translated(0, body), row.line, "text2")
        below = top + 2 * body
        if row.agreement:
            self._paint_agreement(p, QRectF(inner.left(), below + px(2), inner.width(), px(24)), row.agreement)
            below += px(26)
        if row.recording:
            paint_recording(p, QRectF(inner.left(), below + px(5), inner.width(), px(40)), row.recording)

    @staticmethod
    def _paint_title(p: QPainter, rect: QRectF, row: EventRow) -> None:
        time = theme.width(row.time, "small")
        paint.text(p, rect, row.time, "text2", "small", align=paint.RIGHT, elide=paint.ELIDE_NEVER)
        badge = badges.width(row.badge) + px(10) if row.badge else 0
        room = rect.width() - time - px(10)
        title = QRectF(rect.left(), rect.top(), max(px(40), room - badge), rect.height())
        used = paint.text(p, title, row.title, weight=SEMIBOLD)
        if row.badge:
            left = rect.left() + used + px(10)
            badges.draw(p, left, rect.center().y(), row.badge, room=max(px(30), rect.left() + room - left))

    @staticmethod
    def _paint_agreement(p: QPainter, rect: QRectF, line: AgreementLine) -> None:
        middle = rect.center().y()
        due = theme.width(line.due, "body" if not line.kept else "small", MEDIUM)
        role, icon, weight = ("ok_text", "check-circle", "fill") if line.kept else ("text", "calendar-blank", "regular")
        paint.icon(p, "handshake", rect.left(), middle, 16, "text2")
        area = QRectF(rect.right() - due, rect.top(), due, rect.height())
        paint.text(p, area, line.due, role, "small", MEDIUM, align=paint.RIGHT, elide=paint.ELIDE_NEVER)
        paint.icon(p, icon, rect.right() - due - px(22), middle, 15, role if line.kept else "text2", weight)
        left = rect.left() + px(24)
        paint.text(p, QRectF(left, rect.top(), rect.right() - due - px(32) - left, rect.height()), line.words)


def paint_recording(p: QPainter, rect: QRectF, line: RecordingLine) -> None:
    """A recording on its dark row; without sound a quiet row that says why."""
    middle = rect.center().y()
    if line.peaks is None:
        paint.box(p, rect, "sunken", "line", 8)
        x = rect.left() + px(12) + paint.icon(p, line.icon, rect.left() + px(12), middle, 16, "text2") + px(10)
        area = QRectF(x, rect.top(), rect.right() - x - px(12), rect.height())
        used = paint.text(p, area, line.reason, style="small", weight=MEDIUM)
        rest = area.adjusted(used + px(8), 0, 0, 0)
        if line.term and rest.width() > px(60):
            paint.text(p, rest, line.term, "text2", "small")
        return
    paint.box(p, rect, "ink", "ink_edge", 8)
    play = QRectF(rect.left() + px(8), middle - px(13), px(26), px(26))
    paint.box(p, play, "ink_btn", radius=99)
    paint.icon(p, "play", play.center().x() - px(7), middle, 14, "ink_btn_text", "fill")
    length = theme.width(line.length, "body", MEDIUM)
    paint.text(
        p, QRectF(play.right() + px(10), rect.top(), length, rect.height()), line.length, "ink_text", weight=MEDIUM
    )
    term = theme.width(line.term, "small", MEDIUM)
    right = rect.right() - px(14)
    paint.text(
        p,
        QRectF(right - term, rect.top(), term, rect.height()),
        line.term,
        line.role,
        "small",
        MEDIUM,
        elide=paint.ELIDE_NEVER,
    )
    ring = QRectF(right - term - px(8) - px(16), middle - px(8), px(16), px(16))
    paint.ring(p, ring, line.share, line.role, 2.5)
    left = play.right() + px(20) + length
    _paint_mini_wave(p, QRectF(left, rect.top() + px(8), ring.left() - px(14) - left, rect.height() - px(16)), line)


def _paint_mini_wave(p: QPainter, rect: QRectF, line: RecordingLine) -> None:
    if rect.width() < px(40) or line.peaks is None:
        return
    count = waves.bars_in(rect.width())
    agent, caller = (waves.loudness(line.peaks, side, count) for side in (waves.AGENT, waves.CALLER))
    holes = [(rect.left() + begin * rect.width(), rect.left() + end * rect.width()) for begin, end in line.gaps]
    step = rect.width() / count
    both = [
        0.0 if any(begin <= rect.left() + bar * step <= end for begin, end in holes) else max(agent[bar], caller[bar])
        for bar in range(count)
    ]
    waves.bars(p, rect, both, theme.color("ink_text2"))
    for begin, end in holes:
        hole = QRectF(begin, rect.top(), end - begin, rect.height())
        p.fillRect(hole, theme.color("ink"))
        paint.hatch(p, hole.adjusted(0, px(3), 0, -px(3)), step=5, stroke=1)


class Timeline(RowList):
    """The list; a click or Space on a recording's play mark asks to hear it."""

    play_wanted = Signal(int)  # the id of the event whose recording is asked for

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, TimelineDelegate, parent)

    def recording_rect(self, index: QModelIndex) -> QRectF:
        """Where the play mark of a row is, empty when it has none."""
        row = self.rows.row(index)
        if not isinstance(row, EventRow) or row.recording is None or row.recording.peaks is None:
            return QRectF()
        rect = QRectF(self.visualRect(index))
        return QRectF(rect.left() + px(LEFT + 8), rect.bottom() - px(46), px(26), px(26))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Called by Qt."""
        super().mouseReleaseEvent(event)
        where: QPoint = event.position().toPoint()
        index = self.indexAt(where)
        if event.button() is Qt.MouseButton.LeftButton and index.isValid():
            row = self.rows.row(index)
            if isinstance(row, EventRow) and self.recording_rect(index).contains(where):
                self.play_wanted.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt: Space plays what is chosen."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and index.isValid() and not self.recording_rect(index).isEmpty():
            row = self.rows.row(index)
            assert isinstance(row, EventRow)
            self.play_wanted.emit(row.id)
            return
        super().keyPressEvent(event)
