"""A password is kept only where it comes back and can be taken out again."""

from collections.abc import Callable, Iterator

import keyring as library
import pytest
from keyring.backends import chainer, fail, null

from harmony_desk.local import keyring
from tests.keyrings import Forgetful, Locked, Memory, Waiting


@pytest.fixture(autouse=True)
def own_backend() -> Iterator[None]:
    before = library.get_keyring()
    yield
    library.set_keyring(before)


def test_a_keyring_that_works_keeps_and_forgets() -> None:
    memory = Memory()
    library.set_keyring(memory)

    assert keyring.works()
    assert keyring.keep("anna@db", "geheim")
    assert keyring.find("anna@db") == "geheim"
    keyring.forget("anna@db")
    keyring.forget("anna@db")
    assert keyring.find("anna@db") is None
    assert memory.kept == {}  # the tries left nothing behind


@pytest.mark.parametrize("backend", [Locked, Forgetful, null.Keyring, fail.Keyring])
def test_one_that_does_not_is_not_used(backend: Callable[[], library.backend.KeyringBackend]) -> None:
    library.set_keyring(backend())

    assert not keyring.works()
    assert not keyring.keep("anna@db", "geheim")
    assert keyring.find("anna@db") is None


def test_a_file_that_anybody_may_read_is_no_keyring() -> None:
    plain = type("PlaintextKeyring", (Memory,), {"__module__": "keyrings.alt.file"})()
    library.set_keyring(plain)

    assert not keyring.keep("anna@db", "geheim")
    assert plain.kept == {}


def test_a_chain_is_as_safe_as_its_weakest_part(monkeypatch: pytest.MonkeyPatch) -> None:
    class Chain(Memory):
        backends = (Memory(), null.Keyring())

    assert hasattr(chainer.ChainerBackend, "backends")  # the name that the library uses
    library.set_keyring(Chain())

    assert not keyring.works()


def test_nobody_waits_for_a_locked_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "_WAIT_SECONDS", 0.2)
    waiting = Waiting()
    library.set_keyring(waiting)
    try:
        assert keyring.find("anna@db") is None
    finally:
        waiting.released.set()


def test_one_account_for_each_login_on_each_server() -> None:
    here = {"user": "anna", "host": "db1,db2", "port": "5433", "dbname": "harmony"}

    assert keyring.account_of(here) == "anna@db1,db2:5433/harmony"
    assert keyring.account_of({"hostaddr": "10.0.0.5"}) == "@10.0.0.5:5432/"
