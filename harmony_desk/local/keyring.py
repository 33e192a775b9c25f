"""Passwords in this machine's keyring (Secret Service, Windows, macOS), used only where it proves itself.

A backend that reports itself ready may still refuse or ask on a screen that is not there (audio.md 8), so it
is tried with a random entry first, and never waited for longer than some seconds.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from typing import TypeVar

SERVICE = "harmony-desk"
_WAIT_SECONDS = 5.0
# Places that only look like a safe: nothing, and files that anybody may read.
_UNSAFE = ("keyring.backends.null", "keyring.backends.fail", "keyrings.")
Result = TypeVar("Result")


def works() -> bool:
    """Whether a password put into the keyring comes back and can be taken out again."""
    return bool(_in_time(_probe))


def find(account: str) -> str | None:
    """The password kept for this account; None when there is none or no keyring that answers."""
    return _in_time(lambda: _backend_get(account))


def keep(account: str, password: str) -> bool:
    """Keeps a password; says whether it is there now."""
    return works() and bool(_in_time(lambda: _put(account, password)))


def forget(account: str) -> None:
    """Takes a password out, if it is there."""
    _in_time(lambda: _remove(account))


def account_of(parameters: dict[str, str]) -> str:
    """The name under which the password of a login on a server is kept."""
    where = parameters.get("host") or parameters.get("hostaddr", "")
    return f"{parameters.get('user', '')}@{where}:{parameters.get('port', '5432')}/{parameters.get('dbname', '')}"


def _probe() -> bool:
    name, value = f"probe-{secrets.token_hex(8)}", secrets.token_urlsafe(16)
    if not _put(name, value):
        return False
    there = _backend_get(name) == value
    _remove(name)
    return there and _backend_get(name) is None


def _put(account: str, password: str) -> bool:
    # Imported late, here and below: keyring takes 95 ms and looks for its backends.
    import keyring

    if not _is_safe(keyring.get_keyring()):
        return False
    keyring.set_password(SERVICE, account, password)
    return keyring.get_password(SERVICE, account) == password


def _backend_get(account: str) -> str | None:
    import keyring

    return keyring.get_password(SERVICE, account) if _is_safe(keyring.get_keyring()) else None


def _remove(account: str) -> None:
    import keyring

    keyring.delete_password(SERVICE, account)


def _is_safe(backend: object) -> bool:
    parts = getattr(backend, "backends", None)  # a chain is as safe as its weakest part
    if isinstance(parts, (list, tuple)):
        return bool(parts) and all(_is_safe(part) for part in parts)
    return not type(backend).__module__.startswith(_UNSAFE)


def _in_time(act: Callable[[], Result]) -> Result | None:
    """What `act` gives; None when it fails or keeps waiting for somebody to unlock the keyring."""
    found: list[Result] = []

    def run() -> None:
        from keyring.errors import KeyringError

        try:
            found.append(act())
        except (KeyringError, RuntimeError, OSError, ValueError):
            # Backends let the errors of D-Bus and the system through as they are; no keyring is no disaster.
            return

    thread = threading.Thread(target=run, name="keyring", daemon=True)
    thread.start()
    thread.join(_WAIT_SECONDS)
    return found[0] if found else None
