"""Lists of customers that were brought in: the runs, and who came with which."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from harmony_desk.core.model.base import (
    SCHEMA,
    Base,
    PersonalData,
    code,
    key,
    link,
    login_name,
    moment,
    other,
    words,
)
from harmony_desk.core.model.trace import Xid8

NONE, TRACE = PersonalData.NONE, PersonalData.TRACE


class ImportRun(Base):
    """One list: who brought it, where it came from, what became of it. Nothing that was in it."""

    __tablename__ = "import_run"
    id: Mapped[int] = key()
    staff_login: Mapped[str] = login_name(null=False)
    source: Mapped[str] = words(NONE, 200, null=False)
    file_digest: Mapped[str] = words(NONE, 64, null=False)
    rows: Mapped[int] = other(Integer, null=False)
    checked: Mapped[int] = other(Integer, null=False, default="0")
    imported: Mapped[int] = other(Integer, null=False, default="0")
    removed: Mapped[int] = other(Integer, null=False, default="0")
    status: Mapped[str] = code("open", "done", "undone", default="open")
    started_at: Mapped[dt.datetime] = moment(TRACE, now=True)
    finished_at: Mapped[dt.datetime | None] = moment(TRACE)
    undone_at: Mapped[dt.datetime | None] = moment(TRACE)
    undone_by: Mapped[str | None] = login_name()
    # The comparison with the database counts only for a run that was committed: a rolled-back trace is none.
    xid: Mapped[str] = other(Xid8, null=False, default="pg_current_xact_id()")
    __table_args__ = (
        CheckConstraint("file_digest ~ '^[0-9a-f]{64}$'", name="file_digest_form"),
        CheckConstraint("rows between 1 and 100000", name="rows_range"),
        CheckConstraint("imported between 0 and rows", name="imported_range"),
        CheckConstraint("removed between 0 and imported", name="removed_range"),
        CheckConstraint("char_length(btrim(source)) >= 3", name="source_filled"),
        Index("import_run_staff_login_started_at_idx", "staff_login", "started_at"),
    )


class ImportCustomer(Base):
    """Which list a customer came with: the source of his data, which he may ask for (AVG art. 15 lid 1 g)."""

    __tablename__ = "import_customer"
    customer_id: Mapped[int] = mapped_column(
        BigInteger,
        ForeignKey(f"{SCHEMA}.customer.id"),
        primary_key=True,
        autoincrement=False,
        info={"personal_data": PersonalData.LINK},
    )
    run_id: Mapped[int] = link("import_run.id")
    __table_args__ = (Index("import_customer_run_id_idx", "run_id"),)
