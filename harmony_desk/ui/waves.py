"""The waveform's drawing: bars of 2 px with 1 px between, from the peaks that a recording carries."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from harmony_desk.ui.theme import px

# As harmony_desk/recordings/peaks.py writes them: 2,000 stretches of low and high, left and then right.
STRETCHES = 2000
AGENT, CALLER = 0, 1


@dataclass(frozen=True)
class Gap:
    """A stretch of a call that was not kept: a hold or a pause, in seconds from the start."""

    begin: float
    end: float
    word: str

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return self.end - self.begin


@lru_cache(maxsize=256)
def loudness(peaks: bytes, channel: int, count: int) -> tuple[float, ...]:
    """`count` bars of a channel, 0 to 1. Raises ValueError for peaks of another size."""
    if len(peaks) != STRETCHES * 4:
        raise ValueError("peaks of an unknown form")
    side = memoryview(peaks).cast("b")[channel * STRETCHES * 2 : (channel + 1) * STRETCHES * 2]
    bars = []
    for bar in range(count):
        first = bar * STRETCHES // count
        last = max(first + 1, (bar + 1) * STRETCHES // count)
        part = side[first * 2 : last * 2]
        bars.append(max(abs(sample) for sample in part) / 128)
    return tuple(bars)


def bars_in(width: float) -> int:
    """How many bars fit."""
    return max(1, int(width // px(3)))


def picture(peaks: bytes, channel: int, width: int, height: int, color: QColor, ratio: float) -> QPixmap:
    """One channel as a picture of that size, mirrored around its middle; silence is a row of dots."""
    made = QPixmap(round(width * ratio), round(height * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as p:
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        bars(p, QRectF(0, 0, width, height), loudness(peaks, channel, bars_in(width)), color)
    return made


def bars(p: QPainter, rect: QRectF, values: Sequence[float], color: QColor) -> None:
    """Paint bars of 0 to 1 over the width of the rect."""
    thick, step = px(2), rect.width() / max(1, len(values))
    p.setPen(Qt.PenStyle.NoPen)
    p.setBrush(color)
    for number, value in enumerate(values):
        high = max(thick, rect.height() * min(1.0, value))
        x = rect.left() + number * step
        p.drawRoundedRect(QRectF(x, rect.center().y() - high / 2, thick, high), thick / 2, thick / 2)
