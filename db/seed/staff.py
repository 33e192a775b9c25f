"""The people and services who log in to the demo. Their password is printed: it is for loopback only."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import psycopg

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

PASSWORD: Final = "demo-op-deze-computer"  # noqa: S105 - fixed and printed (decisions.md, Staff of the demo)
TEAMS: Final = ("Noord", "Midden", "Zuid")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of staff as he is made: login, name, role without `harmony_`, team."""

    login: str
    name: str
    role: str
    team: str | None = None
    mandate_cents: int = 0
    second_reader: bool = False


def _agents() -> list[Member]:
    named = (
        "Anna de Lange, Bram Visser, Carmen Ramdin, Daan Hoekstra, Esra Yılmaz, Femke Postma, Gijs van Dam, Hanna Smeets,"
        "Ilias Bakkali, Joost van Vliet, Karin Blom, Lars Mulder, Mila Verhoeven, Niels de Wit, Olga Nowak, Pim Kuipers,"
        "Quinten Maas, Roos van der Meer, Samir Haddou, Tess Willems, Umut Demir, Vera Janssens, Wout Peeters, Yara Singh"
    )
    people = [name.strip() for name in named.split(",")]
    return [
        Member(f"{name.split()[0].lower()}.agent", name, "agent", TEAMS[place // 8])
        for place, name in enumerate(people)
    ]


def _handlers() -> list[Member]:
    names = ("Hugo Vermeer", "Hilde Jonker", "Hakan Kaya", "Heleen Prins", "Henk Scholten", "Hasna Tahiri",
             "Harm de Boer", "Hedwig Vos")  # fmt: skip
    # The first two are seniors: a higher mandate, and second reader of a rejection.
    return [
        Member(
            f"{name.split()[0].lower()}.handler", name, "claims_handler",
            mandate_cents=250_000 if place < 2 else 75_000, second_reader=place < 2,
        )
        for place, name in enumerate(names)
    ]  # fmt: skip


MEMBERS: Final = (
    *_agents(),
    *_handlers(),
    Member("tessa.teamlead", "Tessa Brouwer", "team_lead", "Noord", 1_000_000, True),
    Member("tom.teamlead", "Tom van den Berg", "team_lead", "Midden", 1_000_000, True),
    Member("tirza.teamlead", "Tirza Pinas", "team_lead", "Zuid", 1_000_000, True),
    Member("freek.fraude", "Freek Dekker", "fraud_investigator"),
    Member("farida.fraude", "Farida el Amrani", "fraud_investigator"),
    Member("fenna.finance", "Fenna Dijkstra", "finance"),
    Member("floris.finance", "Floris Kok", "finance"),
    Member("petra.privacy", "Petra Smit", "privacy_officer"),
    Member("paul.privacy", "Paul Hendriks", "privacy_officer"),
    Member("otto.outreach", "Otto Martens", "outreach"),
    Member("bert.beheer", "Bert Koster", "admin"),
    Member("bianca.beheer", "Bianca Post", "admin"),
    Member("recorder", "Opnamedienst", "recorder"),
    Member("custodian", "Bewaardienst", "custodian"),
    Member("telephony", "Telefoniedienst", "telephony"),
    Member("portal", "Klantportaal", "portal"),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """A member of staff as the rows of customers refer to him."""

    id: int
    login: str
    team_id: int | None


class Staff:
    """Who works there, by role."""

    def __init__(self, colleagues: dict[str, Colleague]) -> None:
        self.by_login = colleagues
        self._roles: dict[str, list[Colleague]] = {}
        for member in MEMBERS:
            self._roles.setdefault(member.role, []).append(colleagues[member.login])

    def of(self, role: str) -> list[Colleague]:
        return self._roles[role]


def numbered() -> Staff:
    """The staff as a fresh database numbers it; for making rows without a database."""
    teams = {team: number for number, team in enumerate(TEAMS, 1)}
    return Staff(
        {
            member.login: Colleague(number, member.login, teams.get(member.team or ""))
            for number, member in enumerate(MEMBERS, 1)
        }
    )


def create(connection: psycopg.Connection, today: dt.date) -> Staff:
    """Makes the logins through `harmony.create_staff`, with verifiers computed here. For the superuser.

    Raises UserError when the database refuses one. The times in the rows become those of `today`, so that
    two runs are alike.
    """
    for member in MEMBERS:
        verifier = connection.pgconn.encrypt_password(PASSWORD.encode(), member.login.encode(), b"scram-sha-256")
        row = connection.execute(
            "select status from harmony.create_staff(%s, %s, %s, %s, %s, %s, %s, %s)",
            (
                member.login, member.name, [f"harmony_{member.role}"], verifier.decode(), member.team,
                today - dt.timedelta(90), member.mandate_cents, member.second_reader,
            ),
        ).fetchone()  # fmt: skip
        if row != ("ok",):
            raise UserError(
                _("The demo's login {login} could not be made.").format(login=member.login), code="demo_staff"
            )
    hired = dt.datetime.combine(today - dt.timedelta(90), dt.time(8), dt.UTC)
    connection.execute("set local session_replication_role = replica")
    connection.execute("update harmony.staff set created_at = %s", (hired,))
    connection.execute("update harmony.staff_role set proposed_at = %s, approved_at = %s", (hired, hired))
    connection.execute("set local session_replication_role = origin")
    return read(connection)


def read(connection: psycopg.Connection) -> Staff:
    """The demo's staff as it stands in the database."""
    rows = connection.execute("select login, id, team_id from harmony.staff").fetchall()
    return Staff({login: Colleague(number, login, team) for login, number, team in rows})
