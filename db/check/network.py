"""Who may reach the server, and how: listening addresses, TLS, and the lines of pg_hba.conf."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import psycopg

_WEAK = ("password", "md5", "ident", "trust")
_PLAIN = ("host", "hostnossl", "hostnogssenc")
_HERE = ("localhost", "samehost")


@dataclass(frozen=True)
class HostRule:
    """One line of pg_hba.conf as the server reads it."""

    line: int
    kind: str | None
    databases: Sequence[str]
    address: str | None
    netmask: str | None
    method: str | None
    error: str | None = None


def breaches(connection: psycopg.Connection) -> Iterator[tuple[str, str, str | None]]:
    """Each breach as (code, object, what was found)."""
    asked = connection.execute(
        "select current_setting('listen_addresses'), current_setting('ssl') = 'on', current_database()"
    ).fetchone()
    addresses, tls, database = asked if asked else ("", False, "")
    rows = connection.execute(
        "select line_number, type, database, address, netmask, auth_method, error from pg_hba_file_rules"
    ).fetchall()
    yield from of_listening(addresses, tls=tls)
    yield from of_rules((HostRule(*row) for row in rows), database)


def of_listening(addresses: str, *, tls: bool) -> Iterator[tuple[str, str, str | None]]:
    """TLS must be on when the server can be reached from another machine."""
    reachable = [one.strip() for one in addresses.split(",") if one.strip() and not _is_here(one.strip(), None)]
    if reachable and not tls:
        yield "tls_off", "ssl", ", ".join(reachable)


def of_rules(rules: Iterable[HostRule], database: str) -> Iterator[tuple[str, str, str | None]]:
    """Lines that let somebody in without proof, with a weak one, or over a road that others can read."""
    for rule in rules:
        name = f"pg_hba.conf:{rule.line}"
        told = " ".join(filter(None, (rule.kind, rule.address, rule.netmask, rule.method)))
        if rule.error:
            # The text of the error may repeat the line; the line's number says enough.
            yield "host_rule_broken", name, None
        elif rule.method == "reject" or not _concerns(rule.databases, database):
            continue
        elif rule.method == "trust":
            yield "host_rule_trust", name, told
        elif rule.kind != "local" and not _is_here(rule.address or "", rule.netmask):
            if rule.method in _WEAK:
                yield "host_rule_weak", name, told
            if rule.kind in _PLAIN:
                yield "host_rule_plain", name, told


def _concerns(databases: Sequence[str], database: str) -> bool:
    """Whether the line lets people in to this database; the words and patterns that might are taken to do so."""
    words = ("all", "sameuser", "samerole", "samegroup", "replication", database)
    return any(one in words or one.startswith(("/", "+")) for one in databases or ())


def _is_here(address: str, netmask: str | None) -> bool:
    if address in _HERE:
        return True
    try:
        # IPv6 masks come written out, and are read by no one but as an address.
        bits = f"/{int(ipaddress.ip_address(netmask)).bit_count()}" if netmask else ""
        return ipaddress.ip_network(address + bits, strict=False).is_loopback
    except ValueError:
        return False
