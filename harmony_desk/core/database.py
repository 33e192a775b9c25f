"""The one place that opens, commits and rolls back, and that turns a database error into words.

Three roads (decisions.md): `ask` for the gate's functions (each statement commits by itself), `read` for a
read-only transaction, `write` for a use case whose client-made id makes a second try harmless.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Engine, create_engine, event, exc, text
from sqlalchemy.orm import Session

from harmony_desk.core import errors
from harmony_desk.core.texts import N_, _

log = logging.getLogger(__name__)
Result = TypeVar("Result")
_PING_AFTER_IDLE_SECONDS = 30.0


class Database:
    """Connections of one login to one database. Never used on the window's thread: every call may wait."""

    def __init__(
        self,
        connect: Callable[[], psycopg.Connection[Any]],
        *,
        pool_size: int = 5,
        refused_thread: threading.Thread | None = None,
    ) -> None:
        """`connect` opens one connection (config builds it); `refused_thread` is the one that may not wait."""
        self._refused_thread = refused_thread
        self._engine = create_engine(
            "postgresql+psycopg://",
            creator=connect,
            pool_size=pool_size,
            max_overflow=0,
            pool_timeout=5,
            pool_recycle=1800,
            hide_parameters=True,
        )
        _ping_after_idle(self._engine)

    def ask(self, question: Callable[[Session], Result]) -> Result:
        """Runs gate functions: what they wrote is committed statement by statement, as tickets need."""
        return self._run(question, {"isolation_level": "AUTOCOMMIT"})

    def read(self, question: Callable[[Session], Result]) -> Result:
        """Runs a question in a read-only transaction."""
        return self._run(question, {"postgresql_readonly": True})

    def write(self, act: Callable[[Session], Result], *, command: uuid.UUID | None = None) -> Result:
        """Runs a use case in one transaction and commits it.

        `command` is the id the client made for this write; trying again with the same id does nothing twice.
        When the answer to COMMIT is lost, the server is asked whether the command was done. Raises
        errors.Conflict when it had been done before, errors.Unreachable when nothing was saved.
        """
        self._refuse_waiting()
        command = command or uuid.uuid4()
        committing = False
        result: Result
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                session.execute(text("insert into harmony.command (id) values (:id)"), {"id": command})
                result = act(session)
                session.flush()
                committing = True
                session.commit()
        except exc.DBAPIError as error:
            if committing and error.connection_invalidated:
                if self.was_done(command):
                    return result
                raise errors.Unreachable(
                    _("The connection was lost while saving. Nothing was saved; save again."),
                    code="not_saved",
                ) from None
            raise translated(error) from None
        return result

    def was_done(self, command: uuid.UUID) -> bool:
        """Whether the write with this id is in the database. Tries for some seconds to get an answer."""
        for pause in (0.0, 0.5, 1.0, 2.0, 4.0):
            time.sleep(pause)
            try:
                return self.read(
                    lambda session: (
                        session.execute(text("select 1 from harmony.command where id = :id"), {"id": command}).first()
                        is not None
                    )
                )
            except errors.Unreachable:
                self._engine.dispose()
        raise errors.Unreachable(
            _(
                "The connection is gone and it is not certain whether this was saved. "
                "It is looked up as soon as the server answers."
            ),
            code="uncertain",
        )

    def close(self) -> None:
        """Gives all connections back to the server."""
        self._engine.dispose()

    def _run(self, question: Callable[[Session], Result], options: Mapping[str, Any]) -> Result:
        self._refuse_waiting()
        try:
            with (
                self._engine.connect().execution_options(**options) as connection,
                Session(connection, expire_on_commit=False) as session,
            ):
                return question(session)
        except (exc.DBAPIError, exc.TimeoutError) as error:
            raise translated(error) from None

    def _refuse_waiting(self) -> None:
        if self._refused_thread is threading.current_thread():
            raise RuntimeError("the database is asked on the thread of the window")


def translated(error: exc.SQLAlchemyError) -> errors.UserError | exc.SQLAlchemyError:
    """The error in the person's words; an error that nobody can act on comes back as it was, without values.

    Raise it `from None`: the server's own text shows values of rows (architecture.md, fact 7).
    """
    original = getattr(error, "orig", None)
    if isinstance(error, exc.TimeoutError):
        return errors.Unreachable(_("The server is too busy. Try again in a moment."), code="busy")
    if not isinstance(original, psycopg.Error):
        return error
    state = original.sqlstate or ""
    constraint = original.diag.constraint_name or ""
    log.warning("database error: sqlstate %s constraint %s", state, constraint)
    if state in _KNOWN:
        kind, sentence = _KNOWN[state]
        return kind(_(sentence), code=state)
    if state == "23505" and constraint == "command_pkey":
        return errors.Conflict(_("This was already saved."), code="already_done")
    if state in ("23514", "23502", "23505", "23503"):
        return _broken_rule(constraint, original.diag.column_name)
    if getattr(error, "connection_invalidated", False) or state[:2] in ("08", "57", "53", ""):
        return errors.Unreachable(
            _("The connection with the server is gone. What you typed is kept; try again in a moment."),
            code="connection_lost",
        )
    return Bug(state, constraint)


class Bug(exc.SQLAlchemyError):
    """A database error that nobody at the desk can act on: its SQLSTATE and constraint, never a value."""

    def __init__(self, state: str, constraint: str) -> None:
        super().__init__(f"SQLSTATE {state or 'none'} constraint {constraint or 'none'}")


_KNOWN: Mapping[str, tuple[type[errors.UserError], str]] = MappingProxyType(
    {
        "HD001": (errors.InvalidInput, N_("Type at least three characters.")),
        "HD002": (
            errors.NotAllowed,
            N_("You searched very often in a short time. Wait a moment and try again."),
        ),
        "HD003": (errors.NotAllowed, N_("The audit trail cannot be changed.")),
        "42501": (errors.NotAllowed, N_("Your role does not allow this, or the file is not open.")),
        "22001": (errors.InvalidInput, N_("This text is too long.")),
        "22021": (errors.InvalidInput, N_("This text holds characters that cannot be stored.")),
        "22007": (errors.InvalidInput, N_("This is not a date. Type it as day-month-year.")),
        "22008": (errors.InvalidInput, N_("This is not a date. Type it as day-month-year.")),
        "28P01": (
            errors.NotAllowed,
            N_("User name or password is wrong, or the password has expired. Ask the administrator."),
        ),
        "28000": (errors.NotAllowed, N_("This account may not log in. Ask the administrator.")),
        "53300": (
            errors.Unreachable,
            N_("There are too many sessions open for this account. Close one and try again."),
        ),
        "57P01": (errors.Unreachable, N_("The server ended this session. Log in again.")),
        "25006": (
            errors.Unreachable,
            N_("The server takes no changes at the moment. Try again in a moment."),
        ),
        "40001": (errors.Conflict, N_("A colleague changed the same thing at the same time. Try again.")),
        "40P01": (errors.Conflict, N_("A colleague changed the same thing at the same time. Try again.")),
        "55P03": (errors.Conflict, N_("A colleague is changing the same thing. Try again in a moment.")),
        "57014": (
            errors.Unreachable,
            N_("This took too long and was stopped. Try again with a narrower question."),
        ),
    }
)

# What a broken rule of the database is called in front of a person, by the name of its constraint.
_RULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "customer_last_name_filled": ("last_name", N_("Fill in a surname.")),
        "customer_last_name_length": ("last_name", N_("The surname is too long.")),
        "customer_postcode_nl": (
            "postcode",
            N_("This is not a Dutch postcode. Four digits and two letters, such as 3511 ZK."),
        ),
        "customer_postcode_form": ("postcode", N_("A postcode holds capital letters and digits only.")),
        "customer_birth_date_range": ("birth_date", N_("This date of birth cannot be right.")),
        "customer_house_number_range": ("house_number", N_("A house number is between 1 and 99999.")),
        "customer_country_form": ("country", N_("Choose a country from the list.")),
        "customer_gender_codes": ("gender", N_("Choose one of the listed values.")),
        "customer_phone_e164_form": ("phone", N_("This is not a telephone number that can be dialled.")),
        "customer_phone_customer_id_e164_key": (
            "phone",
            N_("This customer already has this telephone number."),
        ),
        "customer_email_address_form": ("email", N_("This is not an e-mail address.")),
        "customer_email_customer_id_address_norm_key": (
            "email",
            N_("This customer already has this e-mail address."),
        ),
        "bank_account_iban_form": ("iban", N_("This is not an IBAN.")),
        "insured_item_imei_form": ("imei", N_("An IMEI has 15 digits.")),
        "insured_item_serial_number_form": (
            "serial_number",
            N_("A serial number has 4 to 30 capital letters, digits or hyphens."),
        ),
        "call_ends_after_start": ("ended_at", N_("A call cannot end before it began.")),
        "recording_kept_180_days_at_most": (
            "recorded_at",
            N_("A recording is kept for 180 days at most."),
        ),
        "policy_ends_after_start": ("ends_on", N_("The end date is before the start date.")),
    }
)


def _broken_rule(constraint: str, column: str | None) -> errors.InvalidInput:
    field, sentence = _RULES.get(
        constraint, (column, N_("One of the values is not allowed. Check what you filled in."))
    )
    return errors.InvalidInput(_(sentence), field=field, code=constraint or None)


def _ping_after_idle(engine: Engine) -> None:
    """Tests a connection that lay idle for 30 seconds before it is used; a dead one is replaced unseen."""

    @event.listens_for(engine, "checkin")
    def remember(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def ping(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("idle_since", time.monotonic()) < _PING_AFTER_IDLE_SECONDS:
            return
        try:
            connection.execute("select 1")
            connection.rollback()
        except psycopg.Error:
            raise exc.DisconnectionError from None
