"""The waveform: 2,000 stretches of a call, of each the lowest and highest sample left and right, a byte each.

Counted while the sound goes by, from the high byte of each sample, at a fixed cost in memory for any length.
"""

from __future__ import annotations

from typing import Final

STRETCHES: Final = 2000
PEAKS_BYTES: Final = STRETCHES * 2 * 2
# Twice the stretches at least, so that a boundary is at most a quarter of a stretch off.
_MOST_BLOCKS: Final = STRETCHES * 4
_FIRST_BLOCK: Final = 64
# Signed to unsigned, for max() and min() of bytes to mean loudest and softest.
_RAISED: Final = bytes(value ^ 0x80 for value in range(256))
_ZERO: Final = 0x80
_UP_TO: Final = tuple(bytes(range(value + 1)) for value in range(256))
_FROM: Final = tuple(bytes(range(value, 256)) for value in range(256))

Extremes = tuple[int, int]


class Peaks:
    """Takes 16-bit samples (little end first) and gives the waveform at the end."""

    def __init__(self, channels: int) -> None:
        self._channels = channels
        self._block = _FIRST_BLOCK
        self._blocks: list[list[Extremes]] = [[] for _ in range(channels)]
        self._rest = b""

    def add(self, samples: bytes) -> None:
        """Interleaved samples, whole ones only."""
        step = 2 * self._channels
        data = self._rest + samples
        start = 0
        while len(data) - start >= self._block * step:
            end = start + self._block * step
            self._take(data[start:end])
            start = end
        self._rest = data[start:]

    def finish(self) -> bytes:
        """PEAKS_BYTES bytes: left's low and high of each stretch, then right's. One channel stands for both."""
        if self._rest:
            self._take(self._rest)
            self._rest = b""
        sides = [_spread(blocks) for blocks in self._blocks]
        return b"".join(sides if len(sides) == 2 else sides * 2)

    def _take(self, block: bytes) -> None:
        raised = block.translate(_RAISED)
        for channel, blocks in enumerate(self._blocks):
            side = raised[2 * channel + 1 :: 2 * self._channels]
            low, high = blocks[-1] if blocks else (_ZERO, _ZERO)
            # Only what is louder than half the last block is compared one by one: four times as fast.
            loud = side.translate(None, _UP_TO[(_ZERO + high) // 2])
            soft = side.translate(None, _FROM[(_ZERO + low) // 2])
            blocks.append((min(soft or side), max(loud or side)))
        if len(self._blocks[0]) >= _MOST_BLOCKS:
            self._block *= 2
            self._blocks = [
                [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(blocks[::2], blocks[1::2], strict=True)]
                for blocks in self._blocks
            ]


def _spread(blocks: list[Extremes]) -> bytes:
    """Many blocks onto 2,000 stretches; few blocks are repeated, none is flat."""
    if not blocks:
        return bytes(STRETCHES * 2)
    out = bytearray()
    for number in range(STRETCHES):
        first = number * len(blocks) // STRETCHES
        last = max(first + 1, -(-(number + 1) * len(blocks) // STRETCHES))
        part = blocks[first:last]
        out.append(min(low for low, _high in part) ^ 0x80)
        out.append(max(high for _low, high in part) ^ 0x80)
    return bytes(out)
