"""A sealed file opens whole with its own key and place, or not at all; the reader and the library agree."""

from __future__ import annotations

import io
import os
import random

import pytest
from cryptography.cobblestone import Cobblestone256Decryptor, Cobblestone256Encryptor
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from harmony_desk.recordings.sealed import CHUNK, HEADER, TAG, Damaged, SealedReader, seal
from tests.recordings.sources import Bytes

KEY, CONTEXT = bytes(range(32)), b"harmony-desk/recording/v1/" + bytes(16)
LENGTHS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]
# Made by cryptography 50.0.2 with KEY, CONTEXT and the plain text b"hdr": a change of the format breaks this.
FIXED = bytes.fromhex(
    "74548bb048387b94003f238898ff46fd98d6acf15d3c9b2b81b4464279c4c2b99403236a49a24e1e9c4ff3836b"
    "fba7091c736977c6ca0ca3225fdf3a994e55b876e4957ec5f67170efc2fe"
)


def sealed(plain: bytes) -> bytes:
    return b"".join(seal([plain], key=KEY, context=CONTEXT))


def reader(data: bytes, *, key: bytes = KEY, context: bytes = CONTEXT) -> SealedReader:
    return SealedReader(Bytes(data), key=key, context=context)


def reads_all(data: bytes, **how: bytes) -> bytes:
    with reader(data, **how) as opened:
        return opened.read_at(0, opened.size)


@pytest.mark.parametrize("length", LENGTHS)
def test_what_the_library_writes_our_reader_reads(length: int) -> None:
    plain = os.urandom(length)
    encryptor = Cobblestone256Encryptor(KEY, CONTEXT)
    data = encryptor.update(plain) + encryptor.finalize()

    with reader(data) as opened:
        assert opened.size == length
        assert io.BufferedReader(opened).read() == plain


@pytest.mark.parametrize("length", LENGTHS)
def test_what_the_specification_writes_the_library_and_our_reader_read(length: int) -> None:
    # Written down from c2sp.org/chunked-encryption, apart from both implementations.
    plain, salt = os.urandom(length), os.urandom(24)
    info = b"c2sp.org/chunked-encryption@v1+" + b"AEAD_AES_256_GCM" + b"\0" + salt + CONTEXT
    derived = HKDFExpand(SHA512(), 76, info).derive(KEY)
    cipher, base = AESGCM(derived[:32]), derived[32:44]
    data = salt + derived[44:]
    for number in range(length // CHUNK + 1):
        nonce = bytes(a ^ b for a, b in zip(base, number.to_bytes(12, "big"), strict=True))
        data += cipher.encrypt(nonce, plain[number * CHUNK : (number + 1) * CHUNK], None)

    decryptor = Cobblestone256Decryptor(KEY, CONTEXT)
    assert decryptor.update(data) + decryptor.finalize() == plain
    assert reads_all(data) == plain


def test_a_file_of_the_first_version_still_opens() -> None:
    assert reads_all(FIXED) == b"hdr"


def test_any_place_can_be_read() -> None:
    plain = random.Random(1).randbytes(5 * CHUNK + 99)
    opened = reader(sealed(plain))
    places = random.Random(2)

    for _ in range(500):
        start, length = places.randrange(len(plain) + 10), places.randrange(3 * CHUNK)
        assert opened.read_at(start, length) == plain[start : start + length]
    opened.seek(-4, io.SEEK_END)
    assert opened.read() == plain[-4:]
    opened.close()


def test_every_flipped_bit_is_refused() -> None:
    data = sealed(b"x" * (2 * CHUNK + 50))
    places = [*range(HEADER + 64), *range(len(data) - 80, len(data)), *random.Random(3).sample(range(len(data)), 300)]

    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << (place % 8)
        with pytest.raises(Damaged):
            reads_all(bytes(changed))


def test_every_cut_is_refused_at_opening() -> None:
    data = sealed(b"x" * (3 * CHUNK + 50))
    edges = {HEADER + k * (CHUNK + TAG) + d for k in range(4) for d in (-17, -16, -1, 0, 1, 15, 16, 17)}

    for length in sorted({0, 1, 24, 55, HEADER, len(data) - 1, len(data) - 16, *edges} - {len(data)}):
        if length < len(data):
            with pytest.raises(Damaged):
                reader(data[:length])


@pytest.mark.parametrize("more", [b"\0", bytes(16), bytes(CHUNK + TAG), bytes(CHUNK + TAG + 16)])
def test_what_is_appended_is_refused(more: bytes) -> None:
    with pytest.raises(Damaged):
        reads_all(sealed(b"x" * 100) + more)


def test_chunks_that_change_places_or_go_are_refused() -> None:
    data = sealed(os.urandom(3 * CHUNK + 5))
    step = CHUNK + TAG
    first, second = data[HEADER : HEADER + step], data[HEADER + step : HEADER + 2 * step]
    rest = data[HEADER + 2 * step :]

    for changed in (second + first + rest, first + rest, first + first + rest, second + rest):
        with pytest.raises(Damaged):
            reads_all(data[:HEADER] + changed)


def test_a_chunk_of_another_file_with_the_same_key_is_refused() -> None:
    one, other = sealed(os.urandom(3 * CHUNK)), sealed(os.urandom(3 * CHUNK))
    step = CHUNK + TAG

    with pytest.raises(Damaged) as found:
        reads_all(one[: HEADER + step] + other[HEADER + step : HEADER + 2 * step] + one[HEADER + 2 * step :])
    assert found.value.offset == CHUNK


@pytest.mark.parametrize("how", [{"key": bytes(32)}, {"context": CONTEXT[:-1] + b"\1"}, {"context": b""}])
def test_a_foreign_key_or_place_is_refused(how: dict[str, bytes]) -> None:
    with pytest.raises(Damaged):
        reader(sealed(b"x"), **how)


def test_the_offset_says_where_the_damage_begins() -> None:
    changed = bytearray(sealed(bytes(4 * CHUNK)))
    changed[HEADER + 2 * (CHUNK + TAG) + 5] ^= 1
    opened = reader(bytes(changed))

    assert opened.read_at(0, 2 * CHUNK) == bytes(2 * CHUNK)
    with pytest.raises(Damaged) as found:
        opened.read_at(2 * CHUNK - 1, 2)
    assert found.value.offset == 2 * CHUNK
    opened.close()


def test_closing_closes_the_source_once() -> None:
    source = Bytes(sealed(b"x"))
    opened = SealedReader(source, key=KEY, context=CONTEXT)

    opened.close()
    opened.close()

    assert source.closed == 1
