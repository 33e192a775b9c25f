"""Calls and contacts of other channels: arrival, waiting, talking, holding, outcome, recording."""

import itertools
import random
from dataclasses import dataclass
from typing import Final

from db.seed import numbers
from db.seed.chance import Weighted, generator, one_of, poisson
from db.seed.claims import Claim
from db.seed.days import Days
from db.seed.people import Person
from db.seed.policies import Policy
from db.seed.pools import texts
from db.seed.rows import Rows
from db.seed.staff import Colleague, Staff

KEPT_DAYS: Final = 178  # a recording from 179 days ago is destroyed today
_A_YEAR: Final = 0.9  # calls a policy-year, besides those about a claim
_OUTBOUND: Final = 0.312  # calls back for each call in: 22 % of all
_OTHERS_A_YEAR: Final = 0.16  # contacts of other channels a policy-year
_UNKNOWN: Final = 0.15  # calls of strangers for each customer there is
# Calls lean towards the last half year, as the company grows: two in five are younger than 180 days.
_LEANING: Final = 1.8
_CHANNELS: Final = Weighted(
    {
        "email": 50.0,
        "web_form": 20.0,
        "portal": 20.0,
        "letter": 4.0,
        "facebook": 3.0,
        "x": 2.0,
        "linkedin": 1.0,
    }
)
# What a call is about that does not belong to a claim of ours; together with those calls: domain.md 5.2.
_TOPICS: Final = Weighted(
    {
        "claim_status": 24.0,
        "theft_status": 2.0,
        "claim_new": 20.0,
        "theft_new": 1.8,
        "policy_change": 16.5,
        "premium": 12.6,
        "policy_cancel": 11.8,
        "complaint": 3.9,
        "privacy_request": 0.65,
        "partner_repairer": 3.5,
        "wrong_number": 0.8,
        "disconnected": 1.2,
    }
)
_STATES: Final = Weighted({
    "announced_recorded": 96.0, "announced_objection": 2.5, "withdrawn_afterwards": 0.3, "not_recorded": 1.0,
    "not_announced": 0.2,
})  # fmt: skip
FIRST_TASK: Final = 10_001
_QUEUE, _DNIS = "klantcontact", "8500"


@dataclass(slots=True)
class Call:
    """A call while its rows are made."""

    person: Person | None
    ago: int
    second: int
    topic: str
    direction: str
    device: str
    agent: Colleague
    ani: str | None = None  # of a caller whom nobody knows
    talk: int = 0


class Calls:
    """Makes the calls of one customer after another."""

    def __init__(self, seed: int, days: Days, rows: Rows, staff: Staff) -> None:
        self._seed, self._days, self._rows = seed, days, rows
        self._agents = staff.of("agent")
        self._rng = generator(seed, "call")
        self._notes = generator(seed, "note")
        self._follow = generator(seed, "follow-up")
        self._tape = generator(seed, "recording")

    def make(self, person: Person, policies: list[Policy], claims: list[Claim]) -> None:
        rng = self._rng
        for claim in claims:
            self._about_claim(person, claim)
        for policy in policies:
            span = policy.started - policy.ended
            for _ in range(poisson(rng, _A_YEAR * span / 365.25)):
                back = 1.0 - rng.random() ** _LEANING
                ago = self._days.busy_day(policy.started, policy.ended + 1, back)
                self._one(person, ago, _TOPICS.pick(rng), policy.device.name)
            for _ in range(poisson(rng, _OTHERS_A_YEAR * span / 365.25)):
                self._written(person, policy)

        for _ in range(poisson(rng, _UNKNOWN)):
            self._stranger(policies[0] if policies else None)

    def _stranger(self, policy: Policy | None) -> None:
        """A call of somebody who is no customer, or was not found."""
        rng = self._rng
        ago = self._days.busy_day(policy.started if policy else 300, 1, 1.0 - rng.random() ** _LEANING)
        second = self._days.office_second(ago, rng.random())
        ani = numbers.mobile(self._seed, 20_000_000 + self._rows.last_id("call"), "NL")
        topic = one_of(rng, ("policy_change", "premium", "partner_repairer", "wrong_number"))
        self.add(Call(None, ago, second, topic, "in", "toestel", one_of(rng, self._agents), ani))

    def _about_claim(self, person: Person, claim: Claim) -> None:
        rng = self._rng
        word = "theft" if claim.kind == "theft" else "claim"
        if claim.by_phone:
            self._one(person, claim.reported, f"{word}_new", claim.device)
        for _ in range(poisson(rng, 2.8 if word == "theft" else 1.6)):
            until = claim.settled or 1
            ago = self._days.busy_day(max(claim.reported, until), until, rng.random())
            self._one(person, ago, f"{word}_status", claim.device)

    def _one(self, person: Person, ago: int, topic: str, device: str) -> None:
        """A call in, and sometimes one back a day or two later."""
        rng = self._rng
        second = self._days.office_second(ago, rng.random())
        self.add(Call(person, ago, second, topic, "in", device, one_of(rng, self._agents)))
        if rng.random() < _OUTBOUND:
            later = max(1, self._days.working_days_later(ago, 1 + 2 * rng.random()))
            if self._days.working[later]:
                second = self._days.office_second(later, rng.random())
                self.add(Call(person, later, second, topic, "out", device, one_of(rng, self._agents)))

    def add(self, call: Call, state: str | None = None, note: str | None = None) -> tuple[int, int]:
        """Adds a call with all that hangs on it; `state` sets how it was recorded. Returns its ids."""
        rng, days = self._rng, self._days
        inbound = call.direction == "in"
        waited = min(int(rng.expovariate(1 / 26)), 600) if inbound else int(3 + 15 * rng.random())
        if state is None and inbound and rng.random() < self._abandoning(call):
            return self._abandoned(call, waited)
        person, ago = call.person, call.ago
        answered = call.second + waited
        call.talk = 6 if call.topic == "disconnected" else max(8, int(rng.lognormvariate(5.45, 0.6)))
        held = int(15 + rng.expovariate(1 / 50)) if rng.random() < 0.18 else 0
        ended = min(answered + call.talk + held, 86_000)
        started = days.moment(ago, call.second)
        answer, end = days.moment(ago, answered), days.moment(ago, ended)
        wrap_up = int(rng.expovariate(1 / 70))
        customer = person.id if person and call.topic != "wrong_number" else None
        level = self._verified(call)
        state = state or self._state(person, ago)
        contact = self._rows.add(
            "contact", customer, call.agent.id, "phone", call.direction, None, started,
            texts.SUBJECTS[call.topic].replace("{toestel}", call.device), note or self._note(call),
            call.topic, started,
        )  # fmt: skip
        recorded = "destroyed" if ago > KEPT_DAYS and state == "announced_recorded" else state
        number = self._call_row(call, contact, customer, (started, answer, end), wrap_up, level, recorded)
        self._segments(number, customer, call, answered, ended, held)
        if ago <= KEPT_DAYS:
            self._recording(number, customer, call, state, started, ended)
        if customer and level and ago <= 30:
            self._verifications(number, customer, call, level, answer)
        self._follow_up(contact, customer, call)
        return contact, number

    def _abandoning(self, call: Call) -> float:
        local = call.second + 3600 * self._days.hours_ahead[call.ago]
        busy = self._days.weekday[call.ago] == 0 and 36_000 <= local < 39_600
        return 0.08 if busy else 0.05

    def _abandoned(self, call: Call, waited: int) -> tuple[int, int]:
        """Hung up in the queue: nobody spoke, so nobody knows who it was."""
        started = self._days.moment(call.ago, call.second)
        end = self._days.moment(call.ago, call.second + 5 + waited)
        contact = self._rows.add("contact", None, None, "phone", "in", None, started, None, None, None, started)
        number = self._call_row(call, contact, None, (started, None, end), None, 0, "not_recorded")
        return contact, number

    def _call_row(
        self, call: Call, contact: int, customer: int | None, times: tuple[str, str | None, str],
        wrap_up: int | None,
        level: int, recorded: str,
    ) -> int:  # fmt: skip
        rng, phone = self._rng, call.person.phone if call.person else call.ani
        started, answer, end = times
        inbound = call.direction == "in"
        withheld = inbound and rng.random() < 0.03
        raw = None if withheld else phone
        if raw and raw.startswith("+31") and rng.random() < 0.8:
            raw = f"0{raw[3:]}"
        uid = f"{self._days.epoch[call.ago] + call.second}.{self._rows.last_id('call') + 1}"
        return self._rows.add(
            "call", contact, customer, call.agent.id if answer else None,
            call.agent.team_id if answer else None,
            call.direction, "asterisk", uid, uid, raw, None if withheld else phone, withheld,
            _DNIS if inbound else None, _QUEUE if inbound else None, started if inbound else None,
            answer if inbound else None, started, answer, end, "caller" if rng.random() < 0.7 else "agent",
            wrap_up,
            call.topic if answer else None, level, recorded, started,
        )  # fmt: skip

    def _verified(self, call: Call) -> int:
        chance = self._rng.random()
        if chance < 0.05 or call.topic in ("wrong_number", "disconnected", "partner_repairer"):
            return 0
        return 2 if chance > 0.65 else 1

    def _state(self, person: Person | None, ago: int) -> str:
        if person and person.recording_objection is not None and ago <= person.recording_objection:
            return "announced_objection"
        return _STATES.pick(self._tape)

    def _note(self, call: Call) -> str | None:
        rng = self._notes
        if rng.random() < 0.08:
            return None
        text = one_of(rng, texts.NOTES[call.topic])
        if "{" in text:
            place = call.person.address.place.name if call.person else ""
            text = text.replace("{toestel}", call.device).replace("{plaats}", place)
        return text

    def _segments(self, number: int, customer: int | None, call: Call, answered: int, ended: int, held: int) -> None:
        """Talk, hold, talk. Calls whose recording is gone and that were not held need none."""
        if not held and call.ago > KEPT_DAYS:
            return
        moment, ago, agent = self._days.moment, call.ago, call.agent.id
        cuts = [answered, ended]
        if held:
            begin = answered + int((0.2 + 0.6 * self._rng.random()) * (ended - answered - held))
            cuts = [answered, begin, begin + held, ended]
        for place, (start, stop) in enumerate(itertools.pairwise(cuts)):
            kind = "hold" if place == 1 else "talk"
            self._rows.add("call_segment", number, customer, agent, kind, moment(ago, start), moment(ago, stop))

    def _recording(self, number: int, customer: int | None, call: Call, state: str, started: str, ended: int) -> None:
        """The row of a recording. Its file comes with the ingest: without a location nobody can listen."""
        if state in ("announced_objection", "not_recorded"):
            return
        status = {"withdrawn_afterwards": "destroyed", "not_announced": "unknown"}.get(state, "kept")
        days, ago = self._days, call.ago
        stored = days.moment(ago, ended + 240)
        destroyed = days.moment(max(ago - 2, 1), 50_000) if status == "destroyed" else None
        if status == "kept" and self._tape.random() < 0.0015:
            # Nothing in its name or its time led to a call: it waits for a person to link it.
            number, customer, status = 0, None, "unmatched"
        self._rows.add(
            "recording", file_id(self._tape), number or None, customer, call.agent.id if number else None,
            call.agent.team_id if number else None, started, f"{days.text_after(ago, 180)}{started[10:]}", status, call.talk * 1000, stored,
            destroyed,
        )  # fmt: skip

    def _verifications(self, number: int, customer: int, call: Call, level: int, answer: str) -> None:
        for question in ("birth_date", "address", "policy_number")[: 1 + level]:
            self._rows.add("call_verification", number, customer, call.agent.login, question, "match", answer)

    def _follow_up(self, contact: int, customer: int | None, call: Call) -> None:
        """Agreements made in the call, and work that it leaves."""
        rng, days, ago = self._follow, self._days, call.ago
        if not customer or call.topic in ("disconnected", "partner_repairer"):
            return
        chance = rng.random()
        created = days.moment(ago, call.second + 300)
        if chance < 0.18:
            due = days.working_days_later(ago, 1 + 8 * rng.random())
            done = days.moment(due, 55_000) if due > 0 and rng.random() < 0.96 else None
            self._rows.add(
                "commitment", contact, customer, call.agent.id, one_of(rng, texts.COMMITMENTS),
                days.day(due), call.agent.id,
                done, created,
            )  # fmt: skip
        if chance < 0.05 or chance > 0.97:
            self.add_task(contact, customer, call, self._task_kind(call))

    def _task_kind(self, call: Call) -> str:
        if call.topic == "complaint":
            return "complaint"
        if call.topic == "privacy_request":
            return "privacy"
        return one_of(self._follow, ("callback", "callback", "follow_up", "follow_up", "check"))

    def add_task(self, contact: int | None, customer: int, call: Call, kind: str, text: str | None = None) -> None:
        """A task of the agent of a call, or of a queue; old ones are done."""
        rng, days = self._follow, self._days
        due = days.working_days_later(call.ago, 1 + 4 * rng.random())
        done = due > 0 and (due > 3 or rng.random() < 0.8) and text is None
        queue = None if rng.random() < 0.6 else _QUEUE
        number = f"T-{days.year[call.ago] % 100:02d}-{FIRST_TASK + self._rows.last_id('task')}"
        self._rows.add(
            "task", number, customer, contact, None if queue else call.agent.id, queue, kind,
            text or one_of(rng, texts.TASKS[kind]), f"{days.day(due)} 15:00:00+00",
            "done" if done else "open",
            days.moment(due, 54_000) if done else None, days.moment(call.ago, call.second + 300),
        )  # fmt: skip

    def _written(self, person: Person, policy: Policy) -> None:
        """A contact of another channel."""
        rng, days = self._notes, self._days
        channel = _CHANNELS.pick(rng)
        ago = policy.ended + 1 + int(rng.random() * max(policy.started - policy.ended - 1, 1))
        at = days.moment(ago, int(6 * 3600 + 55_000 * rng.random()))
        handle = f"@{person.email.split('@')[0]}" if channel in ("facebook", "x") and person.email else None
        agent = one_of(rng, self._agents)
        self._rows.add(
            "contact", person.id, agent.id, channel, "in", handle, at, None,
            texts.WRITTEN[channel].replace("{toestel}", policy.device.name), None, at,
        )  # fmt: skip


def file_id(rng: random.Random) -> str:
    """A random uuid (version 4) in hexadecimal."""
    digits = f"{rng.getrandbits(128):032x}"
    return f"{digits[:12]}4{digits[13:16]}8{digits[17:]}"
