"""Every component at once: nothing is cut, nothing overlaps, everything has a name and can be reached."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from harmony_desk.ui import paint, pictures, theme, tokens
from harmony_desk.ui.gallery import WIDTH, Gallery, GalleryWindow
from harmony_desk.ui.rows import ROW
from harmony_desk.ui.theme import Look
from harmony_desk.ui.widgets.label import ELIDE_NEVER, Label
from harmony_desk.ui.widgets.overlay import focus_chain
from tests.ui import tree

# What may end in an ellipsis: the role of a person, a quiet line, a file's tab; never a name or a reason.
MAY_BE_CUT = ("medewerker klantcontact",)
LOOKS = [Look(text_size=90), Look(text_size=100), Look(theme="dark", text_size=125), Look(text_size=150)]
SPACIOUS = Look(theme="dark", density="wide", text_size=150)


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Gallery]:
    """The whole page, laid out as for its picture, in the look that the test asks for."""
    theme.apply(qapp, getattr(request, "param", Look()))
    made = Gallery()
    qtbot.addWidget(made)
    made.resize(WIDTH, 1000)
    made.show()
    pictures.settle(qapp, made)
    yield made
    made.close()


def label(look: Look) -> str:
    return f"{look.theme}-{look.density}-{look.text_size}"


@pytest.mark.parametrize("page", [*LOOKS, SPACIOUS], indirect=True, ids=label)
def test_nothing_is_cut_or_covered(page: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = painted_cut(page, monkeypatch)
    covered = [f"{type(one).__name__} {one.geometry()} by {type(two).__name__}" for one, two in tree.overlapping(page)]

    assert (cut, squeezed(page), covered) == ([], [], [])


def painted_cut(page: Gallery, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that gets less room than it needs while the page is painted."""
    cut: set[str] = set()
    plain = paint.text

    def measured(
        p: QPainter,
        rect: QRectF,
        words: str,
        role: str = "text",
        style: str = "body",
        weight: int | None = None,
        **more: object,
    ) -> float:
        needs = theme.metrics(style, weight, zero=bool(more.get("zero")))
        if needs.horizontalAdvance(words) > rect.width() + 1:
            cut.add(words)
        if needs.height() > rect.height() + theme.px(6):
            cut.add(f"{words} (too low)")
        return plain(p, rect, words, role, style, weight, **more)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(paint, "text", measured)
    page.grab()
    return sorted(cut - set(MAY_BE_CUT))


def squeezed(page: Gallery) -> list[str]:
    """Every widget of ours that is smaller than it asks to be at least."""
    return [
        f"{type(widget).__name__} {widget.accessibleName()}: {widget.size().toTuple()}"
        for widget in page.findChildren(QWidget)
        if widget.isVisibleTo(page) and type(widget).__module__.startswith("harmony_desk") and too_small(widget)
    ]


def too_small(widget: QWidget) -> bool:
    if isinstance(widget, Label) and widget.elides is ELIDE_NEVER and not widget.wraps:
        return widget.width() < widget.needs()
    if widget.hasHeightForWidth() and widget.height() < widget.heightForWidth(widget.width()):
        return True
    least = widget.minimumSizeHint()
    return isinstance(widget, QAbstractButton) and (widget.width() < least.width() or widget.height() < least.height())


def test_every_control_has_a_name_and_a_role(page: Gallery) -> None:
    unnamed, roles = [], set()
    for widget, interface in tree.walk(page):
        takes_keys = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        operable = isinstance(widget, QAbstractButton | QAbstractItemView | QLineEdit | QPlainTextEdit)
        # Qt gives the cells of a header to the table that they belong to.
        if not (takes_keys or operable) or isinstance(widget, QHeaderView):
            continue
        roles.add(interface.role())
        if not tree.name_of(widget, interface) or interface.role() in tree.HOLDERS:
            unnamed.append(f"{type(widget).__name__} {interface.role()}")

    assert unnamed == []
    assert {
        QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton, QAccessible.Role.EditableText,
        QAccessible.Role.ComboBox, QAccessible.Role.List, QAccessible.Role.Table, QAccessible.Role.Slider,
        QAccessible.Role.PageTabList,
    } <= roles  # fmt: skip


def test_every_row_of_every_list_says_itself(page: Gallery) -> None:
    spoken = []
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if view.objectName().startswith("qt_") or type(view).__module__.startswith("PySide6"):
            continue
        for row in range(model.rowCount()):
            words = model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
            assert words, view.accessibleName()
            spoken.append(words)

    assert len(spoken) > 25
    assert any("in de wacht 0:31" in words and "10:02" in words for words in spoken)


def test_icon_buttons_have_a_tooltip_and_states_a_word(page: Gallery) -> None:
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(page) and not button.text() and not button.isCheckable():
            assert button.toolTip() or button.accessibleName(), type(button).__name__
            assert button.accessibleName()


def test_tab_visits_every_control_once_in_the_order_of_the_page(page: Gallery) -> None:
    chain = focus_chain(page)

    assert len(chain) == len(set(chain)) > 60
    # Within one section what comes first also stands first: higher, or further left on the same line.
    for one, other in itertools.pairwise(chain):
        if one.parent() is other.parent() and one.isVisibleTo(page) and other.isVisibleTo(page):
            here, there = one.geometry(), other.geometry()
            assert there.top() >= here.bottom() or there.left() >= here.left(), f"{type(one)} before {type(other)}"


def test_the_page_follows_a_change_of_look_while_it_is_shown(page: Gallery, qapp: QApplication) -> None:
    light = page.grab().toImage()
    high = page.layout()
    assert high is not None
    before = high.totalHeightForWidth(WIDTH)

    theme.apply(qapp, SPACIOUS)
    pictures.settle(qapp, page)
    dark = page.grab().toImage()

    assert light.pixelColor(4, 4) == QColor(tokens.LIGHT["canvas"])
    assert dark.pixelColor(4, 4) == QColor(tokens.DARK["canvas"])
    assert high.totalHeightForWidth(WIDTH) > before * 1.3
    assert not strays(dark, QColor(tokens.LIGHT["trace_soft"]))


def strays(image: QImage, color: QColor) -> bool:
    """Whether a colour of the other theme is left anywhere; every third point is enough for an area."""
    return any(image.pixelColor(x, y) == color for x in range(0, image.width(), 5) for y in range(0, image.height(), 5))


def test_rows_measure_themselves_without_looking_at_text(page: Gallery) -> None:
    for view in page.findChildren(QAbstractItemView):
        delegate = view.itemDelegate()
        if hasattr(delegate, "height_of"):
            for number in range(view.model().rowCount()):
                row = view.model().index(number, 0).data(ROW)
                assert delegate.height_of(row) >= theme.px(28)


def test_the_window_scrolls_and_may_be_small(qtbot: QtBot, qapp: QApplication) -> None:
    window = GalleryWindow()
    qtbot.addWidget(window)
    window.resize(900, 500)
    window.show()
    qapp.processEvents()

    assert window.verticalScrollBar().maximum() > 2000
    assert window.page.width() <= window.viewport().width()
    window.close()


def test_pictures_of_the_page_are_written(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "TEXT_SIZES", (100,))

    made = pictures.gallery(qapp, tmp_path)

    assert [path.name for path in made] == ["gallery-light-100.png", "gallery-dark-100.png"]
    assert all(path.stat().st_size > 100_000 for path in made)
