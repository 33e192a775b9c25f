"""The one kind of exception that people see."""

import copy
import pickle

import pytest

from harmony_desk.core import errors

KINDS = [errors.InvalidInput, errors.NotAllowed, errors.Conflict, errors.NotFound, errors.Unreachable]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_user_error_with_its_sentence(kind: type[errors.UserError]) -> None:
    error = kind("Vul een postcode in.", field="postcode", code="required")

    assert isinstance(error, errors.UserError)
    assert str(error) == error.message == "Vul een postcode in."
    assert (error.field, error.code) == ("postcode", "required")


def test_field_and_code_are_optional() -> None:
    error = errors.UserError("Probeer het opnieuw.")

    assert error.field is None
    assert error.code is None


def test_an_error_survives_a_worker_process_and_a_copy() -> None:
    error = errors.Conflict("Een collega was eerder.", field="name", code="stale_version")

    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is errors.Conflict
        assert (twin.message, twin.field, twin.code) == (error.message, error.field, error.code)
