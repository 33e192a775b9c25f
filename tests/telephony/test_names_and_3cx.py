"""File names of each telephone system, 3CX's records, numbers and lists of agents."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmony_desk.core.errors import UserError
from harmony_desk.telephony import numbers, profiles, threecx
from harmony_desk.telephony.file_names import FileName
from harmony_desk.telephony.numbers import Agents, read_agents
from harmony_desk.telephony.reasons import Reason, Unusable

AGENTS = Agents({"200": "anna.agent", "101": "bram.agent"})


def name(text: str, profile: str = "asterisk", zone: str | None = None) -> FileName:
    return profiles.choose(profile, zone=zone).file_name(text, AGENTS)


@pytest.mark.parametrize(
    ("text", "zone", "side", "uniqueid", "agent", "number"),
    [
        ("in-8500-0612345678-20261122-102730-1795343250.8-r.wav", "UTC", "r", "1795343250.8", None, "+31612345678"),
        ("in-8500-+31104567890-20261122-102845-1795343325.12.WAV", "UTC", None, "1795343325.12", None, "+31104567890"),
        ("in-8500-0031201234567-20261122-102941-1795343381.16.gsm", "UTC", None, "1795343381.16", None, "+31201234567"),
        ("in-8500-anonymous-20261122-103015-1795343415.20-t.wav", "UTC", "t", "1795343415.20", None, None),
        ("out-0101234567-200-20200222-161829-1582406309.760.wav", "America/New_York", None, "1582406309.760",
         "anna.agent", "+31101234567"),
        ("q-600-0612345678-20261122-102730-1795343250.8-1.wav", "UTC", None, "1795343250.8", None, "+31612345678"),
        ("1795343250.8-t.wav", "UTC", "t", "1795343250.8", None, None),
    ],
)  # fmt: skip
def test_names_of_asterisk_and_freepbx(
    text: str, zone: str, side: str | None, uniqueid: str, agent: str | None, number: str | None
) -> None:
    found = name(text, zone=zone)

    assert (found.side, found.uniqueid, found.agent, found.number_e164) == (side, uniqueid, agent, number)
    assert abs(found.started_at - dt.datetime.fromtimestamp(int(uniqueid.split(".")[0]), dt.UTC)) < dt.timedelta(
        seconds=5
    )


def test_the_mixed_file_and_its_sides_are_one_group() -> None:
    stem = "in-8500-0612345678-20261122-102730-1795343250.8"

    assert len({name(stem + end).group for end in (".wav", "-r.wav", "-t.wav", ".WAV")}) == 1
    assert name(stem + ".wav").group != name(stem.replace("3250.8", "3250.9") + ".wav").group


@pytest.mark.parametrize(
    ("text", "agent", "number"),
    [
        ("[Jansen, Jan]_0612345678-101_20261122112730(12).wav", "bram.agent", "+31612345678"),
        ("[]_101-0201234567_20261122112730(7).mp3", "bram.agent", "+31201234567"),
        ("[a_b]_[c]]_0612345678-101_20261122112730(12).wav", "bram.agent", "+31612345678"),
    ],
)
def test_names_of_3cx(text: str, agent: str, number: str) -> None:
    found = name(text, "3cx")

    assert (found.agent, found.number_e164, found.side, found.uniqueid) == (agent, number, None, None)
    assert found.started_at == dt.datetime(2026, 11, 22, 10, 27, 30, tzinfo=dt.UTC)
    assert "Jansen" not in repr(found)
    assert number not in repr(found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("call.wav", Reason.NAME),
        ("in-8500-0612345678-20261122-102730.wav", Reason.NAME),
        ("../../in-8500-0612345678-20261122-102730-1795343250.8.wav", Reason.NAME),
        ("in-8500-06\n12345678-20261122-102730-1795343250.8.wav", Reason.NAME),
        ("in-8500-06\u202e12345678-20261122-102730-1795343250.8.wav", Reason.NAME),
        ("in-8500-0612345678-20261122-102730-1795343250.8\udcff.wav", Reason.NAME),
        ("in-8500-0612345678-20261322-102730-1795343250.8.wav", Reason.VALUE),
        ("in-8500-0612345678-20261122-252730-1795343250.8.wav", Reason.VALUE),
        ("in-8500-0612345678-20261122-112730-1795343250.8.wav", Reason.TIME_ZONE),
        ("in-8500-" + "0" * 300 + "-20261122-102730-1795343250.8.wav", Reason.NAME),
        ("in-8500-0612345678-２０261122-102730-1795343250.8.wav", Reason.NAME),
    ],
)
def test_other_names_are_refused(text: str, reason: Reason) -> None:
    with pytest.raises(Unusable) as found:
        name(text)
    assert found.value.reason is reason


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=80) | st.from_regex(r"in-[^-]*-[^-]*-[0-9]{8}-[0-9]{6}-[0-9.]{12}(-[rt])?\.wav"))
def test_no_name_makes_the_parsers_fall(text: str) -> None:
    for profile in profiles.PROFILES.values():
        try:
            profile.file_name(text, AGENTS)
        except Unusable:
            continue


@pytest.mark.parametrize(
    ("raw", "e164", "withheld"),
    [
        ("0612345678", "+31612345678", False),
        ("+31 10 456 78 90", "+31104567890", False),
        ("0031201234567", "+31201234567", False),
        ("003225551234", "+3225551234", False),
        ("anonymous", None, True),
        ("", None, True),
        ("201", None, False),
        ("sip:anna@example.nl", None, False),
    ],
)
def test_numbers_as_telephone_systems_write_them(raw: str, e164: str | None, withheld: bool) -> None:
    found = numbers.caller(raw)

    assert (found.e164, found.withheld) == (e164, withheld)


@pytest.mark.parametrize(
    ("channel", "peer"),
    [("PJSIP/201-0000001f", "201"), ("Local/agent1@desk-00000005;1", "agent1"), ("SIP/abc", "abc"), ("201", "201")],
)
def test_who_a_channel_is(channel: str, peer: str) -> None:
    assert numbers.peer(channel) == peer


def test_a_list_of_agents() -> None:
    found = read_agents(io.BytesIO(b"\xef\xbb\xbf201,anna.agent\nSIP/Trunk2, bram.agent\n\n"))

    assert found.login("SIP/201-0000aa01") == "anna.agent"
    assert found.login("sip/trunk2") == "bram.agent"
    assert found.login("carla.agent") == "carla.agent"
    assert found.login("NONE") is found.login("SIP/999") is found.login(None) is None


@pytest.mark.parametrize(
    "line", [b"201\n", b",anna.agent\n", b"201,Anna Agent\n", b"1,a.b\n1,a.c\n", b"\xff,a.b\n", b"201,a.b"]
)
def test_a_bad_list_of_agents_is_refused(line: bytes) -> None:
    with pytest.raises(UserError):
        read_agents(io.BytesIO(line))


ROW = (
    "Call 12,00000A1,00:00:47,2026/11/22 11:27:30,2026/11/22 11:27:32,2026/11/22 11:28:17,TerminatedBySrc,0612345678,"
    "Ext.101,,101,,,101,101,,,,,Chain: 0612345678;Ext.101;\n"
)


def test_calls_of_3cx() -> None:
    missed = ROW.replace("Call 12", "13").replace("2026/11/22 11:27:32", "")
    found, bad = threecx.read(io.BytesIO((ROW + missed).encode()), profiles.AMSTERDAM, AGENTS, pbx="3cx")

    assert bad == []
    assert [(e.linkedid, e.agent, e.number_e164, e.abandoned, e.ended_by) for e in found] == [
        ("12", "bram.agent", "+31612345678", False, "caller"),
        ("13", "bram.agent", "+31612345678", True, "caller"),
    ]
    assert found[0].started_at == dt.datetime(2026, 11, 22, 10, 27, 30, tzinfo=dt.UTC)


def test_3cx_writes_its_columns_as_the_administrator_chose() -> None:
    wanted = ("from-no", "time-answered", "to-no", "historyid", "time-start", "time-end")
    line = b"0612345678,2026/11/22 11:27:32,Ext.101,77,2026/11/22 11:27:30,2026/11/22 11:28:17\n"

    found, bad = threecx.read(io.BytesIO(line), profiles.AMSTERDAM, AGENTS, pbx="3cx", columns=wanted)

    assert (len(found), bad, found[0].linkedid) == (1, [], "77")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (ROW.replace("2026/11/22 11:28:17", "2026/11/22 11:20:00"), Reason.VALUE),
        (ROW.replace("2026/11/22 11:27:30", "22-11-2026"), Reason.VALUE),
        (ROW.replace("Call 12", "Call 1 2"), Reason.VALUE),
        (ROW.replace(",101,101,", ",101,"), Reason.COLUMNS),
    ],
)
def test_bad_lines_of_3cx_are_refused(line: str, reason: Reason) -> None:
    found, bad = threecx.read(io.BytesIO(line.encode()), profiles.AMSTERDAM, AGENTS, pbx="3cx")

    assert (found, [one.reason for one in bad]) == ([], [reason])


@pytest.mark.parametrize("columns", ["historyid", "historyid,historyid", "time-start,nonsense"])
def test_columns_that_are_not_enough_are_refused(columns: str) -> None:
    with pytest.raises(UserError):
        profiles.choose("3cx", columns=columns.split(","))


def test_a_time_zone_that_is_none_is_refused() -> None:
    for zone in ("Mars/Olympus", "../../etc/passwd", "UTC\0"):
        with pytest.raises(UserError):
            profiles.choose("asterisk", zone=zone)
