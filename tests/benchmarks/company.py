"""Agents for the benchmarks: logins with passwords, and limits that are meant for people out of the way."""

import secrets
from dataclasses import dataclass

from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.rows import TupleRow

_LIMITS = ("lookup.per_minute", "lookup.lost_per_hour", "file.opens_per_hour", "file.opens_by_hand_per_hour")


@dataclass(frozen=True)
class Agent:
    login: str
    password: str

    def dsn(self, admin_dsn: str) -> str:
        return make_conninfo(admin_dsn, user=self.login, password=self.password)


def hire(admin: Connection[TupleRow], count: int) -> list[Agent]:
    """So many agents with a valid statement of confidentiality. `admin` is the superuser's connection, autocommit."""
    agents = []
    for _agent in range(count):
        agent = Agent(f"bench.a{secrets.token_hex(5)}", secrets.token_urlsafe(16))
        verifier = admin.pgconn.encrypt_password(agent.password.encode(), agent.login.encode(), b"scram-sha-256")
        row = admin.execute(
            "select status from harmony.create_staff(%s, 'Meting', '{harmony_agent}', %s, 'Meting',"
            " (harmony.clock() at time zone 'Europe/Amsterdam')::date - 10)",
            (agent.login, verifier.decode()),
        ).fetchone()
        assert row == ("ok",), row
        agents.append(agent)
    return agents


def lift_limits(admin: Connection[TupleRow]) -> None:
    """A simulated agent does in a minute what a person does in an hour."""
    admin.execute("update harmony.setting set value = '1000000' where key = any (%s)", (list(_LIMITS),))


def dismiss(admin: Connection[TupleRow], agents: list[Agent]) -> None:
    """Takes the logins off the server, where they outlive the database."""
    for agent in agents:
        admin.execute(f'drop owned by "{agent.login}"')  # type: ignore[call-overload]
        admin.execute(f'drop role "{agent.login}"')  # type: ignore[call-overload]
