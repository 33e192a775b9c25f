"""The command line: `harmony-desk GROUP COMMAND`, one file per group.

Ends with 0, 1 (a known problem, one sentence on standard error), 2 (a wrong command line),
70 (a bug: a reference on standard error, the stack in the log) or 130 (Ctrl+C).
"""

import sys
from collections.abc import Sequence

import click

import harmony_desk
from harmony_desk.cli import crash, output
from harmony_desk.cli.custodian import custodian
from harmony_desk.cli.db import db
from harmony_desk.cli.gallery import gallery
from harmony_desk.cli.imports import imports
from harmony_desk.cli.recordings import recordings
from harmony_desk.cli.screenshots import screenshots
from harmony_desk.cli.self_test import self_test
from harmony_desk.cli.window import Window
from harmony_desk.core.errors import UserError

KNOWN_PROBLEM = 1
BUG = 70
INTERRUPTED = 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(harmony_desk.__version__, prog_name="harmony-desk")
def commands() -> None:
    """Harmony Desk: the call-centre desktop of a Dutch gadget-insurance intermediary."""


commands.add_command(self_test)
commands.add_command(recordings)
commands.add_command(custodian)
commands.add_command(db)
commands.add_command(imports)
commands.add_command(gallery)
commands.add_command(screenshots)
if sys.platform == "linux":
    # Our supervision of the embedded server is for Linux alone; elsewhere there is no demo.
    from harmony_desk.cli.demo import demo

    commands.add_command(demo)


def main(arguments: Sequence[str] | None = None, *, window: Window | None = None) -> int:
    """Run one command and give its exit code; never raises. `window` is for the commands that show one."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        with commands.make_context("harmony-desk", given, obj=window) as context:
            commands.invoke(context)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UserError as error:
        output.complain(error, as_json="--json" in given)
        return KNOWN_PROBLEM
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Exception as error:  # the last place that can: everything else would print personal data
        crash.report(error)
        return BUG
    return 0
