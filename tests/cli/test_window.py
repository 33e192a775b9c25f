"""The commands that show or picture the window, without loading it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from harmony_desk import cli


class Recorder:
    """A window that only remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def show_gallery(self, *, theme: str, text_size: int, density: str) -> int:
        self.asked.append((theme, text_size, density))
        return 0

    def take_pictures(self, folder: Path, only: str | None) -> list[Path]:
        self.asked.append((folder, only))
        return [folder / "gallery-light-100.png"]


def test_the_gallery_is_asked_for_in_a_look() -> None:
    window = Recorder()

    assert cli.main(["gallery", "--theme", "dark", "--text-size", "150"], window=window) == 0
    assert window.asked == [("dark", 150, "normal")]


def test_pictures_are_taken_of_one_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    window = Recorder()

    assert cli.main(["screenshots", str(tmp_path), "--only", "gallery", "--json"], window=window) == 0
    assert window.asked == [(tmp_path, "gallery")]
    assert json.loads(capsys.readouterr().out) == {"pictures": ["gallery-light-100.png"]}


def test_a_program_without_a_window_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gallery"]) == 2
    assert "window" in capsys.readouterr().err


def test_the_command_line_loads_no_qt_until_a_window_is_asked_for() -> None:
    look = "import sys, harmony_desk.__main__, harmony_desk.cli; print([m for m in sys.modules if m.startswith('PySide6')])"

    told = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_without_a_display_the_gallery_says_so_in_one_sentence() -> None:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).resolve().parent.parent.parent)}

    told = subprocess.run(
        [sys.executable, "-m", "harmony_desk", "gallery"], capture_output=True, text=True, check=False, env=environment
    )

    assert told.returncode == 1
    assert told.stderr.strip() == "Deze computer heeft geen beeldscherm om een venster op te tonen."
