"""The deck of a recording: two lanes, holes where nothing was kept, markers, the part that was heard.

It only paints and tells where the person wants to go; playing is somebody else's. To a screen reader
it is a slider over the seconds of the call, and its description says the moment in words.
"""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme, waves
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.waves import AGENT, CALLER, Gap

SEEK = 5.0
UNHEARD = 0.62  # of the bars' opacity: still 3:1 on ink


@dataclass(frozen=True)
class Marker:
    """A comment at a moment: "good", "improve" or "wrong"."""

    number: int
    second: float
    kind: str


MARKER_LOOKS = {
    "good": ("check", "ink_live"),
    "improve": ("trend-up", "ink_warn"),
    "wrong": ("x", "ink_rec"),
}


@dataclass(frozen=True)
class Sound:
    """What the deck draws: length in seconds, the peaks of the recording, its holes and its two voices."""

    seconds: float
    peaks: bytes
    gaps: tuple[Gap, ...] = ()
    agent: str = ""
    caller: str = ""


def clock(seconds: float) -> str:
    """Minutes and seconds, as on the deck."""
    return f"{int(seconds) // 60:02d}:{int(seconds) % 60:02d}"


class Waveform(Restyled, KeyFocus, QAbstractSlider):
    """`compact` leaves out the ruler and the markers, for a row of a card."""

    seek_wanted = Signal(float)  # the second that the person wants to hear

    def __init__(self, sound: Sound, *, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compact = compact
        self.sound = sound
        self.heard: tuple[tuple[float, float], ...] = ()
        self.markers: tuple[Marker, ...] = ()
        self.current: int | None = None
        self.loop: tuple[float, float] | None = None
        self.refused = False
        self.position = 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Recording"))
        self.setRange(0, int(sound.seconds))
        self.show_position(0.0)

    def show_position(self, second: float) -> None:
        """Move the playhead; describes the place for who cannot see it."""
        self.position = max(0.0, min(second, self.sound.seconds))
        self.setValue(int(self.position))
        self.setAccessibleDescription(self._description())
        self.update()

    def show_heard(self, ranges: tuple[tuple[float, float], ...]) -> None:
        """What the log knows of this person's listening."""
        self.heard = ranges
        self.update()

    def show_markers(self, markers: tuple[Marker, ...], current: int | None = None) -> None:
        """The comments; `current` is the number of the one that is being read."""
        self.markers, self.current = markers, current
        self.update()

    def refuse(self) -> None:
        """Playing was refused: nothing of the sound is drawn any more."""
        self.refused = True
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleDescription(_("This recording may not be played."))
        self.update()

    def _description(self) -> str:
        words = [_("{now} of {all}").format(now=clock(self.position), all=clock(self.sound.seconds))]
        words += [gap.word for gap in self.sound.gaps if gap.begin <= self.position < gap.end]
        near = [marker for marker in self.markers if abs(marker.second - self.position) < 1]
        words += [_("comment {number}").format(number=marker.number) for marker in near]
        return ", ".join(words)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(360), px(130 if self.compact else 236))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(240), self.sizeHint().height())

    # Where things are

    def _band(self) -> QRectF:
        words = max(theme.width(word, weight=MEDIUM) for word in (_("Agent"), _("Caller"), _("Heard")))
        names = 0 if self.compact else max(theme.width(name, "small") for name in (self.sound.agent, self.sound.caller))
        left = px(14) + min(max(words, names), px(140))
        return QRectF(left + px(16), 0, self.width() - left - px(16) - px(16), self.height())

    def _lane(self, channel: int) -> QRectF:
        band, high = self._band(), px(34 if self.compact else 80)
        top = (px(14) if self.compact else px(44)) + channel * (high + px(8))
        return QRectF(band.left(), top, band.width(), high)

    def _x(self, second: float) -> float:
        band = self._band()
        return band.left() + band.width() * second / self.sound.seconds

    # What a person does

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Called by Qt."""
        band = self._band()
        if not self.refused and event.button() is Qt.MouseButton.LeftButton and event.position().x() >= band.left():
            share = (event.position().x() - band.left()) / band.width()
            self.seek_wanted.emit(max(0.0, min(1.0, share)) * self.sound.seconds)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt: arrows move five seconds, Home and End to the ends."""
        steps = {Qt.Key.Key_Left: -SEEK, Qt.Key.Key_Right: SEEK, Qt.Key.Key_Home: -self.sound.seconds,
                 Qt.Key.Key_End: self.sound.seconds}  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None or self.refused:
            event.ignore()
            return
        self.seek_wanted.emit(max(0.0, min(self.sound.seconds, self.position + step)))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "ink", "ink_edge", 10)
            if not self.compact and not self.refused:
                self._paint_ruler(p)
            for channel in (AGENT, CALLER):
                self._paint_lane(p, channel)
            if not self.refused:
                self._paint_holes(p)
                self._paint_gap_labels(p)
                self._paint_heard(p)
                self._paint_markers(p)
                self._paint_head(p)
            if self.shows_ring():
                paint.focus_ring(p, paint.full(self), 10, on_ink=True)

    def _paint_ruler(self, p: QPainter) -> None:
        every = next((step for step in (15, 30, 60, 120, 300, 600) if self._x(step) - self._x(0) > px(64)), 900)
        tick = 0
        while tick <= self.sound.seconds:
            whole = tick % every == 0
            x = round(self._x(tick))
            p.fillRect(QRectF(x, px(28 if whole else 30), 1, px(7 if whole else 4)), theme.color("ink_line"))
            if whole and self._x(tick) + px(44) < self.width():
                area = QRectF(x + px(4), px(12), px(60), theme.line_height("small"))
                paint.text(p, area, clock(tick), "ink_text2", "small", elide=paint.ELIDE_NEVER)
            tick += max(1, every // 2)

    def _paint_lane(self, p: QPainter, channel: int) -> None:
        lane = self._lane(channel)
        role = "ink_agent" if channel == AGENT else "ink_caller"
        who, name = (_("Agent"), self.sound.agent) if channel == AGENT else (_("Caller"), self.sound.caller)
        label = QRectF(
            px(14), lane.center().y() - theme.line_height("body") / 2, lane.left() - px(14), theme.line_height("body")
        )
        if name and not self.compact:
            label.translate(0, -px(8))
            below = QRectF(label.left(), label.bottom() - px(2), lane.left() - px(26), theme.line_height("small"))
            paint.text(p, below, name, "ink_text2", "small")
        paint.text(p, label, who, "ink_text2" if self.refused else role, weight=MEDIUM, elide=paint.ELIDE_NEVER)
        if not self.compact:
            ground = lane.adjusted(-px(4), 0, px(4), 0)
            p.setPen(Qt.PenStyle.NoPen)
            p.setBrush(theme.faded("ink2", 0.45))
            p.drawRoundedRect(ground, px(6), px(6))
        if self.refused:
            paint.hatch(p, lane, "ink2" if not self.compact else "ink_line")
            return
        inner = lane.adjusted(0, px(4), 0, -px(4))
        split = round(self._x(self.position))
        self._blit(p, channel, inner, theme.color(role), inner.left(), split)
        self._blit(p, channel, inner, theme.faded(role, UNHEARD), split, inner.right())

    def _paint_holes(self, p: QPainter) -> None:
        """Over both lanes at once, so that the hatch runs on between them."""
        top, bottom = self._lane(AGENT).top(), self._lane(CALLER).bottom()
        for gap in self.sound.gaps:
            hole = QRectF(self._x(gap.begin), top, self._x(gap.end) - self._x(gap.begin), bottom - top)
            p.fillRect(hole, theme.color("ink"))
            paint.hatch(p, hole)

    def _blit(self, p: QPainter, channel: int, lane: QRectF, color: QColor, begin: float, end: float) -> None:
        if end <= begin:
            return
        ratio = p.device().devicePixelRatioF()
        width, height = int(lane.width()), int(lane.height())
        key = f"harmony:wave:{hash(self.sound.peaks)}:{channel}:{width}x{height}:{color.rgba()}:{ratio}:{px(2)}"
        found = QPixmap()
        if not QPixmapCache.find(key, found):
            found = waves.picture(self.sound.peaks, channel, width, height, color, ratio)
            QPixmapCache.insert(key, found)
        source = QRectF((begin - lane.left()) * ratio, 0, (end - begin) * ratio, height * ratio)
        p.drawPixmap(QRectF(begin, lane.top(), end - begin, height), found, source)

    def _paint_gap_labels(self, p: QPainter) -> None:
        middle = (self._lane(AGENT).top() + self._lane(CALLER).bottom()) / 2
        for gap in self.sound.gaps:
            x = (self._x(gap.begin) + self._x(gap.end)) / 2
            words, length = gap.word, f"{int(gap.seconds) // 60}:{int(gap.seconds) % 60:02d}"
            if self.compact:
                wide = theme.width(words, "small", MEDIUM)
                area = QRectF(x - wide / 2, self._lane(CALLER).bottom() + px(3), wide, theme.line_height("small"))
                paint.text(p, area, words, "ink_text", "small", MEDIUM, elide=paint.ELIDE_NEVER)
                continue
            wide = max(theme.width(words, "small", MEDIUM), theme.width(length, "small")) + px(16)
            line = theme.line_height("small")
            plate = QRectF(x - wide / 2, middle - line - px(3), wide, 2 * line + px(6))
            paint.box(p, plate, "ink", "ink_line", 5)
            paint.text(
                p,
                plate.adjusted(0, px(3), 0, -line - px(3)),
                words,
                "ink_text",
                "small",
                MEDIUM,
                align=paint.CENTER,
                elide=paint.ELIDE_NEVER,
            )
            paint.text(p, plate.adjusted(0, line + px(3), 0, -px(3)), length, "ink_text2", "small", align=paint.CENTER)

    def _paint_heard(self, p: QPainter) -> None:
        band = self._band()
        line = theme.line_height("small")
        top = self.height() - line - px(4 if self.compact else 8)
        paint.text(
            p,
            QRectF(px(14), top, band.left() - px(20), line),
            _("Heard"),
            "ink_trace",
            "body" if not self.compact else "small",
            MEDIUM,
            elide=paint.ELIDE_NEVER,
        )
        y = top + line / 2
        if not self.compact:
            paint.hairline(p, band.left(), y, band.width(), "ink_line")
        for begin, end in self.heard:
            paint.box(p, QRectF(self._x(begin), y - px(2), self._x(end) - self._x(begin), px(4)), "ink_trace", radius=2)

    def _paint_markers(self, p: QPainter) -> None:
        if self.compact:
            return
        bottom, head = self._lane(CALLER).bottom(), self._x(self.position)
        for marker in self.markers:
            icon, role = MARKER_LOOKS[marker.kind]
            x, chosen = self._x(marker.second), marker.number == self.current
            p.fillRect(QRectF(round(x), px(36), max(1, px(1.5)), bottom - px(36)), theme.faded(role, 0.6))
            wide = px(12 + 20) + theme.width(str(marker.number), "small", SEMIBOLD) - px(4)
            left = x - wide if abs(head - x) < wide else x
            flag = QRectF(round(left), px(27), wide, px(20))
            paint.box(p, flag, role if chosen else "ink", role, 5, 1.5)
            inner = "ink" if chosen else role
            paint.text(p, flag.adjusted(px(7), 0, 0, 0), str(marker.number), inner, "small", SEMIBOLD)
            paint.icon(p, icon, flag.right() - px(18), flag.center().y(), 12, inner, "bold")

    def _paint_head(self, p: QPainter) -> None:
        bottom = self._lane(CALLER).bottom() + (px(8) if self.compact else px(14))
        top = px(8) if self.compact else px(24)
        if self.loop and not self.compact:
            begin, end = self.loop
            area = QRectF(
                self._x(begin),
                self._lane(AGENT).top() - px(2),
                self._x(end) - self._x(begin),
                self._lane(CALLER).bottom() - self._lane(AGENT).top() + px(4),
            )
            p.setPen(QPen(theme.color("ink_text"), 1.5))
            p.setBrush(theme.faded("ink_text", 0.16))
            p.drawRoundedRect(area, px(5), px(5))
        x = round(self._x(self.position))
        p.fillRect(QRectF(x - 1, top, 2, bottom - top), theme.color("ink_text"))
        if not self.compact:
            wide = theme.width(clock(self.position), "small", SEMIBOLD) + px(14)
            plate = QRectF(QPointF(x - wide / 2, px(5)), QPointF(x + wide / 2, px(25)))
            paint.box(p, plate, "ink_btn", radius=5)
            paint.text(p, plate, clock(self.position), "ink_btn_text", "small", SEMIBOLD, align=paint.CENTER)
