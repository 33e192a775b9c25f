"""How the window looks now: theme, density and text size of this person, and what follows from them.

Widgets and delegates ask here for every colour, font and size while they paint, so a change is a
repaint. `apply` is the only way to change: it sets palette, font and style sheet, then tells every
living widget that is `Restyled`.
"""

from dataclasses import dataclass
from functools import cache
from string import Template
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QLayout, QWidget

from harmony_desk.ui import resources, tokens

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object

_Layout = TypeVar("_Layout", bound=QLayout)


@dataclass(frozen=True)
class Look:
    """What a person chose. `text_size` is a percentage that multiplies every size of the design."""

    theme: str = "light"
    density: str = "normal"
    text_size: int = 100
    calm: bool = False  # "Beweging beperken": everything that moves is instant

    def __post_init__(self) -> None:
        if self.theme not in tokens.THEMES or self.density not in tokens.DENSITIES:
            raise ValueError("no such theme or density")
        if not tokens.TEXT_SIZES[0] <= self.text_size <= tokens.TEXT_SIZES[-1]:
            raise ValueError("text size out of bounds")


_look = Look()


def look() -> Look:
    """How the window looks now."""
    return _look


def apply(app: QApplication, chosen: Look) -> None:
    """Make the whole program look so, at once; also called at start, before the first widget."""
    global _look
    resources.load_fonts()
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    _look = chosen
    for cached in (color, font, metrics):
        cached.cache_clear()
    app.setFont(font("body"))
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
    for widget in app.allWidgets():
        if isinstance(widget, Restyled):
            widget.restyle()
            widget.updateGeometry()
        widget.update()


class Restyled(_Widget):
    """A widget with sizes of its own: `restyle` sets them, at its birth and after each `apply`."""

    def restyle(self) -> None:
        """Set everything that was computed from the look. Widgets that only paint need nothing."""
        for layout, spacing, margins in getattr(self, "_spaced", ()):
            layout.setSpacing(px(spacing))
            layout.setContentsMargins(*(px(margin) for margin in margins))

    def spaced(self, layout: _Layout, spacing: int, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> _Layout:
        """Give a layout spacing and margins in px at 100 % that follow the text size."""
        if not hasattr(self, "_spaced"):
            self._spaced: list[tuple[QLayout, int, tuple[int, int, int, int]]] = []
        self._spaced.append((layout, spacing, margins))
        layout.setSpacing(px(spacing))
        layout.setContentsMargins(*(px(margin) for margin in margins))
        return layout


@cache
def color(role: str) -> QColor:
    """The colour of a role of the visual design in the theme of now."""
    return QColor(tokens.THEMES[_look.theme][role])


def faded(role: str, share: float) -> QColor:
    """A colour at part of its opacity, 0 to 1."""
    shade = QColor(color(role))
    shade.setAlphaF(share)
    return shade


def px(size: float) -> int:
    """Logical pixels for a size of the design at this person's text size; nothing shrinks to none."""
    scaled = round(size * _look.text_size / 100)
    return scaled or (1 if size > 0 else 0)


def square(size: float) -> QSize:
    """A square with that side at this text size."""
    return QSize(px(size), px(size))


def measure(name: str) -> int:
    """The height of a row or control at this density and text size, by its name in tokens.DENSITY."""
    return px(tokens.DENSITY[name][tokens.DENSITIES.index(_look.density)])


@cache
def font(style: str, weight: int | None = None, *, zero: bool = False) -> QFont:
    """The font of a style. `zero` strokes through each 0, for identifiers such as an IMEI."""
    size, _line, usual = tokens.TYPE[style]
    made = QFont(tokens.FAMILY)
    made.setPixelSize(px(size))
    made.setWeight(QFont.Weight(weight or usual))
    # Even spacing at 13 px; with hinting letters jump to whole pixels.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if style == "title":
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, -0.2)
    if zero:
        made.setFeature(QFont.Tag("zero"), 1)
    return made


@cache
def metrics(style: str, weight: int | None = None, *, zero: bool = False) -> QFontMetricsF:
    """What text in a style measures."""
    return QFontMetricsF(font(style, weight, zero=zero))


def line_height(style: str) -> int:
    """From one line to the next in a style."""
    return px(tokens.TYPE[style][1])


def width(words: str, style: str = "body", weight: int | None = None, *, zero: bool = False) -> int:
    """The space that words need in a style, rounded up."""
    # One more pixel: advances are fractions, and Qt elides text that needs 0.2 px more than it got.
    return int(metrics(style, weight, zero=zero).horizontalAdvance(words)) + 1


# Which colour each role of Qt's palette gets; the style sheet covers the few controls that need more.
_PALETTE = {
    QPalette.ColorRole.Window: "canvas",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "bad",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "text3",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "shadow",
}


def palette() -> QPalette:
    """Qt's palette in our colours; what is off differs only in its text."""
    made = QPalette()
    for role, name in _PALETTE.items():
        made.setColor(role, color(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, color("disabled"))
    return made


def style_sheet() -> str:
    """The small style sheet, filled in for the look of now."""
    values: dict[str, object] = dict(tokens.THEMES[_look.theme])
    values |= {f"px{size}": px(size) for size in (2, 4, 5, 6, 8, 9, 10, 12, 24, 32)}
    values |= {"body": px(tokens.TYPE["body"][0]), "small": px(tokens.TYPE["small"][0])}
    template = (resources.folder() / "styles" / "window.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)
