"""The settings that our server runs with, and those that nobody may change."""

from collections.abc import Mapping
from pathlib import Path

from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _
from harmony_desk.local.cluster import Place

# Loopback over TCP only: no socket file in a folder that others share.
_REACH = {"listen_addresses": "127.0.0.1", "unix_socket_directories": ""}

_SECRECY = {
    "password_encryption": "scram-sha-256",
    # Values never reach the log: not as parameters, nor as the text or detail of a failing
    # statement (its message repeats what was typed). The program logs SQLSTATE and constraint.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_error_statement": "panic",
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
}

_TIMEOUTS = {
    "idle_in_transaction_session_timeout": "300s",
    # Milliseconds; a desk whose cable is pulled frees its row locks in 8 seconds.
    "tcp_user_timeout": "8000",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "2",
    "tcp_keepalives_count": "3",
    "client_connection_check_interval": "2000",
    "authentication_timeout": "20s",
}

_SIZE = {
    "max_connections": "100",
    "shared_buffers": "32MB",
    "max_wal_size": "512MB",
    "max_prepared_transactions": "0",
    "jit": "off",
}

_REST = {
    "cluster_name": "harmony-desk",
    "fsync": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "logging_collector": "on",
    # A week of logs: each weekday's file is started afresh after seven days.
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_line_prefix": "%m [%p] ",
}

_FIXED = frozenset(_REACH) | {"password_encryption", "hba_file", "ident_file", "data_directory"}


def lines(place: Place, chosen: Mapping[str, str]) -> dict[str, str]:
    """Everything for postgresql.conf; `chosen` wins, except over what keeps the server closed."""
    fixed = _FIXED & {name.lower() for name in chosen}
    if fixed:
        raise UserError(_("The setting {name} of the embedded server cannot be chosen.").format(name=sorted(fixed)[0]))
    files = {
        "data_directory": str(place.pgdata),
        "hba_file": str(place.conf / "pg_hba.conf"),
        "ident_file": str(place.conf / "pg_ident.conf"),
        "log_directory": str(place.log),
    }
    return {**_REST, **_SIZE, **_TIMEOUTS, **_SECRECY, **_REACH, **files, **chosen}


def configuration_file(place: Place) -> Path:
    return place.conf / "postgresql.conf"
