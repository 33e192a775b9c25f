"""From legs and queue events to calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from harmony_desk.telephony import numbers
from harmony_desk.telephony.events import CallEvent, Leg
from harmony_desk.telephony.numbers import Agents
from harmony_desk.telephony.queue_log import QueueCall


def build(legs: Iterable[Leg], queued: Mapping[str, QueueCall], agents: Agents, *, pbx: str) -> list[CallEvent]:
    """One event for each linkedid, in order of their start. A leg that is told twice counts once."""
    by_call: dict[str, dict[tuple[str, object], Leg]] = defaultdict(dict)
    for leg in legs:
        by_call[leg.linkedid][leg.uniqueid, (leg.other_channel, leg.started_at)] = leg
    events = [_call(linkedid, list(found.values()), queued, agents, pbx) for linkedid, found in by_call.items()]
    return sorted(events, key=lambda event: (event.started_at, event.linkedid))


def _call(linkedid: str, legs: list[Leg], queued: Mapping[str, QueueCall], agents: Agents, pbx: str) -> CallEvent:
    legs.sort(key=lambda leg: (leg.uniqueid != linkedid, leg.started_at, leg.uniqueid))
    # The leg that began it: the one whose number all share, or the first.
    main = legs[0]
    queue_call = next((queued[leg.uniqueid] for leg in legs if leg.uniqueid in queued), None)
    connected = [leg for leg in legs if leg.connected]
    direction = _direction(main)
    answered_at = None
    if queue_call is not None and queue_call.connected_at is not None:
        answered_at = queue_call.connected_at
    elif connected and not (queue_call and queue_call.abandoned):
        answered_at = min(leg.answered_at or leg.started_at for leg in connected)
    started_at = min(leg.started_at for leg in legs)
    other = numbers.caller(main.destination if direction == "out" else main.source)
    return CallEvent(
        pbx=pbx,
        linkedid=linkedid,
        uniqueid=main.uniqueid,
        direction=direction,
        number=other.raw,
        number_e164=other.e164,
        withheld=other.withheld,
        dialled=None if direction == "out" else main.destination[:40] or None,
        queue=queue_call.queue if queue_call else None,
        agent=_agent(queue_call, connected, direction, main, agents),
        entered_queue_at=queue_call.entered_at if queue_call else None,
        started_at=started_at,
        answered_at=max(answered_at, started_at) if answered_at else None,
        ended_at=max(leg.ended_at for leg in legs),
        ended_by=queue_call.ended_by if queue_call else None,
    )


def _direction(main: Leg) -> str:
    inside = numbers.is_extension(main.source)
    if main.application.lower() == "queue" or not inside:
        return "in"
    return "internal" if numbers.is_extension(main.destination) else "out"


def _agent(queue_call: QueueCall | None, connected: list[Leg], direction: str, main: Leg, agents: Agents) -> str | None:
    """Who spoke with the caller; the queue knows best."""
    if queue_call and (login := agents.login(queue_call.agent)):
        return login
    if direction == "out":
        return agents.login(main.source) or agents.login(main.channel)
    # The last one that was put through had the call in the end.
    for leg in sorted(connected, key=lambda leg: leg.started_at, reverse=True):
        if login := agents.login(leg.other_channel) or agents.login(leg.destination):
            return login
    return None
