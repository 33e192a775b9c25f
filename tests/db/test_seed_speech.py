"""The conversations of the demo: real speech on two channels, small enough to keep in the tree."""

from __future__ import annotations

import array
import tomllib

import av
import pytest

from db.seed.pools import texts
from tests.local.app import ROOT

FOLDER = ROOT / "resources" / "demo"
SCRIPT = tomllib.loads((FOLDER / "dialogues.toml").read_text(encoding="utf-8"))
FILES = [dialogue["file"] for dialogue in SCRIPT["dialogue"]]


def channels(name: str) -> tuple[array.array[int], array.array[int], int]:
    """Both channels of a file as samples, and their rate."""
    both, rate = array.array("h"), 0
    with av.open(str(FOLDER / name)) as container:
        stream = container.streams.audio[0]
        assert stream.codec_context.name in ("opus", "libopus")
        assert stream.codec_context.layout.name == "stereo"
        resampler = av.AudioResampler(format="s16", layout="stereo", rate=8000)
        for frame in container.decode(stream):
            for part in resampler.resample(frame):
                both.frombytes(bytes(part.planes[0])[: 4 * part.samples])
                rate = part.sample_rate
    return both[0::2], both[1::2], rate


def loud(samples: array.array[int], rate: int) -> list[bool]:
    """For each tenth of a second, whether somebody speaks."""
    step = rate // 10
    return [max(map(abs, samples[at : at + step])) > 1500 for at in range(0, len(samples) - step, step)]


def test_a_dozen_files_are_there_and_stay_small() -> None:
    there = sorted(file.name for file in FOLDER.glob("*.mka"))

    assert len(there) == 12
    assert there == sorted(FILES)
    assert sum((FOLDER / name).stat().st_size for name in there) < 1_500_000


@pytest.mark.parametrize("name", FILES)
def test_agent_and_customer_speak_each_on_his_own_side(name: str) -> None:
    left, right, rate = channels(name)

    agent, customer = loud(left, rate), loud(right, rate)

    assert len(left) / rate > 10
    assert sum(a and not c for a, c in zip(agent, customer, strict=True)) > 20
    assert sum(c and not a for a, c in zip(agent, customer, strict=True)) > 10
    # The announcement is heard by both.
    assert sum(a and c for a, c in zip(agent, customer, strict=True)) > 20


def test_every_conversation_has_a_topic_of_the_wrap_up_codes() -> None:
    assert {dialogue["topic"] for dialogue in SCRIPT["dialogue"]} <= set(texts.SUBJECTS)
    assert len({dialogue["topic"] for dialogue in SCRIPT["dialogue"]}) >= 7


def test_there_is_a_wait_and_a_paused_recording_among_them() -> None:
    assert [dialogue["file"] for dialogue in SCRIPT["dialogue"] if "hold" in dialogue] == ["02-reparatie-klaar.mka"]
    assert [dialogue["file"] for dialogue in SCRIPT["dialogue"] if "pause" in dialogue] == ["05-rekening-gewijzigd.mka"]
