"""Attacks with calls and searches: files opened by calls that never were, answers guessed, searches rolled back."""

from collections.abc import Iterator

import psycopg
import pytest

from tests import factories, rows
from tests.database import Connection, Database
from tests.factories import Person
from tests.probes import Probe

OPEN = "select status from harmony.open_file(%s, 'call', %s)"


@pytest.fixture
def anna(database: Database) -> str:
    return database.create_staff("agent", team="Noord")


@pytest.fixture
def session(database: Database, anna: str) -> Iterator[Connection]:
    with database.login(anna) as connection:
        yield connection


def write_call(connection: Connection, *, ended: bool = False) -> int:
    """A call that the agent writes down himself, as she may for an unknown caller."""
    row = connection.execute(
        "with c as (insert into harmony.contact (channel) values ('phone') returning id) select id from c"
    ).fetchone()
    row = connection.execute(
        "insert into harmony.call (contact_id, started_at, ended_at) values (%s, harmony.clock() - interval '1 minute',"
        " case when %s then harmony.clock() end) returning id",
        (row[0], ended),  # type: ignore[index]
    ).fetchone()
    return int(row[0])  # type: ignore[index]


def people(database: Database, number: int) -> list[Person]:
    return [factories.customer(database) for _ in range(number)]


def open_all(connection: Connection, persons: list[Person], reference: int | None = None) -> list[str]:
    answers = [
        connection.execute(OPEN, (p.id, None if reference is None else str(reference))).fetchone() for p in persons
    ]
    return [str(answer[0]) for answer in answers if answer]


def test_the_fourth_file_of_a_call_asks_a_motive(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    factories.call(database, anna)
    probe.same(open_all(session, people(database, 5)), ["open"] * 3 + ["motive_required"] * 2, what="files of one call")


def test_a_call_that_ended_opens_no_more_than_one_that_goes_on(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    ended = factories.call(database, anna, live=False)
    probe.same(
        open_all(session, people(database, 5), ended),
        ["open"] * 3 + ["motive_required"] * 2,
        what="files of an ended call",
    )
    with database.superuser() as admin:
        admin.execute(
            "update harmony.call set ended_at = ended_at - interval '2 hours', started_at = started_at"
            " - interval '3 hours' where id = %s",
            (ended,),
        )
    probe.same(open_all(session, people(database, 1), ended), ["motive_required"], what="a call of two hours ago")


@pytest.mark.parametrize("ended", [False, True])
def test_calls_that_never_were_open_six_files_an_hour_at_most(
    probe: Probe, session: Connection, database: Database, ended: bool
) -> None:
    opened = 0
    for _ in range(6):
        call = write_call(session, ended=ended)
        opened += open_all(session, people(database, 3), call).count("open")
        if not ended:
            session.execute("update harmony.call set ended_at = harmony.clock() where id = %s", (call,))
    probe.holds(opened == 6, f"{opened} files were opened by forged calls")


def test_a_colleagues_call_opens_nothing(probe: Probe, session: Connection, database: Database) -> None:
    person = factories.customer(database)
    theirs = factories.call(database, database.create_staff("agent"), person)
    probe.same(open_all(session, [person], theirs), ["motive_required"], what="a colleague's call")
    for reference in ("", " ", "-1", "1e3", "99999999999999999999", "1; drop", "x" * 500, "0x1", str(10**17)):
        probe.answers(session, "motive_required", OPEN, (person.id, reference))
    probe.answers(
        session,
        "motive_required",
        "select status from harmony.open_file(%s, 'other', null, '   to short   ')",
        (person.id,),
    )
    long = session.execute(
        "select status from harmony.open_file(%s, 'other', %s, %s)", (person.id, "r" * 500, "m" * 5000)
    ).fetchone()
    probe.holds(long == ("open",), f"a long motive raised instead of being cut: {long}")


def test_somebody_elses_number_opens_no_file(probe: Probe, session: Connection, database: Database) -> None:
    person, other = people(database, 2)
    claim = factories.claim(database, other)
    for reason in ("claim", "repair", "application", "payment", "privacy_request", "mail"):
        for reference in (claim, other.policy_number, other.customer_number, person.customer_number):
            probe.answers(
                session,
                "motive_required",
                "select status from harmony.open_file(%s, %s, %s)",
                (person.id, reason, reference),
            )
    for reason in (None, "", "fraud", "OTHER", "x" * 100):
        probe.answers(
            session,
            "refused: not_allowed",
            "select status from harmony.open_file(%s, %s, null, %s)",
            (person.id, reason, "x" * 20),
        )
    probe.answers(
        session, "refused: unknown", "select status from harmony.open_file(null, 'other', null, %s)", ("x" * 20,)
    )


def test_a_call_does_not_begin_again(probe: Probe, session: Connection, database: Database, anna: str) -> None:
    ended = factories.call(database, anna, live=False)
    for value in ("null", "harmony.clock() + interval '1 hour'"):
        probe.refused(session, f"update harmony.call set ended_at = {value} where id = {ended}", code="HD003")


def test_verification_is_not_guessed(probe: Probe, session: Connection, database: Database, anna: str) -> None:
    person = factories.customer(database)
    rows.open_file(database, anna, person)
    ask = "select result from harmony.check_answer(%s, 'iban_last4', %s)"

    def right_after(guesses: int, call: int) -> str:
        for number in range(guesses):
            session.execute(ask, (call, f"{number:04d}"))
        return str(session.execute(ask, (call, person.iban[-4:])).fetchone()[0])  # type: ignore[index]

    first = factories.call(database, anna, person)
    probe.same(right_after(5, first), "too_many", what="the sixth answer in one call")
    # Neither another call of the same person, nor linking anew, gives five more.
    second = factories.call(database, anna, person)
    probe.same(right_after(0, second), "too_many", what="the sixth answer in another call")
    session.execute("select harmony.link_call(%s, null)", (first,))
    session.execute("select harmony.link_call(%s, %s)", (first, person.id))
    probe.same(right_after(0, first), "too_many", what="the sixth answer after linking anew")
    probe.refused(session, "update harmony.call set verification_level = 3 where id = %s", (first,))
    probe.refused(session, "insert into harmony.call_verification (call_id) values (%s)", (first,))
    probe.refused(session, "delete from harmony.call_verification")


def test_rolled_back_answers_count(probe: Probe, session: Connection, database: Database, anna: str) -> None:
    person = factories.customer(database)
    rows.open_file(database, anna, person)
    call = factories.call(database, anna, person)
    ask = "select result from harmony.check_answer(%s, 'iban_last4', %s)"
    for number in range(4):
        session.execute("begin")
        session.execute(ask, (call, f"{number:04d}"))
        session.execute("rollback")
    session.execute("select count(*) from harmony.find_customers('zzqxzzqx')")  # a committed one in between
    session.execute("begin")
    session.execute(ask, (call, "9999"))
    session.execute("rollback")
    probe.answers(session, "too_many", ask, (call, person.iban[-4:]))


def searches(connection: Connection, number: int, person: Person, *, around: tuple[str, ...] = ()) -> int:
    """How many of so many searches were answered before HD002; `around` each: what begins and what ends it."""
    answered = 0
    for _ in range(number):
        for statement in around[:1]:
            connection.execute(statement)  # type: ignore[call-overload]
        try:
            connection.execute("select count(*) from harmony.find_customers(%s)", (person.customer_number,))
            answered += 1
        except psycopg.Error as error:
            if error.sqlstate != "HD002":
                raise
            if around[:1] != ("begin",):
                break
        for statement in around[1:]:
            connection.execute(statement)  # type: ignore[call-overload]
    return answered


def test_searching_and_rolling_back_ends_with_hd002(probe: Probe, session: Connection, database: Database) -> None:
    person = factories.customer(database)
    answered = searches(session, 30, person, around=("begin", "rollback"))

    probe.holds(answered == 20, f"{answered} searches were answered and rolled back")
    probe.refused(session, "select * from harmony.find_customers(%s)", (person.customer_number,), code="HD002")
    probe.refused(session, "select harmony.check_answer(1, 'address', 'x')", code="HD002")


def test_one_long_transaction_is_no_way_round(probe: Probe, session: Connection, database: Database) -> None:
    session.execute("begin")
    answered = searches(session, 40, factories.customer(database), around=("savepoint s", "release s"))
    session.execute("rollback")

    probe.holds(answered == 20, f"{answered} searches in one transaction that was rolled back")


def test_sixty_searches_a_minute_and_fifty_cards_are_the_most(
    probe: Probe, session: Connection, database: Database
) -> None:
    with database.superuser() as admin:
        admin.execute(
            "insert into harmony.customer (last_name, first_name) select 'Massaals', 'Veel' from generate_series(1, 70)"
        )
    for asked in (50, 51, 1000000, None, -1, 0):
        found = session.execute("select count(*) from harmony.find_customers('massaals', %s)", (asked,)).fetchone()
        probe.holds(found is not None and found[0] <= 50, f"{asked} asked, {found} given")
    for text in ("", "a", "ab", "  ", "%%%", "___", None):
        probe.refused(session, "select * from harmony.find_customers(%s)", (text,), code="HD001")
    answered = searches(session, 70, factories.customer(database))
    probe.holds(answered <= 60, f"{answered} of 70 were answered within a minute")


def test_a_restricted_customer_is_a_number_on_a_card_and_in_no_list(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    person, mark = rows.fill(database, database.create_staff("agent"))
    mine, _ = rows.fill(database, anna)
    for restricted in (person, mine):
        rows.restrict(database, restricted)
    card = session.execute(
        "select display_name, birth_year, postcode, city from harmony.find_customers(%s)", (person.customer_number,)
    ).fetchone()
    probe.holds(card == ("Klant afgeschermd", None, None, None), f"{card}")
    listed = session.execute("select harmony.restricted_customers()").fetchone()[0]  # type: ignore[index]
    probe.holds(person.id not in listed, "the list of all restricted customers is given away")
    changed = session.execute("update harmony.contact set note = 'GEWIST'").rowcount
    with database.superuser() as admin:
        note = admin.execute(
            "select count(*) from harmony.contact where customer_id = %s and note = 'GEWIST'", (mine.id,)
        ).fetchone()
    probe.holds(note == (0,), f"{changed} rows changed, a restricted one among them")
    probe.nothing(session, "select id from harmony.contact where customer_id = %s", (mine.id,))
    assert mark


def test_objections_and_accounts_refuse_what_is_odd(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    person = factories.customer(database)
    rows.open_file(database, anna, person)
    for who, scope, channel in ((None, "training", "phone"), (10**15, "training", "phone"), (person.id, "x", "phone"),
                                (person.id, None, "phone"), (person.id, "training", "x"), (person.id, "training", None)):  # fmt: skip
        probe.answers(
            session,
            "refused: not_allowed",
            "select status from harmony.set_objection(%s, %s, true, %s)",
            (who, scope, channel),
        )
    for customer in (None, 10**15):
        for function in ("touch_file(%s)", "reveal_bank_account(%s, 'terugbetaling')"):
            probe.answers(session, "refused: not_allowed", f"select status from harmony.{function}", (customer,))
    for ticket in (None, "00000000-0000-0000-0000-000000000000"):
        probe.answers(
            session, "refused: not_allowed", "select status from harmony.bank_account_revealed(%s)", (ticket,)
        )
    probe.answers(
        session,
        "refused: not_verified",
        "select status from harmony.reveal_bank_account(%s, 'terugbetaling')",
        (person.id,),
    )
    for number in (None, 10**15):
        for function in ("remove_phone", "remove_email"):
            probe.answers(session, "refused: not_allowed", f"select status from harmony.{function}(%s)", (number,))


def test_a_call_is_linked_by_its_own_agent_to_an_open_file_only(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    closed = factories.customer(database)
    mine = factories.call(database, anna)
    theirs = factories.call(database, database.create_staff("agent"))
    for call, customer in (
        (mine, closed.id),
        (theirs, None),
        (theirs, closed.id),
        (10**15, None),
        (None, None),
        (mine, 10**15),
    ):
        probe.answers(session, "refused: not_allowed", "select status from harmony.link_call(%s, %s)", (call, customer))
    rows.open_file(database, anna, closed)
    assert session.execute("select status from harmony.link_call(%s, %s)", (mine, closed.id)).fetchone() == ("ok",)
    probe.answers(session, "refused: not_allowed", "select status from harmony.link_call(%s, %s)", (theirs, closed.id))


def test_an_account_is_shown_for_a_committed_request_of_ones_own(probe: Probe, database: Database) -> None:
    """Finance may see accounts of open files; the ticket follows the same rules as one for a recording."""
    fenna = database.create_staff("finance")
    person = factories.customer(database)
    ask = "select status, ticket from harmony.reveal_bank_account(%s, 'terugbetaling')"
    look = "select status, iban from harmony.bank_account_revealed(%s)"
    with database.login(fenna) as session, database.login(database.create_staff("finance")) as thief:
        assert session.execute(ask, (person.id,)).fetchone() == ("refused: not_allowed", None)
        rows.open_file(database, fenna, person)
        session.execute("begin")
        given = session.execute(ask, (person.id,)).fetchone()[1]  # type: ignore[index]
        probe.same(
            session.execute(look, (given,)).fetchone(), ("refused: not_committed", None), what="same transaction"
        )
        session.execute("rollback")
        probe.same(session.execute(look, (given,)).fetchone(), ("refused: not_allowed", None), what="rolled back")
        given = session.execute(ask, (person.id,)).fetchone()[1]  # type: ignore[index]
        probe.same(thief.execute(look, (given,)).fetchone(), ("refused: not_allowed", None), what="stolen")
        session.execute("begin isolation level repeatable read")
        probe.same(session.execute(look, (given,)).fetchone(), ("refused: wrong_isolation", None), what="old snapshot")
        session.execute("rollback")
        assert session.execute(look, (given,)).fetchone() == ("ok", person.iban)
        session.execute("select harmony.close_file(%s)", (person.id,))
        probe.same(session.execute(look, (given,)).fetchone(), ("refused: not_allowed", None), what="file closed")
        rows.open_file(database, fenna, person)
        with database.superuser() as admin:
            admin.execute(
                "update harmony.bank_reveal set requested_at = requested_at - interval '16 minutes' where ticket = %s",
                (given,),
            )
        probe.same(session.execute(look, (given,)).fetchone(), ("refused: ticket_old", None), what="old ticket")


def test_locking_reads_lock_and_show_open_files_only(
    probe: Probe, session: Connection, database: Database, anna: str
) -> None:
    person = factories.customer(database)
    for strength in ("update", "no key update", "share", "key share"):
        for table, column in (("customer", "id"), ("customer_phone", "customer_id"), ("task", "customer_id")):
            probe.nothing(session, f"select {column} from harmony.{table} where {column} = {person.id} for {strength}")
    for table in ("file_opening", "search_log", "disclosure", "setting", "recording"):
        probe.refused(session, f"select 1 from harmony.{table} for update")
