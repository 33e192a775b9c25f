"""Invented contents for the gallery and the tests of components: the same at every run."""

import random

from harmony_desk.ui.waves import STRETCHES, Gap
from harmony_desk.ui.widgets.waveform import Marker, Sound


def peaks(seed: int = 7) -> bytes:
    """Peaks of two people who talk in turn, as a recording carries them."""
    chance = random.Random(seed)  # noqa: S311 - a picture, not a secret
    sides = [bytearray(STRETCHES * 2), bytearray(STRETCHES * 2)]
    place, who = 0, 0
    while place < STRETCHES:
        length = chance.randrange(30, 130)
        for stretch in range(place, min(place + length, STRETCHES)):
            swell = 1 - abs((stretch - place) / length - 0.5)
            loud = int(min(127, 100 * swell * chance.uniform(0.45, 1.1)))
            sides[who][2 * stretch] = 256 - loud if loud else 0
            sides[who][2 * stretch + 1] = loud
        place += length + chance.randrange(10, 90)
        who = 1 - who if chance.random() < 0.75 else who
    return bytes(sides[0] + sides[1])


def sound() -> Sound:
    """A call of 8:40 with a hold and a pause."""
    gaps = (Gap(127, 175, "in de wacht"), Gap(370, 391, "gepauzeerd"))
    return Sound(520.0, peaks(), gaps, "Sanne H.", "afgeschermd")


def short_sound() -> Sound:
    """A call of 2:10 with a hold."""
    return Sound(130.0, peaks(3), (Gap(57, 73, "in de wacht"),))


MARKERS = (
    Marker(1, 2, "good"),
    Marker(2, 61, "good"),
    Marker(3, 214, "improve"),
    Marker(4, 302, "wrong"),
    Marker(5, 440, "good"),
)
