"""Text that breaks programs, for every field and every import: `tests/data/naughty.txt` and what is too
large to keep in a file."""

import json
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "naughty.txt"

LARGE = {
    "ten megabytes of one letter": "a" * 10_000_000,
    "ten megabytes of digits": "1" * 10_000_000,
    "ten megabytes of spaces": " " * 10_000_000,
    "a megabyte of accents on one letter": "a" + "\u0301\u0316" * 500_000,
    "a megabyte of separated digits": "1 " * 500_000,
    "a megabyte of open brackets": "(" * 1_000_000,
    "a megabyte of plus signs": "+" * 1_000_000,
    "a megabyte of apostrophes": "'" * 1_000_000,
    "a megabyte of prefixes": "van der " * 125_000,
    "two hundred thousand faces": "\U0001f600" * 200_000,
}
"""Named, so that a failing test does not print ten megabytes."""


def strings() -> list[str]:
    """Every entry of the file, lone surrogates included."""
    lines = _FILE.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line and not line.startswith("#")]
