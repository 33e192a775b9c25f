"""Where the server is, and that no connection string talks us out of TLS."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from harmony_desk import config
from harmony_desk.core.errors import UserError

NOWHERE: Mapping[str, str] = {}
TLS = {"sslmode": "verify-full", "channel_binding": "require", "gssencmode": "disable"}


def parameters(dsn: str | None, environment: Mapping[str, str] = NOWHERE) -> dict[str, str]:
    return config.parameters(dsn, program="test", environment=environment, settings=config.Settings())


@pytest.mark.parametrize(
    ("dsn", "environment", "tls"),
    [
        ("host=127.0.0.1", {}, False),
        ("host=127.8.9.10", {}, False),
        ("host=::1", {}, False),
        ("host=::ffff:127.0.0.1", {}, False),
        ("host=localhost", {}, False),
        ("host=LocalHost", {}, False),
        ("host=/var/run/postgresql", {}, False),
        ("host=@hidden", {}, False),
        ("host=127.0.0.1,::1,localhost", {}, False),
        ("postgresql://127.0.0.1:5433/harmony", {}, False),
        ("postgresql://[::1]/harmony", {}, False),
        ("host=db.example.nl hostaddr=127.0.0.1", {}, False),
        ("dbname=harmony", {"PGHOST": "127.0.0.1"}, False),
        ("host=db.example.nl", {}, True),
        ("host=10.0.0.5", {}, True),
        ("host=128.0.0.1", {}, True),
        ("host=127.1", {}, True),  # a name as far as anybody can tell
        ("host=localhost.example.nl", {}, True),
        ("host=0.0.0.0", {}, True),
        ("host=127.0.0.1,db.example.nl", {}, True),
        ("host=localhost hostaddr=10.0.0.5", {}, True),
        ("host=localhost,localhost hostaddr=127.0.0.1,10.0.0.5", {}, True),
        ("host=localhost", {"PGHOSTADDR": "10.0.0.5"}, True),
        ("dbname=harmony", {"PGHOST": "db.example.nl"}, True),
        ("postgresql://db.example.nl/harmony?sslmode=verify-full", {}, True),
        ("host=db.example.nl", {"PGSSLMODE": "disable", "PGCHANNELBINDING": "disable"}, True),
    ],
)
def test_tls_unless_every_host_is_this_machine(dsn: str, environment: Mapping[str, str], tls: bool) -> None:
    found = parameters(dsn, environment)

    # What is written out wins over the environment that libpq reads by itself.
    assert {key: found.get(key) for key in TLS} == (TLS if tls else dict.fromkeys(TLS))
    assert found.get("ssl_min_protocol_version") == ("TLSv1.2" if tls else None)


@pytest.mark.parametrize(
    "weaker",
    [
        "sslmode=disable", "sslmode=prefer", "sslmode=require", "sslmode=verify-ca",
        "channel_binding=prefer", "channel_binding=disable", "gssencmode=prefer", "gssencmode=require",
        "ssl_min_protocol_version=TLSv1", "ssl_min_protocol_version=TLSv1.1",
    ],
)  # fmt: skip
def test_a_weaker_connection_is_refused(weaker: str) -> None:
    with pytest.raises(UserError) as refused:
        parameters(f"host=db.example.nl {weaker}")

    assert refused.value.code == "weaker_connection"


def test_a_stronger_tls_may_be_asked() -> None:
    assert parameters("host=x.nl ssl_min_protocol_version=TLSv1.3")["ssl_min_protocol_version"] == "TLSv1.3"


@pytest.mark.parametrize(
    "dsn",
    [
        "host=127.0.0.1 password=geheim",
        "postgresql://anna.agent:" + "geheim@127.0.0.1/harmony",
        "host=db.example.nl sslpassword=geheim",
    ],
)
def test_a_password_in_an_argument_is_refused_and_not_repeated(dsn: str) -> None:
    with pytest.raises(UserError) as refused:
        parameters(dsn)

    assert refused.value.code == "password_in_argument"
    assert "geheim" not in str(refused.value)


def test_a_password_in_the_environment_is_taken() -> None:
    found = parameters(None, {"HARMONY_DSN": "host=127.0.0.1 password=geheim"})

    assert found["password"] == "geheim"
    assert config.password_from_environment({"PGPASSWORD": "theirs", "HARMONY_PASSWORD": "ours"}) == "ours"
    assert config.password_from_environment({"PGPASSWORD": "theirs"}) == "theirs"
    assert config.password_from_environment({}) is None


@pytest.mark.parametrize("dsn", ["host=127.0.0.1 geheim", "nonsense", "postgresql://[::1/harmony", "host='open"])
def test_a_string_that_cannot_be_read_is_not_repeated(dsn: str) -> None:
    with pytest.raises(UserError) as refused:
        parameters(dsn)

    assert refused.value.code == "bad_dsn"
    assert "geheim" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(("dsn", "environment"), [("service=office", {}), ("host=127.0.0.1", {"PGSERVICE": "office"})])
def test_a_service_is_not_followed(dsn: str, environment: Mapping[str, str]) -> None:
    with pytest.raises(UserError) as refused:
        parameters(dsn, environment)

    assert refused.value.code == "service"


@pytest.mark.parametrize("dsn", [None, "dbname=harmony", "host="])
def test_no_server_is_said_so(dsn: str | None) -> None:
    with pytest.raises(UserError) as refused:
        parameters(dsn)

    assert refused.value.code == "no_server"


def test_several_hosts_must_lead_to_the_one_that_writes() -> None:
    found = parameters("host=db1.example.nl,db2.example.nl port=5432,5433")

    assert found["target_session_attrs"] == "read-write"
    assert "target_session_attrs" not in parameters("host=db1.example.nl")
    with pytest.raises(UserError) as refused:
        parameters("host=db1.example.nl,db2.example.nl target_session_attrs=any")
    assert refused.value.code == "weaker_connection"


def test_time_outs_and_the_name_of_the_program() -> None:
    found = parameters("host=127.0.0.1 connect_timeout=9")

    assert {key: found[key] for key in ("connect_timeout", "keepalives_idle", "tcp_user_timeout")} == {
        "connect_timeout": "9",
        "keepalives_idle": "5",
        "tcp_user_timeout": "8000",
    }
    assert (found["keepalives"], found["keepalives_interval"], found["keepalives_count"]) == ("1", "2", "3")
    assert (found["application_name"], found["dbname"]) == ("test", "harmony")
    assert conninfo_to_dict(config.conninfo(found, "geheim"))["password"] == "geheim"


def write(folder: Path, text: str) -> dict[str, str]:
    file = folder / "harmony_desk.toml"
    file.write_text(text)
    return {"HARMONY_CONFIG": str(file)}


OFFICE = """
profile = "office"
[server.office]
hosts = ["db1.example.nl", "db2.example.nl:5433", "[fd00::5]:5434"]
root_certificate = "/etc/ssl/ours.pem"
user = "anna.agent"
[server.home]
hosts = ["127.0.0.1:5439"]
"""


def test_a_profile_says_where_the_server_is(tmp_path: Path) -> None:
    environment = write(tmp_path, OFFICE)

    office = config.parameters(None, program="test", environment=environment)
    home = config.parameters(None, program="test", environment=environment | {"HARMONY_PROFILE": "home"})

    assert (office["host"], office["port"]) == ("db1.example.nl,db2.example.nl,fd00::5", "5432,5433,5434")
    assert (office["user"], office["sslrootcert"]) == ("anna.agent", "/etc/ssl/ours.pem")
    assert (office["sslmode"], office["target_session_attrs"]) == ("verify-full", "read-write")
    assert (home["host"], home["port"], home.get("sslmode")) == ("127.0.0.1", "5439", None)


def test_an_argument_wins_over_the_environment_and_that_over_the_profile(tmp_path: Path) -> None:
    environment = write(tmp_path, OFFICE) | {"HARMONY_DSN": "host=127.0.0.2"}

    assert config.parameters("host=127.0.0.3", program="test", environment=environment)["host"] == "127.0.0.3"
    assert config.parameters(None, program="test", environment=environment)["host"] == "127.0.0.2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('profle = "office"', "bad_setting"),
        ("profile = 7", "bad_setting"),
        ('[server.x]\nhosts = "db1"', "bad_setting"),
        ("[server.x]\nhosts = [1]", "bad_setting"),
        ('[server.x]\npassword = "geheim"', "bad_setting"),
        ("server = 7", "bad_settings_file"),
        ("[server]\nx = 7", "bad_settings_file"),
        ("profile = ", "bad_settings_file"),
        ('profile = "elsewhere"', "no_profile"),
    ],
)
def test_a_setting_that_is_wrong_is_named_without_its_value(text: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        config.parameters(None, program="test", environment=write(tmp_path, text))

    assert refused.value.code == code
    assert "geheim" not in str(refused.value)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        config.load({"HARMONY_CONFIG": str(tmp_path / "none.toml")})

    assert refused.value.code == "no_settings_file"


def test_settings_are_frozen_and_each_has_its_sentence() -> None:
    settings = config.Settings()

    with pytest.raises(FrozenInstanceError):
        settings.profile = "x"  # type: ignore[misc]
    declared = [*config.Profile.__dataclass_fields__.values(), *config.Settings.__dataclass_fields__.values()]
    assert all(one.metadata["sentence"].endswith(".") for one in declared if one.name != "servers")
