"""Asterisk's and FreePBX's files: what is right becomes calls, what is not is refused by its line and reason."""

from __future__ import annotations

import io
import random
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony_desk.telephony import asterisk_cdr, calls, profiles, queue_log
from harmony_desk.telephony.events import CallEvent
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.reasons import Reason, sentence

SAMPLES = Path(__file__).parent.parent / "data" / "asterisk"
MASTER = (SAMPLES / "cdr-csv" / "Master.csv").read_bytes()
QUEUES = (SAMPLES / "queue_log").read_bytes()
UTC, AMSTERDAM = ZoneInfo("UTC"), ZoneInfo("Europe/Amsterdam")
AGENTS = Agents({"agent1": "anna.agent", "agent2": "bram.agent", "agent3": "anna.agent"})


def events(master: bytes = MASTER, queues: bytes | None = QUEUES, zone: ZoneInfo = UTC) -> list[CallEvent]:
    legs, bad = asterisk_cdr.read(io.BytesIO(master), zone)
    queued, bad_queues = queue_log.read(io.BytesIO(queues or b""))
    assert bad + bad_queues == []
    return calls.build(legs, queued, AGENTS, pbx="asterisk")


def reasons(line: bytes, zone: ZoneInfo = UTC) -> list[str]:
    return [one.reason.value for one in asterisk_cdr.read(io.BytesIO(line), zone)[1]]


def columns(*wanted: int) -> bytes:
    """Master.csv with only the first 16 columns and the wanted ones after them."""
    import csv  # only here

    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    for row in csv.reader(io.StringIO(MASTER.decode())):
        writer.writerow(row[:16] + [row[at] for at in wanted])
    return out.getvalue().encode()


def test_the_samples_are_four_calls_of_several_legs() -> None:
    found = events()

    assert [(e.linkedid, e.number_e164, e.agent, e.queue, e.ended_by, e.abandoned) for e in found] == [
        ("1795343250.8", "+31612345678", "anna.agent", "klantcontact", "caller", False),
        ("1795343325.12", "+31104567890", "bram.agent", "klantcontact", "caller", False),
        ("1795343381.16", "+31201234567", "anna.agent", "klantcontact", "caller", False),
        ("1795343415.20", None, None, "klantcontact", "caller", True),
    ]
    assert [(e.answered_at - e.started_at).seconds if e.answered_at else None for e in found] == [2, 2, 2, None]
    assert [e.withheld for e in found] == [False, False, False, True]
    assert {e.direction for e in found} == {"in"}


def test_without_queue_log_the_legs_tell_agent_and_abandoned() -> None:
    assert [(e.agent, e.abandoned) for e in events(queues=None)] == [
        ("anna.agent", False), ("bram.agent", False), ("anna.agent", False), (None, True),
    ]  # fmt: skip


@pytest.mark.parametrize("wanted", [(16,), (16, 17), (16, 18, 19, 20), (16, 17, 18, 19, 20)])
def test_every_setting_of_columns_gives_the_same_calls(wanted: tuple[int, ...]) -> None:
    found = events(columns(*wanted))

    asked = [e for e in found if e.queue]
    assert [e.linkedid for e in asked] == ["1795343250.8", "1795343325.12", "1795343381.16", "1795343415.20"]
    assert [e.agent for e in asked] == ["anna.agent", "bram.agent", "anna.agent", None]
    if 19 in wanted:
        assert len(found) == 4


def test_columns_without_a_number_are_refused() -> None:
    assert set(reasons(columns())) == {"columns"}


def test_the_wrong_time_zone_is_noticed() -> None:
    assert set(reasons(MASTER, AMSTERDAM)) == {"time_zone"}


def test_lines_that_are_read_twice_count_once() -> None:
    assert events(MASTER + MASTER, QUEUES + QUEUES) == events()


def test_an_export_of_freepbx_is_read_by_its_header() -> None:
    export = (
        "calldate,clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,duration,billsec,disposition,amaflags,"
        "accountcode,uniqueid,userfield,did,recordingfile,linkedid\n"
        '2026-11-22 11:27:30,"Jansen" <0612345678>,0612345678,201,ext,SIP/trunk-00000001,SIP/201-00000002,Dial,,47,45,'
        "ANSWERED,3,,1795343250.8,,,x.wav,1795343250.8\n"
        "2026-11-22 11:29:30,201,201,0101234567,ext,SIP/201-00000003,SIP/trunk-00000004,Dial,,20,0,"
        "NO ANSWER,3,,1795343370.9,,,x.wav,1795343370.9\n"
    ).replace('"Jansen" <0612345678>', "Jansen")
    legs, bad = asterisk_cdr.read(io.BytesIO(export.encode()), AMSTERDAM)
    found = calls.build(legs, {}, Agents({"201": "anna.agent"}), pbx="freepbx")

    assert bad == []
    assert [(e.direction, e.agent, e.number_e164, e.abandoned, e.started_at.hour) for e in found] == [
        ("in", "anna.agent", "+31612345678", False, 10),
        ("out", "anna.agent", "+31101234567", True, 10),
    ]


def test_a_call_that_rang_and_was_never_answered_is_abandoned() -> None:
    ringing = MASTER.replace(b"ANSWERED", b"NO ANSWER")

    assert {e.abandoned for e in events(ringing, queues=None)} == {True}


BAD_LINES = [
    (b'"",a\n', "columns"),
    (b'"unclosed,,,,\n', "columns"),
    (MASTER.splitlines()[0].replace(b"2026-11-22 10:27:30", b"2026-13-22 10:27:30") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"10:28:17", b"10:27:00") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b",47,47,", b",47,48,") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b",47,47,", b",4,4,") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b",47,47,", b",-47,47,") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"ANSWERED", b"MAYBE") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"1795343250.9", b"'; drop table call") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"1795343250.8", b"1795343250") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"caller1", b"call\x00er") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"caller1", b"call\xc2\x85er") + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"caller1", b"x" * 300) + b"\n", "value"),
    (MASTER.splitlines()[0].replace(b"caller1", b"\xff\xfe") + b"\n", "encoding"),
    (b'"' + b"x" * 20_000 + b'"\n', "line_too_long"),
    (MASTER.splitlines()[0], "cut"),
    (MASTER.splitlines()[0][:-30], "cut"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_bad_line_is_refused_and_the_others_are_not(line: bytes, reason: str) -> None:
    legs, bad = asterisk_cdr.read(io.BytesIO(MASTER + line), UTC)

    assert len(legs) == 11
    assert [(one.number, one.reason.value) for one in bad] == [(12, reason)]


def test_hundreds_of_mutated_lines_give_a_leg_or_a_reason() -> None:
    chance, seen = random.Random(6), Counter[str]()
    good = MASTER.splitlines()

    for _ in range(800):
        line = bytearray(chance.choice(good))
        for _again in range(chance.randrange(1, 4)):
            at = chance.randrange(len(line))
            line[at : at + chance.randrange(4)] = chance.randbytes(chance.randrange(3))
        legs, bad = asterisk_cdr.read(io.BytesIO(bytes(line).replace(b"\n", b"") + b"\n"), UTC)
        assert len(legs) + len(bad) == 1
        seen.update(one.reason.value for one in bad)

    assert {"columns", "value", "encoding"} <= set(seen)


QUEUE_LINES = [
    (b"1795343250|1795343250.8\n", "columns"),
    (b"1795343250|1795343250.8|q|anna.agent|CONNECT\n", "columns"),
    (b"yesterday|1795343250.8|q|a|ENTERQUEUE||06|1\n", "value"),
    (b"1795343250|';--|q|a|ENTERQUEUE||06|1\n", "value"),
    (b"1795343250|1795343250.8|q|a|connect|2|x|2\n", "value"),
    (b"1795343250|1795343250.8|q|a|CONNECT|two|x|2\n", "value"),
    (b"1795943250|1795343250.8|q|a|ENTERQUEUE||06|1\n", "time_zone"),
    (b"1795343250|1795343250.8|q|a|ABANDON|1|1|5", "cut"),
]


@pytest.mark.parametrize(("line", "reason"), QUEUE_LINES, ids=range(len(QUEUE_LINES)))
def test_a_bad_line_of_the_queue_is_refused(line: bytes, reason: str) -> None:
    found, bad = queue_log.read(io.BytesIO(QUEUES + line))

    assert len(found) == 4
    assert [one.reason.value for one in bad] == [reason]


def test_who_answered_last_has_the_call() -> None:
    moved = QUEUES + b"1795343270|1795343250.8|tweede|bram.agent|CONNECT|3|1795343250.10|2\n"

    call = queue_log.read(io.BytesIO(moved))[0]["1795343250.8"]

    assert (call.agent, call.queue, call.abandoned) == ("bram.agent", "tweede", False)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_make_the_parsers_fall(data: bytes) -> None:
    asterisk_cdr.read(io.BytesIO(data), UTC)
    queue_log.read(io.BytesIO(data))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=21, max_size=21))
def test_no_text_in_the_columns_makes_the_parser_fall(fields: list[str]) -> None:
    import csv  # only here

    out = io.StringIO()
    csv.writer(out).writerow(fields)
    asterisk_cdr.read(io.BytesIO(out.getvalue().encode("utf-8", "surrogatepass")), UTC)


def test_numbers_are_in_no_repr() -> None:
    legs, _bad = asterisk_cdr.read(io.BytesIO(MASTER), UTC)

    assert "12345678" not in repr(legs) + repr(events())


def test_every_reason_has_a_sentence() -> None:
    assert all(sentence(reason).endswith((".",)) for reason in Reason)


def test_a_profile_takes_another_clock() -> None:
    told = profiles.read_calls(
        profiles.choose("asterisk", zone="Europe/Amsterdam"), SAMPLES / "cdr-csv" / "Master.csv", None, AGENTS
    )

    assert told.events == ()
    assert {line.reason for _file, line in told.refused} == {Reason.TIME_ZONE}
