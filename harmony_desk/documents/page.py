"""The page that all documents share: the frame, the font, the date, and the mark of a demo across it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from babel.dates import format_date
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from harmony_desk.core import texts
from harmony_desk.core.installation import Installation
from harmony_desk.core.texts import N_
from harmony_desk.core.validation import text_input

WATERMARK = "DEMO"
COMPANY = "Harmony Desk"
_PLAIN, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_MARGIN = 20 * mm
_LABEL_WIDTH = 55 * mm
_NOTHING = "–"


def make(*, title: str, rows: Sequence[tuple[str, str]], day: dt.date, installation: Installation) -> bytes:
    """A PDF with a title and rows of a label and a text, over as many pages as it takes.

    `day` stands in the head; the same arguments give the same bytes, so that a document can be made again.
    """
    _register_fonts()
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=35 * mm,
        bottomMargin=25 * mm,
        title=printable(title),
        author=COMPANY,
        invariant=1,
    )

    def frame(canvas: Any, _document: Any) -> None:
        _draw_frame(canvas, day, installation)

    # A list of one row a field, and no table cell: a cell does not break over pages, a long text must.
    story: list[Any] = [Paragraph(_marked_up(title), _style(_BOLD, 15, after=8 * mm))]
    for label, text in rows:
        story += _row(label, text)
    document.build(story, onFirstPage=frame, onLaterPages=frame)
    return target.getvalue()


def dutch_date(day: dt.date) -> str:
    """'5 april 2022'."""
    return str(format_date(day, "d MMMM y", locale="nl"))


def printable(text: str) -> str:
    """The text with what the font cannot draw, and what cannot be seen, as a code: 中 becomes [U+4E2D].

    A box would hide that something is missing; whoever reads the code can ask.
    """
    known = _characters()
    return "".join(
        character if ord(character) in known or character in "\n\t " else f"[U+{ord(character):04X}]"
        for character in text_input.visible(text)
    )


def _row(label: str, text: str) -> list[Any]:
    value = Paragraph(_marked_up(text) if text.strip() else _NOTHING, _style(_PLAIN, 10, after=0))
    name = Paragraph(_marked_up(label), _style(_BOLD, 10, after=0))
    if len(text) <= 500:
        return [
            Table(
                [[name, value]],
                colWidths=[_LABEL_WIDTH, None],
                hAlign="LEFT",
                style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
            )
        ]
    return [name, value]


def _marked_up(text: str) -> str:
    """A Paragraph reads markup: what a customer typed must not be any."""
    return escape(printable(text)).replace("\n", "<br/>")


def _draw_frame(canvas: Any, day: dt.date, installation: Installation) -> None:
    width, height = A4
    canvas.saveState()
    if installation.is_demo:
        # Behind the text, so that it covers nothing, and across it, so that it cannot be cut off.
        canvas.saveState()
        canvas.translate(width / 2, height / 2)
        canvas.rotate(55)
        canvas.setFont(_BOLD, 150)
        canvas.setFillColor(colors.Color(0.85, 0.85, 0.85))
        canvas.drawCentredString(0, -50, WATERMARK)
        canvas.restoreState()
    canvas.setFont(_BOLD, 11)
    canvas.drawString(_MARGIN, height - 20 * mm, COMPANY)
    canvas.setFont(_PLAIN, 9)
    canvas.drawRightString(width - _MARGIN, height - 20 * mm, dutch_date(day))
    number = texts.translate(N_("Page {number}"), "nl").format(number=canvas.getPageNumber())
    canvas.drawRightString(width - _MARGIN, 12 * mm, number)
    canvas.restoreState()


def _style(font: str, size: int, *, after: float) -> ParagraphStyle:
    return ParagraphStyle(font, fontName=font, fontSize=size, leading=size * 1.4, spaceAfter=after, splitLongWords=True)


@cache
def _register_fonts() -> None:
    folder = texts.folder().parent / "fonts"
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


@cache
def _characters() -> frozenset[int]:
    """What both fonts can draw."""
    _register_fonts()
    plain, bold = (pdfmetrics.getFont(name).face.charToGlyph for name in (_PLAIN, _BOLD))
    return frozenset(plain) & frozenset(bold)
