"""`harmony-desk self-test`: whether this program is whole, without a window and without a database."""

import importlib
import sys

import click

from harmony_desk.cli import output
from harmony_desk.core.errors import UserError
from harmony_desk.core.texts import _

# What a frozen program loses most easily: compiled parts, and modules that are found by name only.
# build.spec packs what stands here.
MODULES = (
    "alembic", "av", "babel", "cryptography.hazmat.primitives.ciphers.aead", "keyring.backends",
    "harmony_desk.documents.repair_order", "phonenumbers", "psutil", "psycopg", "psycopg_binary", "python_calamine",
    "reportlab.pdfgen.canvas", "sqlalchemy.orm",
    "stdnum.iban", "stdnum.imei", "stdnum.nl.bsn",
)  # fmt: skip


@click.command("self-test")
@output.json_option
def self_test(as_json: bool) -> None:
    """Load every part and find the programs of the database."""
    missing = [name for name in MODULES if not _loads(name)]
    if missing:
        raise UserError(
            _("These parts are missing or broken: {names}.").format(names=", ".join(missing)), code="incomplete"
        )
    facts: dict[str, object] = {"modules": len(MODULES), "python": sys.version.split()[0]}
    if sys.platform == "linux":
        # Imported here: the supervision of the embedded server is for Linux alone.
        from harmony_desk.local import binaries

        found = binaries.inspect(binaries.find().folder)
        if found is None:
            raise UserError(_("The programs of PostgreSQL do not run."), code="no_postgres")
        facts["postgres"] = found.version
    output.answer({"ok": True, **facts}, _("All parts are there."), as_json=as_json)


def _loads(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True
