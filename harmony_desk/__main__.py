"""`harmony-desk` and `python -m harmony_desk`."""

import os
import sys
from pathlib import Path


class _Window:
    """The window for the command line; Qt is loaded at the first call and not before."""

    def show_gallery(self, *, theme: str, text_size: int, density: str) -> int:
        from harmony_desk import app  # imported here: Qt takes longer than most commands
        from harmony_desk.ui.theme import Look

        return app.show_gallery(Look(theme=theme, density=density, text_size=text_size))

    def take_pictures(self, folder: Path, only: str | None) -> list[Path]:
        from harmony_desk import app  # imported here: the same

        return app.take_pictures(folder, only)


def main() -> int:
    # WORKAROUND https://github.com/pyinstaller/pyinstaller/issues/7446: a windowed program has none.
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: PTH123, SIM115 - lives as long as we do
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: PTH123, SIM115
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["watchdog"]:
        # A frozen program is its own interpreter. Imported here: nothing else of us is needed then.
        from harmony_desk.local import watchdog

        return watchdog.main(sys.argv[2:])
    from harmony_desk import cli  # imported here: the watchdog stays small without it

    return cli.main(window=_Window())


if __name__ == "__main__":
    sys.exit(main())
