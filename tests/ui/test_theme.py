"""Theme, density and text size change at run time; fonts and icons are ours."""

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from harmony_desk.ui import icons, paint, resources, theme, tokens
from harmony_desk.ui.icon_names import FIXED, ICONS, WEIGHTS, file_name
from harmony_desk.ui.theme import Look
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.fields import Line
from harmony_desk.ui.widgets.label import Label

UI = Path(theme.__file__).parent


def test_the_font_is_the_one_we_ship(qapp: QApplication) -> None:
    assert resources.load_fonts() == ()
    assert QFontDatabase.styles(tokens.FAMILY) == ["Regular", "Medium", "SemiBold"]
    for style in tokens.TYPE:
        assert QFontInfo(theme.font(style)).family() == tokens.FAMILY
    for weight in (tokens.REGULAR, tokens.MEDIUM, tokens.SEMIBOLD):
        made = theme.font("body", weight)
        assert QFontInfo(made).exactMatch()
        assert QFontInfo(made).weight() == weight


def test_digits_stand_in_columns() -> None:
    measures = QFontMetricsF(theme.font("body"))

    assert measures.horizontalAdvance("0000") == pytest.approx(4 * measures.horizontalAdvance("1"))


def test_every_icon_is_there_in_every_weight_and_no_other_file() -> None:
    wanted = {file_name(icon, weight) for icon in ICONS for weight in WEIGHTS} | {"LICENSE.txt"}

    assert {path.name for path in (resources.folder() / "icons").iterdir()} == wanted


def test_every_icon_is_named_by_the_code_or_has_a_fixed_meaning() -> None:
    named = {
        node.value
        for path in UI.rglob("*.py")
        if path.name != "icon_names.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }

    assert ICONS - named - set(FIXED) == set()


def test_an_icon_that_is_not_shipped_is_refused() -> None:
    with pytest.raises(KeyError):
        icons.pixmap("acorn", 16, QColor("black"))
    with pytest.raises(KeyError):
        icons.pixmap("check", 16, QColor("black"), "thin")


def inked(image: QImage, color: QColor) -> bool:
    """Whether a picture has pixels of exactly this colour."""
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(x, y) == color for x, y in points)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_an_icon_has_the_pixels_of_the_screen_and_the_colour_asked_for(ratio: float) -> None:
    made = icons.pixmap("pause", 16, QColor("#BA2D22"), "fill", ratio)

    assert made.devicePixelRatio() == ratio
    assert made.width() == round(16 * ratio)
    assert inked(made.toImage(), QColor("#BA2D22"))
    again = icons.pixmap("pause", 16, QColor("#BA2D22"), "fill", ratio)
    assert again.cacheKey() == made.cacheKey()


def test_the_icon_of_a_menu_follows_the_theme(qapp: QApplication) -> None:
    icon = icons.icon("fire", "bad", "fill")

    light = icon.pixmap(32).toImage()
    theme.apply(qapp, Look(theme="dark"))
    dark = icon.pixmap(32).toImage()

    assert inked(light, QColor(tokens.LIGHT["bad"]))
    assert inked(dark, QColor(tokens.DARK["bad"]))


def test_a_change_of_theme_repaints_what_is_on_the_screen(qapp: QApplication, qtbot: QtBot) -> None:
    button, line, label = Btn("Opslaan", "primary"), Line(), Label("Naam")
    for widget in (button, line, label):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())

    def corners() -> list[QColor]:
        return [button.grab().toImage().pixelColor(button.width() // 2, 3), line.grab().toImage().pixelColor(20, 6)]

    light = corners()
    theme.apply(qapp, Look(theme="dark"))
    dark = corners()

    assert light == [QColor(tokens.LIGHT["accent"]), QColor(tokens.LIGHT["surface"])]
    assert dark == [QColor(tokens.DARK["accent"]), QColor(tokens.DARK["surface"])]


def test_text_size_multiplies_fonts_controls_and_space(qapp: QApplication, qtbot: QtBot) -> None:
    button, line = Btn("Opslaan"), Line()
    for widget in (button, line):
        qtbot.addWidget(widget)

    theme.apply(qapp, Look(text_size=150))

    assert button.sizeHint().height() == line.height() == 48
    assert theme.font("body").pixelSize() == 20
    assert line.font().pixelSize() == 20


@pytest.mark.parametrize(("density", "control"), [("compact", 28), ("normal", 32), ("wide", 36)])
def test_density_sets_the_height_of_controls(qapp: QApplication, qtbot: QtBot, density: str, control: int) -> None:
    line = Line()
    qtbot.addWidget(line)

    theme.apply(qapp, Look(density=density))

    assert line.height() == control


@pytest.mark.parametrize(
    "wrong", [{"theme": "sepia"}, {"density": "huge"}, {"text_size": 80}, {"text_size": 200}], ids=str
)
def test_a_look_that_we_do_not_have_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no such|out of bounds"):
        Look(**wrong)  # type: ignore[arg-type] # wrong on purpose


def test_long_text_is_cut_into_lines_that_fit() -> None:
    words = "Dit gesprek wordt opgenomen om onze medewerkers te trainen en om afspraken terug te luisteren."

    lines = paint.wrapped(words, 200)

    assert len(lines) > 2
    assert " ".join(lines) == words
    assert all(theme.metrics("body").horizontalAdvance(line) <= 200 for line in lines)
    assert paint.wrapped(words, 200, most=2)[-1].endswith("…")
    assert len(paint.wrapped(words, 200, most=2)) == 2
