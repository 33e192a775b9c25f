"""What the search looks names up in; filled by triggers, read by harmony_searcher alone.

Kept beside the customer because a policy costs every text operator its index (search.md). The tables and
their indexes are made by v0001_search.sql; they are mapped here for their marks.
"""

from __future__ import annotations

from types import MappingProxyType

from sqlalchemy import BigInteger, Integer, SmallInteger, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped

from harmony_desk.core.model.base import Base, PersonalData, other

_BYTEWISE = Text(collation="C")


class SearchName(Base):
    """One row for each ordered pair of words of a person's names."""

    __tablename__ = "search_name"
    customer_id: Mapped[int] = other(BigInteger, PersonalData.LINK, null=False)
    word: Mapped[str] = other(_BYTEWISE, PersonalData.IDENTITY, null=False)
    role: Mapped[int] = other(SmallInteger, null=False)
    next: Mapped[str] = other(_BYTEWISE, PersonalData.IDENTITY, null=False)
    others: Mapped[str] = other(_BYTEWISE, PersonalData.IDENTITY, null=False)
    initials: Mapped[str] = other(_BYTEWISE, PersonalData.IDENTITY, null=False)
    prefix: Mapped[str] = other(_BYTEWISE, PersonalData.IDENTITY, null=False)

    __mapper_args__ = MappingProxyType({"primary_key": ["customer_id", "word", "role", "next"]})


class SearchWord(Base):
    """The dictionary: distinct words with counts; it leads to nobody."""

    __tablename__ = "search_word"
    word: Mapped[str] = other(_BYTEWISE, null=False)
    role: Mapped[int] = other(SmallInteger, null=False)
    people: Mapped[int] = other(Integer, null=False, default="1")
    sound: Mapped[str] = other(_BYTEWISE, null=False)
    slips: Mapped[list[str]] = other(ARRAY(_BYTEWISE), null=False)

    __mapper_args__ = MappingProxyType({"primary_key": ["word", "role"]})
