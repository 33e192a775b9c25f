"""Away from this machine: a server that cannot prove its name gets no password. With PostgreSQL's own TLS."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from harmony_desk import config
from harmony_desk.cli.connection import Road, explained
from harmony_desk.core.errors import UserError
from harmony_desk.local import postgres, unprivileged
from harmony_desk.local.postgres import Server
from tests import certificates, servers

NAME = "db.harmony.test"


@pytest.fixture(scope="module")
def tls_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the system's packages: the wheel's is built without TLS."""
    folder = servers.run_folder() / "tls-files"
    folder.mkdir()
    folder.chmod(0o755)
    _authority, certificate, key = certificates.make(folder, NAME)
    unprivileged.give(key)
    tls = {"ssl": "on", "ssl_cert_file": str(certificate), "ssl_key_file": str(key)}
    with postgres.start(
        servers.run_folder() / "tls", bin_dir=servers.system_bin_dir(), settings=servers.FAST | tls
    ) as one:
        yield one


@pytest.fixture
def authority(tls_server: Server) -> Path:
    return servers.run_folder() / "tls-files" / "ca.pem"


def connect(server: Server, name: str, authority: Path) -> psycopg.Connection[tuple[object, ...]]:
    """Connects as to a server of that name elsewhere, by the rules of config; only its address is this machine's."""
    given = {"host": name, "port": str(server.port), "user": server.superuser, "sslrootcert": str(authority)}
    hardened = config.harden(given, program="test", environment={})
    return psycopg.connect(config.conninfo(hardened | {"hostaddr": "127.0.0.1"}, server.password), dbname="postgres")


def test_the_right_name_under_the_right_authority(tls_server: Server, authority: Path) -> None:
    with connect(tls_server, NAME, authority) as connection:
        row = connection.execute("select ssl, version from pg_stat_ssl where pid = pg_backend_pid()").fetchone()

    assert row is not None
    assert row[0] is True
    assert row[1] in ("TLSv1.2", "TLSv1.3")


def test_another_name_is_refused(tls_server: Server, authority: Path) -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        connect(tls_server, "other.harmony.test", authority)

    assert explained(refused.value).code == "certificate"


def test_another_authority_is_refused(tls_server: Server, tmp_path: Path) -> None:
    stranger, _certificate, _key = certificates.make(tmp_path, NAME)

    with pytest.raises(psycopg.OperationalError) as refused:
        connect(tls_server, NAME, stranger)

    assert explained(refused.value).code == "certificate"


def test_no_authority_is_refused(tls_server: Server, tmp_path: Path) -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        connect(tls_server, NAME, tmp_path / "none.pem")

    assert explained(refused.value).code == "certificate"


def test_a_server_without_tls_is_refused(server: Server, authority: Path) -> None:
    with pytest.raises(psycopg.OperationalError) as refused:
        connect(server, NAME, authority)

    assert explained(refused.value).code == "no_tls"


def test_on_this_machine_the_same_road_needs_no_certificate(
    tls_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HARMONY_PASSWORD", tls_server.password)

    with Road(tls_server.dsn, program="test").connect() as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_several_hosts_lead_to_the_one_that_takes_changes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_PASSWORD", server.password)
    hosts = f"host=127.0.0.1,127.0.0.1 port=1,{server.port} user={server.superuser} dbname=postgres"

    with Road(hosts, program="harmony-desk test").connect() as connection:
        row = connection.execute("show application_name").fetchone()
        assert (connection.info.port, row) == (server.port, ("harmony-desk test",))


def test_several_hosts_of_which_none_takes_changes(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARMONY_PASSWORD", server.password)
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_read_only=on")
    hosts = f"host=127.0.0.1,127.0.0.1 port={server.port},{server.port} user={server.superuser} dbname=postgres"

    with pytest.raises(UserError) as refused:
        Road(hosts, program="test").connect()

    assert refused.value.code == "no_primary"


def test_a_server_that_does_not_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError) as refused:
        Road("host=127.0.0.1 port=1 user=anna", program="test").connect()

    assert refused.value.code == "unreachable"
