"""Which stretches of a recording were heard, in milliseconds of its sound."""

from __future__ import annotations

from typing import Final

# Progress between two looks that is longer than this is a jump, not listening.
_LONGEST_STEP_MS: Final = 5000


class Heard:
    """Collects stretches; they are merged, so that listening twice counts once."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []
        self._at: int | None = None

    def moved(self, to_ms: int) -> None:
        """The sound is at this place now, and played since the last call; after `jump` it starts here."""
        if self._at is not None and self._at < to_ms <= self._at + _LONGEST_STEP_MS:
            self._add(self._at, to_ms)
        if self._at is None or to_ms > self._at or to_ms < self._at - _LONGEST_STEP_MS:
            self._at = to_ms

    def jump(self) -> None:
        """Playing was interrupted: what lies between was not heard."""
        self._at = None

    def ranges(self) -> list[tuple[int, int]]:
        """The stretches, in order and apart."""
        return list(self._ranges)

    def _add(self, start: int, end: int) -> None:
        kept = []
        for a, b in self._ranges:
            if b < start or a > end:
                kept.append((a, b))
            else:
                start, end = min(a, start), max(b, end)
        self._ranges = sorted([*kept, (start, end)])
