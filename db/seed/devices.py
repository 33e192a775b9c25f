"""Insured devices: what they are, what they cost, and the numbers on them, some of which are shared."""

from collections import deque
from dataclasses import dataclass
from typing import Final

from db.seed import numbers
from db.seed.chance import Weighted, generator, one_of
from db.seed.pools import things


@dataclass(frozen=True, slots=True)
class Model:
    kind: str
    brand: str
    name: str
    euros: int
    from_year: int
    number: int


@dataclass(frozen=True, slots=True)
class Device:
    model: Model
    cents: int
    imei: str | None
    serial: str | None

    @property
    def name(self) -> str:
        return f"{self.model.brand} {self.model.name}"


def _models() -> dict[str, Weighted[list[Model]]]:
    found: dict[str, Weighted[list[Model]]] = {}
    number = 0
    for kind, table in things.DEVICES.items():
        brands: list[tuple[list[Model], float]] = []
        for line in table.strip().splitlines():
            brand, weight, listed = (part.strip() for part in line.split("|"))
            models = []
            for one in listed.split(";"):
                name, euros, *year = (part.strip() for part in one.split(","))
                models.append(Model(kind, brand, name, int(euros), int(year[0]) if year else 0, number := number + 1))
            brands.append((models, float(weight)))
        found[kind] = Weighted(brands)
    return found


MODELS: Final = _models()
_KINDS: Final = Weighted(things.KIND_WEIGHTS)
_SERIALS: Final = {
    "Apple": ("C02", 9),
    "Lenovo": ("PF", 6),
    "HP": ("5CD", 7),
    "Dell": ("", 7),
    "Gazelle": ("GZ", 8),
    "Batavus": ("BA", 8),
}


def model_named(kind: str, name: str) -> Model:
    """A model of the pools; raises StopIteration for another."""
    return next(model for brand in MODELS[kind].things for model in brand if model.name == name)


class Devices:
    """Makes devices. Four policies in a thousand share an IMEI with an earlier one (domain.md 5.2)."""

    def __init__(self, seed: int) -> None:
        self._rng = generator(seed, "device")
        self._count = 0
        self._earlier: deque[Device] = deque(maxlen=400)
        self._ring: Device | None = None
        self._ring_left = 0

    def make(self, year: int, own: Device | None) -> Device:
        """A device bought in that year; `own` is an earlier one of the same customer."""
        rng = self._rng
        if self._ring_left and self._ring and own is None and rng.random() < 0.5:
            self._ring_left -= 1
            return self._ring
        chance = rng.random()
        if chance < 0.004:
            return self._shared(own, chance / 0.004)
        kind = _KINDS.pick(rng)
        model = self._model(kind, year)
        device = self.of_model(model, round(model.euros * (0.88 + 0.16 * rng.random())) * 100)
        if device.imei:
            self._earlier.append(device)
        return device

    def of_model(self, model: Model, cents: int) -> Device:
        """A new device of a model with numbers of its own."""
        rng = self._rng
        self._count += 1
        sim = model.kind == "phone" or (model.kind == "tablet" and rng.random() < 0.3)
        imei = numbers.imei(model.number, self._count) if sim else None
        serial = None
        if not sim or rng.random() < 0.15:
            start, length = _SERIALS.get(model.brand, ("", 11))
            serial = numbers.serial_number(rng, start, length)
        return Device(model, cents, imei, serial)

    def _model(self, kind: str, year: int) -> Model:
        sold = [one for one in MODELS[kind].pick(self._rng) if one.from_year <= year]
        recent = [one for one in sold if one.from_year >= year - 3] or sold
        return one_of(self._rng, recent)

    def _shared(self, own: Device | None, chance: float) -> Device:
        if chance < 0.25 and own is not None:
            return own
        earlier = one_of(self._rng, self._earlier) if self._earlier else None
        if earlier is None:
            return self.of_model(model_named("phone", "iPhone 14"), 79_900)
        if chance > 0.96:
            # A ring: this one and two to four more of the next customers insure the same telephone.
            self._ring, self._ring_left = earlier, 2 + int(self._rng.random() * 3)
        return earlier
