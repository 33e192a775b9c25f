"""What can go wrong in a way that the person at the desk can act upon.

A `UserError` carries a whole sentence in the person's language, made by `texts._()`. Everything
else that is raised is a bug: it is logged with its stack and shown as a crash report.

The sentence never holds what the person typed, nor anything about a customer: exceptions travel
into logs and crash reports, and personal data must not.
"""


class UserError(Exception):
    """A known problem: says what happened and what to do.

    `message` is the sentence, `field` the name of the field it belongs to (as in the use case's
    arguments, so that a screen can show the sentence beside it), `code` a stable snake_case word
    for programs (`--json`, tests, the window's choice of an icon).
    """

    def __init__(self, message: str, *, field: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.code = code

    def __str__(self) -> str:
        return self.message


class InvalidInput(UserError):
    """What was typed cannot be right or cannot be kept; nothing was changed."""


class NotAllowed(UserError):
    """The database refused: a right, an objection, a limit or a missing step before this one."""


class Conflict(UserError):
    """Somebody else changed the same thing first, or it was already done."""


class NotFound(UserError):
    """It is not there, or not visible to this login; the two must read the same."""


class Unreachable(UserError):
    """The server or the recordings' store does not answer; what was typed is still safe."""
