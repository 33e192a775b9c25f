"""Where in a Matroska file which moment stands, read from its clusters (RFC 9559)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_SEGMENT: Final = 0x18538067
_CLUSTER: Final = 0x1F43B675
_TIMESTAMP: Final = 0xE7


def cluster_times(data: bytes) -> tuple[tuple[int, int], ...]:
    """(ms, byte) of each cluster. The file has PyAV's usual scale of one millisecond."""
    found = []
    for segment_id, start, end in _elements(data, 0, len(data)):
        if segment_id != _SEGMENT:
            continue
        for cluster_id, inside, cluster_end in _elements(data, start, end):
            if cluster_id == _CLUSTER:
                for child_id, value, value_end in _elements(data, inside, cluster_end):
                    if child_id == _TIMESTAMP:
                        found.append((int.from_bytes(data[value:value_end], "big"), inside))
                        break
    return tuple(found)


def _elements(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(id, first byte, end) of each element between two places."""
    while start < end:
        id_length = 9 - data[start].bit_length()
        element = int.from_bytes(data[start : start + id_length], "big")
        start += id_length
        size_length = 9 - data[start].bit_length()
        size = int.from_bytes(data[start : start + size_length], "big") & ((1 << 7 * size_length) - 1)
        start += size_length
        yield element, start, min(start + size, end)
        start += size
