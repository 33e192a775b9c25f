"""Phosphor icons, drawn in any colour of the theme and kept for each colour, size and screen.

Weights: `regular` for navigation and meta, `bold` inside buttons and for small glyphs, `fill` for a
state and for what is chosen. Only the icons of icon_names.py are shipped.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from harmony_desk.ui import resources, theme
from harmony_desk.ui.icon_names import ICONS, WEIGHTS, file_name


def draw(painter: QPainter, name: str, rect: QRectF, role: str, weight: str = "regular") -> None:
    """Paint an icon into a square, sharp on the screen that is painted on."""
    ratio = painter.device().devicePixelRatioF()
    made = pixmap(name, round(rect.width()), theme.color(role), weight, ratio)
    painter.drawPixmap(rect.topLeft(), made)


def pixmap(name: str, size: int, color: QColor, weight: str = "regular", ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels. Raises KeyError for one that is not shipped."""
    if name not in ICONS or weight not in WEIGHTS:
        raise KeyError(f"{name} in {weight}")
    key = f"harmony:{name}:{weight}:{size}:{color.rgba()}:{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    made = QPixmap(QSize(size, size) * ratio)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        _renderer(name, weight, color.name()).render(painter, QRectF(made.rect()))
    made.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, made)
    return made


def _renderer(name: str, weight: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name, weight).replace(b"currentColor", color.encode())))


@cache
def _source(name: str, weight: str) -> bytes:
    return resources.icon_file(file_name(name, weight)).read_bytes()


class _Engine(QIconEngine):
    """An icon for Qt's own menus and actions, in the colour of the theme of the moment it is painted."""

    def __init__(self, name: str, role: str, weight: str) -> None:
        super().__init__()
        self._what = (name, role, weight)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Called by Qt."""
        name, role, weight = self._what
        side = min(rect.width(), rect.height())
        corner = rect.center() - QPoint(side // 2, side // 2)
        shown = "disabled" if mode is QIcon.Mode.Disabled else role
        draw(painter, name, QRectF(corner.x(), corner.y(), side, side), shown, weight)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Called by Qt."""
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        with QPainter(made) as painter:
            self.paint(painter, made.rect(), mode, state)
        return made

    def clone(self) -> QIconEngine:
        """Called by Qt."""
        return _Engine(*self._what)


def icon(name: str, role: str = "text2", weight: str = "regular") -> QIcon:
    """An icon for a menu or an action; it follows a change of theme by itself."""
    return QIcon(_Engine(name, role, weight))
