"""The access matrix (db/access/matrix.toml) as questions: may this role read, write, call?"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "db" / "access" / "matrix.toml"
# Short names of the file and the group roles that they stand for, without `harmony_`.
GROUPS = {
    "agent": "agent",
    "handler": "claims_handler",
    "lead": "team_lead",
    "fraud": "fraud_investigator",
    "finance": "finance",
    "privacy": "privacy_officer",
    "outreach": "outreach",
    "admin": "admin",
    "recorder": "recorder",
    "custodian": "custodian",
    "telephony": "telephony",
    "portal": "portal",
    "partner": "partner",
}
NOBODY = "nobody"
READS = {"R", "O", "A"}
CODES = READS | {"W", "C", "-"}


@dataclass(frozen=True)
class Matrix:
    desk: tuple[str, ...]
    service: tuple[str, ...]
    cells: dict[str, dict[str, frozenset[str]]]  # table -> role -> codes
    read: dict[str, dict[str, frozenset[str]]]  # table -> role -> the only columns
    write: dict[tuple[str, str], dict[str, frozenset[str]]]  # (table, command) -> role -> columns
    calls: dict[str, frozenset[str]]  # signature -> roles
    sequences: tuple[str, ...] = field(default=())

    @property
    def everybody(self) -> tuple[str, ...]:
        return (*self.desk, *self.service, NOBODY)

    def codes(self, table: str, role: str) -> frozenset[str]:
        return self.cells[table].get(role, frozenset("-"))

    def reads(self, table: str, role: str, column: str) -> bool:
        if not self.codes(table, role) & READS:
            return False
        only = self.read.get(table, {}).get(role)
        return only is None or column in only

    def reads_all(self, table: str, role: str) -> bool:
        return bool(self.codes(table, role) & READS) and role not in self.read.get(table, {})

    def writes(self, table: str, command: str, role: str, column: str) -> bool:
        return column in self.write.get((table, command), {}).get(role, ())

    def may_call(self, signature: str, role: str) -> bool:
        return role in self.calls[signature]

    def is_known_sequence(self, name: str) -> bool:
        return any(re.fullmatch(pattern.replace("<n>", "[0-9]+"), name) for pattern in self.sequences) or (
            name.endswith("_id_seq") and name.removesuffix("_id_seq") in self.cells
        )


def _by_role(lists: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for roles, columns in lists.items():
        for role in roles.split():
            found[role] = found.get(role, frozenset()) | frozenset(columns.split())
    return found


def _calls(entries: list[dict[str, Any]], desk: tuple[str, ...], service: tuple[str, ...]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in entries:
        roles: set[str] = set()
        for name in entry["roles"].split():
            roles |= set({"desk": desk, "service": service}.get(name, (name,)))
        for signature in entry["calls"]:
            assert signature not in found, f"twice in the matrix: {signature}"
            found[signature] = frozenset(roles)
    return found


def load() -> Matrix:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    desk, service = (tuple(data["roles"][kind].split()) for kind in ("desk", "service"))
    cells: dict[str, dict[str, frozenset[str]]] = {}
    for table, line in data["tables"].items():
        codes = [frozenset(cell.split()) for cell in line.split("|")]
        assert len(codes) == len(desk), f"{table}: {len(codes)} cells"
        assert all(cell <= CODES for cell in codes), f"{table}: an unknown code"
        cells[table] = dict(zip(desk, codes, strict=True))
    write = {
        (table, command): _by_role(lists)
        for table, commands in data["write"].items()
        for command, lists in commands.items()
    }
    sequences = data["sequences"]
    return Matrix(
        desk=desk,
        service=service,
        cells=cells,
        read={table: _by_role(lists) for table, lists in data["read"].items()},
        write=write,
        calls=_calls(data["functions"], desk, service),
        sequences=(*sequences["numbers"].split(), *sequences["of_staff"].split()),
    )
