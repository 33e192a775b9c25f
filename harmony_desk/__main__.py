"""`harmony-desk` and `python -m harmony_desk`."""

import os
import sys


def main() -> int:
    # WORKAROUND https://github.com/pyinstaller/pyinstaller/issues/7446: a windowed program has none.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - lives as long as we do
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["watchdog"]:
        # A frozen program is its own interpreter. Imported here: nothing else of us is needed then.
        from harmony_desk.local import watchdog

        return watchdog.main(sys.argv[2:])
    from harmony_desk import cli  # imported here: the watchdog stays small without it

    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
