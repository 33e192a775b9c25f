"""Where the server is and how we may talk to it: frozen settings from harmony_desk.toml and the environment.

    # harmony_desk.toml, machine-wide and of the user; the user's keys win
    profile = "office"
    [server.office]
    hosts = ["db1.example.nl", "db2.example.nl:5433"]
    root_certificate = "/etc/harmony-desk/ca.pem"

HARMONY_DSN, or `--dsn`, replaces the profile. Whatever says where: away from this machine only TLS with a
verified name will do, and no password ever stands in a file or in an argument.
"""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import platformdirs
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from harmony_desk.core.errors import InvalidInput, UserError
from harmony_desk.core.texts import _

FILE_NAME: Final = "harmony_desk.toml"
DEFAULT_DATABASE: Final = "harmony"
_SECRETS: Final = ("password", "sslpassword", "scram_client_key", "scram_server_key", "oauth_client_secret")
# Away from this machine. GSS encryption is off because libpq would take it instead of verified TLS.
_TLS: Final = MappingProxyType({"sslmode": "verify-full", "channel_binding": "require", "gssencmode": "disable"})
_TLS_VERSIONS: Final = ("TLSv1.2", "TLSv1.3")
# A dead server or a pulled cable is noticed in seconds (security.md F4). libpq ignores tcp_user_timeout on Windows.
_TIMEOUTS: Final = MappingProxyType(
    {
        "connect_timeout": "4",
        "keepalives": "1",
        "keepalives_idle": "5",
        "keepalives_interval": "2",
        "keepalives_count": "3",
        "tcp_user_timeout": "8000",
    }
)


def setting(default: Any, sentence: str) -> Any:
    """One key of harmony_desk.toml: its default and what it means; name and type are the field's."""
    return field(default=default, metadata={"sentence": sentence})


@dataclass(frozen=True)
class Profile:
    """One server, `[server.NAME]` in the file."""

    hosts: tuple[str, ...] = setting((), "Servers, the likely primary first, each as name or name:port.")
    database: str = setting(DEFAULT_DATABASE, "Database on these servers.")
    user: str = setting("", "Login; empty asks for it.")
    root_certificate: str = setting("", "File with the certificate of the authority that signed the server's.")


@dataclass(frozen=True)
class Settings:
    """All that harmony_desk.toml and the environment say."""

    profile: str = setting("", "Server profile to use when nobody names one.")
    language: str = setting("nl", "Language of the screens: nl or en.")
    keyring: bool = setting(True, "Whether passwords may be kept in this machine's keyring.")
    servers: Mapping[str, Profile] = field(default_factory=lambda: MappingProxyType({}))


def files(environment: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Where the settings are read from, the strongest last. HARMONY_CONFIG names one file instead."""
    named = environment.get("HARMONY_CONFIG", "")
    if named:
        return (Path(named),)
    return (
        platformdirs.site_config_path("harmony-desk") / FILE_NAME,
        platformdirs.user_config_path("harmony-desk") / FILE_NAME,
    )


def load(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this machine and user. Raises UserError that names the file and the key, never a value."""
    merged: dict[str, Any] = {}
    servers: dict[str, dict[str, Any]] = {}
    for file in files(environment):
        content = _read(file, must_exist="HARMONY_CONFIG" in environment)
        tables = content.pop("server", {})
        if not isinstance(tables, dict):
            raise _unreadable(file)
        for name, keys in tables.items():
            servers[name] = servers.get(name, {}) | _checked(keys, Profile, file)
        merged |= _checked(content, Settings, file)
    for key in ("profile", "language"):
        chosen = environment.get(f"HARMONY_{key.upper()}", "")
        if chosen:
            merged[key] = chosen
    profiles = {name: Profile(**keys) for name, keys in servers.items()}
    return Settings(**merged, servers=MappingProxyType(profiles))


def parameters(
    dsn: str | None,
    *,
    program: str,
    environment: Mapping[str, str] = os.environ,
    settings: Settings | None = None,
) -> dict[str, str]:
    """Connection parameters for libpq, hardened; with a password only when HARMONY_DSN holds one.

    `dsn` is what stood in the argument `--dsn`; None takes HARMONY_DSN, then the profile. Raises UserError for a
    password in an argument, a weaker TLS than we ask, or no server at all.
    """
    if dsn is not None:
        given = _parsed(dsn)
        if any(given.get(key) for key in _SECRETS):
            raise InvalidInput(
                _(
                    "Leave the password out of --dsn: others on this machine can read it there. Put it in"
                    " HARMONY_PASSWORD, or wait for the question."
                ),
                field="dsn",
                code="password_in_argument",
            )
    elif environment.get("HARMONY_DSN"):
        given = _parsed(environment["HARMONY_DSN"])
    else:
        given = _of_profile(settings or load(environment))
    return harden(given, program=program, environment=environment)


def harden(given: Mapping[str, str], *, program: str, environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The parameters with our rules applied: TLS unless every host is this machine, time-outs, read-write hosts."""
    result = dict(given)
    # What libpq would take from the environment behind our back must pass the same rules.
    for key, name in (("host", "PGHOST"), ("hostaddr", "PGHOSTADDR"), ("service", "PGSERVICE")):
        if not result.get(key) and environment.get(name):
            result[key] = environment[name]
    if result.get("service"):
        raise InvalidInput(
            _("Name the server itself: a service (PGSERVICE or service=) is not followed."), field="dsn", code="service"
        )
    names, addresses = _split(result.get("host")), _split(result.get("hostaddr"))
    if not any(names) and not any(addresses):
        raise UserError(
            _('Which server? Give --dsn "host=... dbname=...", set HARMONY_DSN, or write a profile in {file}.').format(
                file=FILE_NAME
            ),
            code="no_server",
        )
    if not is_this_machine(names, addresses):
        _ask_tls(result)
    if max(len(names), len(addresses)) > 1:
        _ask(result, "target_session_attrs", "read-write")
    for key, value in _TIMEOUTS.items():
        result.setdefault(key, value)
    if not result.get("dbname"):
        result["dbname"] = environment.get("PGDATABASE") or DEFAULT_DATABASE
    result["application_name"] = program
    return result


def is_this_machine(names: Sequence[str], addresses: Sequence[str] = ()) -> bool:
    """Whether every host is loopback or a socket of this machine; an address decides over a name, as in libpq."""
    count = max(len(names), len(addresses))
    pairs = [(_at(names, place), _at(addresses, place)) for place in range(count)]
    return bool(pairs) and all(_is_loopback(address or name) for name, address in pairs)


def password_from_environment(environment: Mapping[str, str] = os.environ) -> str | None:
    """The password that was put in the environment, ours before libpq's."""
    return environment.get("HARMONY_PASSWORD") or environment.get("PGPASSWORD") or None


def conninfo(given: Mapping[str, str], password: str | None = None) -> str:
    """One connection string for libpq. With a password it is for this process alone: never log or pass it on."""
    return make_conninfo(**(dict(given) | ({"password": password} if password else {})))


def _is_loopback(host: str) -> bool:
    if host.startswith(("/", "@")) or host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def _ask_tls(result: dict[str, str]) -> None:
    for key, value in _TLS.items():
        _ask(result, key, value)
    if result.setdefault("ssl_min_protocol_version", _TLS_VERSIONS[0]) not in _TLS_VERSIONS:
        _ask(result, "ssl_min_protocol_version", _TLS_VERSIONS[0])


def _ask(result: dict[str, str], key: str, wanted: str) -> None:
    """Sets a parameter that is not for choosing; refuses a connection string that chose otherwise."""
    if result.get(key, wanted) != wanted:
        raise InvalidInput(
            _("{key} must be {wanted} for a server that is not this machine, or for several; leave it out.").format(
                key=key, wanted=wanted
            ),
            field="dsn",
            code="weaker_connection",
        )
    result[key] = wanted


def _parsed(dsn: str) -> dict[str, str]:
    try:
        found = conninfo_to_dict(dsn)
    except ProgrammingError:
        # libpq's own text repeats what stands in the string, a password perhaps.
        raise InvalidInput(
            _('This connection string cannot be read. Write it as "host=... port=... dbname=... user=...".'),
            field="dsn",
            code="bad_dsn",
        ) from None
    return {key: str(value) for key, value in found.items() if value not in (None, "")}


def _of_profile(settings: Settings) -> dict[str, str]:
    name = settings.profile or (next(iter(settings.servers)) if len(settings.servers) == 1 else "")
    if not name:
        return {}
    profile = settings.servers.get(name)
    if profile is None:
        raise UserError(
            _("There is no [server.{name}] in {file}.").format(name=name, file=FILE_NAME), code="no_profile"
        )
    hosts, ports = zip(*(_host_and_port(host) for host in profile.hosts), strict=True) if profile.hosts else ((), ())
    result = {"host": ",".join(hosts), "port": ",".join(ports), "dbname": profile.database, "user": profile.user}
    result["sslrootcert"] = profile.root_certificate
    return {key: value for key, value in result.items() if value.strip(",")}


def _host_and_port(host: str) -> tuple[str, str]:
    """'db1:5433', '[::1]:5433', '::1', '/run/postgresql'; the port is 5432 when there is none."""
    if host.startswith("["):
        name, _colon, port = host[1:].partition("]")
        return name, port.removeprefix(":") or "5432"
    if host.count(":") == 1:
        name, _colon, port = host.partition(":")
        return name, port
    return host, "5432"


def _read(file: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise UserError(_("{file} is not there.").format(file=file), code="no_settings_file") from None
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise _unreadable(file) from None


def _unreadable(file: Path) -> UserError:
    return UserError(_("{file} cannot be read as settings.").format(file=file), code="bad_settings_file")


def _checked(content: Mapping[str, Any], kind: type[Settings | Profile], file: Path) -> dict[str, Any]:
    """The keys of one table, each known and of its type; lists become tuples. Raises UserError."""
    if not isinstance(content, Mapping):
        raise _unreadable(file)
    known = {one.name: type(one.default) for one in fields(kind) if "sentence" in one.metadata}
    result = {}
    for key, value in content.items():
        whole = tuple(value) if isinstance(value, list) else value
        wrong = not isinstance(whole, known.get(key, ())) or (
            isinstance(whole, tuple) and not all(isinstance(item, str) for item in whole)
        )
        if wrong:
            raise UserError(
                _("{file}: the setting {key} is unknown or has a value of the wrong kind.").format(file=file, key=key),
                code="bad_setting",
            )
        result[key] = whole
    return result


def _split(value: str | None) -> list[str]:
    return value.split(",") if value else []


def _at(items: Sequence[str], place: int) -> str:
    return items[place] if place < len(items) else ""
