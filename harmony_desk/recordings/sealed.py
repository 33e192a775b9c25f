"""Encrypted files that can be read from any place: C2SP chunked encryption, version 1 (c2sp.org/chunked-encryption).

Written by `cryptography.cobblestone`; read by `SealedReader`, because that library reads from front to end only.
A file is 24 bytes of salt, 32 bytes of key commitment, then chunks of 16,384 bytes, each with its own 16-byte tag;
the last chunk is always shorter, and that is how a cut file is known. A test keeps the two interoperable.
"""

from __future__ import annotations

import hmac
import io
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from cryptography.cobblestone import Cobblestone256Encryptor
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

CHUNK: Final = 16 * 1024
TAG: Final = 16
HEADER: Final = 24 + 32
_SEALED_CHUNK: Final = CHUNK + TAG
_KEY: Final = 32
_NONCE: Final = 12
# Reading ahead and a seek back seldom go further apart than this.
_CHUNKS_KEPT: Final = 8


class Damaged(UserError):
    """A recording is not what was written: cut, changed, swapped, or sealed with another key.

    `offset` is the first byte of the plain text that cannot be had; 0 when nothing can.
    """

    def __init__(self, offset: int = 0) -> None:
        super().__init__(_("This recording is damaged. Report it to the administrator."), code="damaged")
        self.offset = offset


class Source(Protocol):
    """Where sealed bytes come from: a file, a share. Reading may be short only at the end."""

    @property
    def size(self) -> int: ...

    def read_at(self, position: int, length: int) -> bytes: ...

    def close(self) -> None: ...


def seal(pieces: Iterable[bytes], *, key: bytes, context: bytes) -> Iterator[bytes]:
    """The sealed file of what `pieces` hold together, piece by piece."""
    encryptor = Cobblestone256Encryptor(key, context)
    for piece in pieces:
        yield encryptor.update(piece)
    yield encryptor.finalize()


class SealedReader(io.RawIOBase):
    """The plain text of a sealed file, read from any place. Not for two threads at once.

    Opening checks the key, the context and the length (the last chunk is authenticated); each other chunk is
    checked when it is read. Raises Damaged; never gives a byte that was not authenticated.
    """

    def __init__(self, source: Source, *, key: bytes, context: bytes) -> None:
        super().__init__()
        self._source = source
        self._position = 0
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        header = source.read_at(0, HEADER)
        if len(header) < HEADER:
            raise Damaged
        salt, commitment = header[:24], header[24:]
        info = b"c2sp.org/chunked-encryption@v1+AEAD_AES_256_GCM\0" + salt + context
        derived = HKDFExpand(SHA512(), _KEY + _NONCE + 32, info).derive(key)
        if not hmac.compare_digest(derived[_KEY + _NONCE :], commitment):
            raise Damaged
        self._cipher = AESGCM(derived[:_KEY])
        self._base_nonce = int.from_bytes(derived[_KEY : _KEY + _NONCE], "big")
        self._last_chunk, rest = divmod(source.size - HEADER, _SEALED_CHUNK)
        if rest < TAG:
            raise Damaged(self._last_chunk * CHUNK)
        self._size = self._last_chunk * CHUNK + rest - TAG
        self._chunk(self._last_chunk)

    @property
    def size(self) -> int:
        """Length of the plain text in bytes; authenticated."""
        return self._size

    def read_at(self, position: int, length: int) -> bytes:
        """Up to `length` bytes from `position`; fewer only at the end. Raises Damaged, OSError."""
        end = min(position + length, self._size)
        parts = []
        while position < end:
            number, start = divmod(position, CHUNK)
            part = self._chunk(number)[start : start + end - position]
            parts.append(part)
            position += len(part)
        return b"".join(parts)

    def verify(self) -> None:
        """Reads and authenticates every chunk; raises Damaged at the first that is not right."""
        for number in range(self._last_chunk + 1):
            self._open(number)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("a place before the beginning")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        # Fills the buffer whole: audio libraries take a short read for the end (audio.md, 3).
        data = self.read_at(self._position, len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._kept.clear()
            self._source.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        plain = self._kept[number] = self._open(number)
        if len(self._kept) > _CHUNKS_KEPT:
            self._kept.popitem(last=False)
        return plain

    def _open(self, number: int) -> bytes:
        last = number == self._last_chunk
        length = self._size - number * CHUNK + TAG if last else _SEALED_CHUNK
        sealed = self._source.read_at(HEADER + number * _SEALED_CHUNK, length)
        nonce = (self._base_nonce ^ number).to_bytes(_NONCE, "big")
        try:
            if len(sealed) != length:
                raise InvalidTag
            return self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag:
            raise Damaged(number * CHUNK) from None
