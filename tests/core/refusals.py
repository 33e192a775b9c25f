"""How the tests of core ask whether something was refused well."""

import traceback
from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from harmony_desk.core.errors import InvalidInput

anything = st.text(st.characters())
"""Any text at all, half surrogate pairs included: what a paste can bring."""


def near(*alphabet: str) -> st.SearchStrategy[str]:
    """Texts that look like the real thing more often than `anything` does."""
    return st.lists(st.sampled_from(alphabet), max_size=24).map("".join)


def refused(function: Callable[..., object], *arguments: object, **named: object) -> InvalidInput:
    """The refusal that this call gives; a field, a code and a sentence without the value are demanded."""
    with pytest.raises(InvalidInput) as caught:
        function(*arguments, **named)
    error = caught.value
    assert error.field
    assert error.code
    assert error.message.endswith(".")
    value = arguments[0] if arguments else None
    if isinstance(value, str) and len(value.strip()) >= 4:
        shown = "".join(traceback.format_exception(error))
        assert value.strip() not in error.message
        # The test's own source line is in the stack; the messages of the whole chain must be clean.
        assert f": {value}" not in shown
    return error


def outcome(function: Callable[..., object], *arguments: object, **named: object) -> object:
    """What the call gives, or the code of its refusal; any other exception is a failing test."""
    try:
        return function(*arguments, **named)
    except InvalidInput as error:
        return ("refused", error.code if error.field else "no field named")
