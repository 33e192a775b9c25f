"""Keyrings of our own making, good and bad, for the library `keyring`."""

import threading

from keyring.backend import KeyringBackend
from keyring.errors import InitError, PasswordDeleteError


class Memory(KeyringBackend):
    """One that works, for as long as the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError("not there")
        del self.kept[service, username]


class Locked(Memory):
    """Reports itself ready, then asks on a screen that is not there (audio.md 8)."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise InitError("Prompt dismissed")


class Forgetful(Memory):
    """Says yes and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        return


class Waiting(Memory):
    """Waits for somebody to unlock it, until the test is over."""

    def __init__(self) -> None:
        super().__init__()
        self.released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.released.wait(30)
        return None
