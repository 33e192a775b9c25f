"""A source on a share that may hang. Reading happens in a thread of its own; who waits is never kept for long."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from harmony_desk.recordings.sealed import Source

LIMIT_SECONDS: Final = 3.0
# One request to a share costs milliseconds whatever its length: 17 KB at a time would be slow.
_BLOCK: Final = 128 * 1024
_BLOCKS_KEPT: Final = 4


class _Request:
    def __init__(self, position: int, length: int) -> None:
        self.position, self.length = position, length
        self.done = threading.Event()
        self.data = b""
        self.error: OSError | None = None


class PatientSource:
    """Opens and reads a source in its own thread. Raises OSError after `limit` seconds, or once cancelled.

    Not for two threads at once. A read that hangs in the system for ever takes its thread with it, not the program.
    """

    def __init__(self, opener: Callable[[], Source], *, limit: float = LIMIT_SECONDS) -> None:
        self._opener = opener
        self._limit = limit
        self._requests: queue.SimpleQueue[_Request | None] = queue.SimpleQueue()
        self._cancelled = False
        self._waiting: _Request | None = None
        self._size = 0
        self._blocks: OrderedDict[int, bytes] = OrderedDict()
        threading.Thread(target=self._serve, name="recording-source", daemon=True).start()
        try:
            self._wait(_Request(0, 0))
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        return self._size

    def read_at(self, position: int, length: int) -> bytes:
        end = min(position + length, self._size)
        parts = []
        while position < end:
            number, start = divmod(position, _BLOCK)
            part = self._block(number)[start : start + end - position]
            if not part:
                break
            parts.append(part)
            position += len(part)
        return b"".join(parts)

    def _block(self, number: int) -> bytes:
        if number not in self._blocks:
            self._blocks[number] = self._wait(_Request(number * _BLOCK, _BLOCK))
            if len(self._blocks) > _BLOCKS_KEPT:
                self._blocks.popitem(last=False)
        return self._blocks[number]

    def cancel(self) -> None:
        """From any thread: whoever waits is told so now, and so is everyone after."""
        self._cancelled = True
        if (waiting := self._waiting) is not None:
            waiting.done.set()

    def close(self) -> None:
        self._cancelled = True
        self._requests.put(None)

    def _wait(self, request: _Request) -> bytes:
        self._waiting = request
        if self._cancelled:
            raise OSError("reading was cancelled")
        self._requests.put(request)
        if not request.done.wait(self._limit):
            self._cancelled = True
            raise TimeoutError("the store does not answer")
        self._waiting = None
        if request.error is not None:
            raise request.error
        if self._cancelled:
            raise OSError("reading was cancelled")
        return request.data

    def _serve(self) -> None:
        source: Source | None = None
        while (request := self._requests.get()) is not None:
            try:
                if source is None:
                    source = self._opener()
                    self._size = source.size
                request.data = b"" if request.length == 0 else source.read_at(request.position, request.length)
            except OSError as error:
                request.error = error
            request.done.set()
        if source is not None:
            source.close()
