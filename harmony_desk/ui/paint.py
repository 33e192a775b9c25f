"""What painted widgets and delegates share: boxes, text, key caps, rings, hatches, the focus ring.

Nothing here keeps state; colours and fonts come from `theme` at the moment of painting. Sizes of
arguments named `rect` are final pixels; radius and the like are px at 100 %.
"""

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap, QPixmapCache, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from harmony_desk.ui import icons, theme
from harmony_desk.ui.theme import px
from harmony_desk.ui.tokens import SHADOW_ALPHA

LEFT = Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
ELIDE_END = Qt.TextElideMode.ElideRight
ELIDE_MIDDLE = Qt.TextElideMode.ElideMiddle
ELIDE_NEVER = Qt.TextElideMode.ElideNone
ENTER = "↵"  # Plex has no such glyph: it is drawn as an icon


def painter(widget: QWidget) -> QPainter:
    """A smooth painter; use it in a `with`, a bare one stays open when painting fails."""
    made = QPainter(widget)
    made.setRenderHint(QPainter.RenderHint.Antialiasing)
    return made


def full(widget: QWidget) -> QRectF:
    """The widget's whole area."""
    return QRectF(widget.rect())


def box(
    p: QPainter, rect: QRectF, fill: str | None, edge: str | None = None, radius: float = 6, width: float = 1
) -> None:
    """A rounded box; the edge lies inside the rect."""
    inset = width / 2 if edge else 0
    inner = rect.adjusted(inset, inset, -inset, -inset)
    p.setPen(QPen(theme.color(edge), width) if edge else Qt.PenStyle.NoPen)
    p.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
    round_by = max(0.0, min(px(radius) - inset, inner.height() / 2))
    p.drawRoundedRect(inner, round_by, round_by)


def focus_ring(p: QPainter, rect: QRectF, radius: float = 6, *, on_ink: bool = False, inner: str = "surface") -> None:
    """2 px on the edge of a control and 1 px of air within; white on ink."""
    box(p, rect.adjusted(2, 2, -2, -2), None, "ink" if on_ink else inner, radius - 2, 1)
    box(p, rect, None, "ink_text" if on_ink else "focus", radius, 2)


def hairline(p: QPainter, left: float, top: float, length: float, role: str = "line") -> None:
    """A horizontal line of one pixel; filled, because a pen of 1 blurs between pixels."""
    p.fillRect(QRectF(round(left), round(top), round(length), 1), theme.color(role))


def text(
    p: QPainter,
    rect: QRectF,
    words: str,
    role: str = "text",
    style: str = "body",
    weight: int | None = None,
    *,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = ELIDE_END,
    zero: bool = False,
) -> float:
    """One line, in the vertical middle of the rect, cut with an ellipsis when there is no room.
    Returns the width that was used."""
    measures = theme.metrics(style, weight, zero=zero)
    shown = words
    if elide is not ELIDE_NEVER and measures.horizontalAdvance(words) > rect.width() + 0.5:
        shown = measures.elidedText(words, elide, rect.width())
    p.setFont(theme.font(style, weight, zero=zero))
    p.setPen(theme.color(role))
    p.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, shown)
    return measures.horizontalAdvance(shown)


def wrapped(words: str, width: float, style: str = "body", weight: int | None = None, most: int = 0) -> tuple[str, ...]:
    """The words cut into lines of that width; with `most`, the last line ends in an ellipsis."""
    return _wrapped(words, int(width), style, weight, most, theme.look().text_size)


@lru_cache(maxsize=2000)
def _wrapped(words: str, width: int, style: str, weight: int | None, most: int, _size: int) -> tuple[str, ...]:
    layout = QTextLayout(words.replace("\n", "\u2028"), theme.font(style, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        if most and len(lines) == most - 1:
            rest = words[line.textStart() :].replace("\n", " ")
            lines.append(theme.metrics(style, weight).elidedText(rest, ELIDE_END, width))
            break
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].rstrip("\n "))
    layout.endLayout()
    return tuple(lines)


def paragraph(
    p: QPainter,
    rect: QRectF,
    lines: tuple[str, ...],
    role: str = "text",
    style: str = "body",
    weight: int | None = None,
) -> float:
    """Lines from `wrapped`, under each other from the top of the rect. Returns the height used."""
    step = theme.line_height(style)
    for number, line in enumerate(lines):
        text(
            p,
            QRectF(rect.x(), rect.y() + number * step, rect.width(), step),
            line,
            role,
            style,
            weight,
            elide=ELIDE_NEVER,
        )
    return float(step * len(lines))


def icon(p: QPainter, name: str, x: float, middle: float, size: float, role: str, weight: str = "regular") -> float:
    """An icon with its left side at x, around a middle line. Returns its width in pixels."""
    side = px(size)
    icons.draw(p, name, QRectF(round(x), round(middle - side / 2), side, side), role, weight)
    return side


def key_width(keys: str) -> int:
    """The space that a key cap needs; `keys` is one cap, such as "Ctrl S"."""
    words = keys.replace(ENTER, "").strip()
    glyph = px(12) + (px(4) if words else 0) if ENTER in keys else 0
    return max(px(20), (theme.width(words, "key") if words else 0) + glyph + px(10))


def key_cap(p: QPainter, x: float, middle: float, keys: str, role: str = "text2", edge: str = "line_strong") -> int:
    """A key as on the keyboard. Returns its width."""
    wide, high = key_width(keys), px(18)
    rect = QRectF(round(x), round(middle - high / 2), wide, high)
    # On a filled button the edge has the colour of the text: softer, or the cap shouts louder than the word.
    p.setOpacity(0.6 if edge == role else 1.0)
    box(p, rect, None, edge, 4)
    p.setOpacity(1.0)
    words = keys.replace(ENTER, "").strip()
    inner = rect.adjusted(px(5), 0, -px(5), 0)
    if ENTER in keys:
        left = inner.right() - px(12) if words else rect.center().x() - px(6)
        icon(p, "arrow-elbow-down-left", left, middle, 12, role, "bold")
    if words:
        text(p, inner, words, role, "key", align=LEFT if ENTER in keys else CENTER, elide=ELIDE_NEVER)
    return wide


def ring(p: QPainter, rect: QRectF, share: float, role: str, stroke: float = 2.5, *, gone: bool = False) -> None:
    """What is left of a term: the coloured part runs clockwise from 12 o'clock. `gone` is a cross."""
    thick = px(stroke * 10) / 10
    inner = rect.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.setPen(QPen(theme.color("line_strong") if gone else theme.faded(role, 0.22), 1 if gone else thick))
    p.drawEllipse(inner)
    if gone:
        arm = rect.width() * 0.17
        p.setPen(QPen(theme.color("text3"), max(1.2, thick / 2)))
        middle = rect.center()
        p.drawLines([
            QLineF(middle + QPointF(-arm, -arm), middle + QPointF(arm, arm)),
            QLineF(middle + QPointF(-arm, arm), middle + QPointF(arm, -arm)),
        ])  # fmt: skip
        return
    p.setPen(QPen(theme.color(role), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    p.drawArc(inner, 90 * 16, -round(max(0.0, min(1.0, share)) * 360 * 16))


def hatch(p: QPainter, rect: QRectF, role: str = "ink_line", step: float = 8, stroke: float = 1.5) -> None:
    """Slanted lines for what is not there: a hold, a pause, a refusal."""
    p.save()
    p.setClipRect(rect)
    p.setPen(QPen(theme.color(role), px(stroke * 10) / 10))
    apart, high = px(step), rect.height()
    start = int(rect.left() - high)
    start -= start % apart  # the lines of two parts of one hole meet
    lines = [QLineF(x, rect.bottom(), x + high, rect.top()) for x in range(start, int(rect.right()) + 1, apart)]
    p.drawLines(lines)
    p.restore()


def clip_round(p: QPainter, rect: QRectF, radius: float) -> None:
    """Paint only within a rounded box from here on."""
    path = QPainterPath()
    path.addRoundedRect(rect, px(radius), px(radius))
    p.setClipPath(path)


def shadow(p: QPainter, panel: QRectF, radius: float, level: int = 1) -> None:
    """The shadow of what floats, painted outside the panel: 1 for a popover, 2 for a dialog.

    A few rounded boxes kept as one picture; a QGraphicsDropShadowEffect makes a repaint seven times
    slower and takes the sharpness out of text.
    """
    reach = px(22) * level // 2 + px(6)
    ratio = p.device().devicePixelRatioF()
    key = f"harmony:shadow:{panel.width()}x{panel.height()}:{radius}:{level}:{theme.look()}:{ratio}"
    made = QPixmap()
    if not QPixmapCache.find(key, made):
        made = _shadow(panel, radius, level, reach, ratio)
        QPixmapCache.insert(key, made)
    p.drawPixmap(panel.topLeft() - QPointF(reach, reach - px(5) * level), made)


def _shadow(panel: QRectF, radius: float, level: int, reach: int, ratio: float) -> QPixmap:
    width, height = panel.width() + 2 * reach, panel.height() + 2 * reach
    # 16 bits a channel: a dozen layers of 1 % would round to green in 8.
    made = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGBA64_Premultiplied)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    steps = 14
    strength = SHADOW_ALPHA[theme.look().theme] / steps
    with QPainter(made) as p:
        p.setRenderHint(QPainter.RenderHint.Antialiasing)
        p.setPen(Qt.PenStyle.NoPen)
        p.setBrush(theme.faded("shadow", strength))
        for step in range(steps):
            grow = reach * (1 - (step / steps) ** 0.6)
            rect = QRectF(reach, reach, panel.width(), panel.height()).adjusted(-grow, -grow, grow, grow)
            p.drawRoundedRect(rect, px(radius) + grow, px(radius) + grow)
    return QPixmap.fromImage(made)
