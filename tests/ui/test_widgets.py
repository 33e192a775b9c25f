"""What the components do: refusals can be read by keyboard, signals say what was chosen, nothing leaks."""

import gc
import weakref
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from harmony_desk.ui import samples, theme, tokens, waves
from harmony_desk.ui.theme import Look, px
from harmony_desk.ui.widgets.badges import Badge, BadgeLabel, BadgeRow, traffic_light
from harmony_desk.ui.widgets.buttons import Btn, Reasoned
from harmony_desk.ui.widgets.candidate import CallerGuess, Candidate
from harmony_desk.ui.widgets.chips import Segments
from harmony_desk.ui.widgets.conflict import MINE, THEIRS, Clash, ConflictDialog
from harmony_desk.ui.widgets.dialogs import ReasonDialog, TraceFact
from harmony_desk.ui.widgets.fields import Choice, Field, Line, Words
from harmony_desk.ui.widgets.label import ELIDE_END, Label
from harmony_desk.ui.widgets.masked import MaskedValue
from harmony_desk.ui.widgets.notices import Toast
from harmony_desk.ui.widgets.overlay import Overlay, focus_chain
from harmony_desk.ui.widgets.palette_list import CommandRow, GroupRow, PalettePanel
from harmony_desk.ui.widgets.purpose import Purpose, PurposePanel
from harmony_desk.ui.widgets.rail import Rail, initials
from harmony_desk.ui.widgets.rings import TermRing, role_of
from harmony_desk.ui.widgets.scorecard import Criterion, ScoreRow
from harmony_desk.ui.widgets.search import Hit, Offer, SearchPanel
from harmony_desk.ui.widgets.states import Skeleton
from harmony_desk.ui.widgets.status_strip import DONE, NOW, StatusStrip, Step
from harmony_desk.ui.widgets.tables import Cell, Column, Table, TableRow
from harmony_desk.ui.widgets.tabs import FileTab, FileTabs
from harmony_desk.ui.widgets.timeline import EventRow, RecordingLine, Timeline
from harmony_desk.ui.widgets.trace_line import TraceLine
from harmony_desk.ui.widgets.waveform import Waveform

FACTS = (TraceFact("footprints", "Uw naam komt in het logboek."),)
CLASHES = (
    Clash("email", "E-mail", "a@example.nl", "b@example.nl"),
    Clash("phone", "Telefoon", "1", "2", theirs_first=False),
)


def colours_of(widget: QWidget) -> set[str]:
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.fixture
def desk(qtbot: QtBot) -> QWidget:
    """A window to put components in, with the focus."""
    window = QWidget()
    QVBoxLayout(window)
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitActive(window)
    return window


def put(desk: QWidget, *parts: QWidget) -> None:
    layout = desk.layout()
    assert layout is not None
    for part in parts:
        layout.addWidget(part)
    QApplication.processEvents()


def test_a_button_that_is_off_says_why_to_mouse_and_keyboard(desk: QWidget, qtbot: QtBot) -> None:
    off = Reasoned(Btn("Toekennen"))
    off.switch_off("Het IMEI-nummer ontbreekt.")
    put(desk, Btn("Eerst"), off)

    qtbot.keyClick(desk.findChildren(Btn)[0], Qt.Key.Key_Tab)
    qtbot.keyClick(desk, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is off
    assert off.toolTip() == off.accessibleDescription() == "Het IMEI-nummer ontbreekt."
    assert "Het IMEI-nummer ontbreekt." in off.accessibleName()
    interface = QAccessible.queryAccessibleInterface(off.button)
    assert interface.state().disabled


def test_a_button_that_works_again_takes_the_focus_itself(desk: QWidget) -> None:
    off = Reasoned(Btn("Toekennen"))
    put(desk, off)

    off.switch_off("Nog niet.")
    off.switch_on()

    assert focus_chain(desk) == [off.button]
    assert off.toolTip() == off.accessibleName() == ""


def test_the_focus_ring_shows_for_the_keyboard_and_not_for_the_mouse(desk: QWidget, qtbot: QtBot) -> None:
    one, other = Btn("Een"), Btn("Ander")
    put(desk, one, other)
    ring = tokens.LIGHT["focus"]

    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    one.clearFocus()
    one.setFocus(Qt.FocusReason.MouseFocusReason)
    by_mouse = colours_of(one)
    other.setFocus(Qt.FocusReason.TabFocusReason)

    assert ring not in by_mouse
    assert ring in colours_of(other)


@pytest.mark.parametrize(
    ("days", "tone", "icon"),
    [
        (16, "ok", "check-circle"), (15, "ok", "check-circle"), (14, "warn", "warning"), (3, "warn", "warning"),
        (2, "bad", "warning-octagon"), (1, "bad", "warning-octagon"), (0, "bad", "warning-octagon"),
        (-1, "bad", "warning-octagon"), (None, "neutral", "pause-circle"),
    ],
)  # fmt: skip
def test_the_traffic_light_has_four_shapes(days: int | None, tone: str, icon: str) -> None:
    light = traffic_light(days)

    assert (light.tone, light.icon) == (tone, icon)
    assert light.word


def test_terms_are_said_in_words() -> None:
    assert [traffic_light(days).word for days in (16, 1, 0, -3)] == ["over 16 dagen", "morgen", "vandaag", "te laat"]


@pytest.mark.parametrize(
    ("days", "role"), [(180, "text2"), (31, "text2"), (30, "warn"), (6, "warn"), (5, "bad"), (0, "bad")]
)
def test_the_ring_of_a_recording_grows_louder(days: int, role: str) -> None:
    assert role_of(days) == role


def test_a_ring_paints_what_is_left(qtbot: QtBot) -> None:
    full, half, gone = TermRing("180 dagen", 1.0), TermRing("90", 0.5), TermRing("vernietigd", None)
    pixels = []
    for ring in (full, half, gone):
        qtbot.addWidget(ring)
        ring.resize(ring.sizeHint())
        image = ring.grab().toImage().copy(0, 0, px(20), image_height := ring.height())
        text2 = QColor(tokens.LIGHT["text2"])
        pixels.append(sum(image.pixelColor(x, y) == text2 for x in range(px(20)) for y in range(image_height)))

    assert pixels[0] > pixels[1] * 1.6 > 0
    assert pixels[2] == 0


def test_a_header_shows_four_badges_and_counts_the_rest(qtbot: QtBot) -> None:
    row = BadgeRow([Badge(word) for word in ("een", "twee", "drie", "vier", "vijf", "zes")])
    qtbot.addWidget(row)

    shown = [label.text() for label in row.findChildren(BadgeLabel)]

    assert shown == ["een", "twee", "drie", "vier", "+2"]
    assert "vijf, zes" in row.findChildren(BadgeLabel)[-1].accessibleName()


def test_a_field_ties_its_label_and_its_error_to_the_control(qtbot: QtBot) -> None:
    field = Field("Postcode", Line(), hint="4 cijfers en 2 letters")
    qtbot.addWidget(field)

    field.say("SS komt niet voor", "error")

    assert field.label.buddy() is field.control
    assert field.control.accessibleName() == "Postcode"
    assert field.control.accessibleDescription() == "SS komt niet voor"
    assert field.note.text() == "SS komt niet voor"
    field.say("")
    assert field.note.text() == "4 cijfers en 2 letters"


@pytest.mark.parametrize("make", [Line, Words, lambda: Choice(["een", "twee"])])
def test_a_control_keeps_its_height_in_every_state(qtbot: QtBot, make: Callable[[], Line | Words | Choice]) -> None:
    field = Field("Naam", make(), keep_note=True)
    qtbot.addWidget(field)
    heights = set()

    for state in ("", "ok", "error", "locked", ""):
        field.say("iets", state)
        heights.add((field.control.sizeHint().height(), field.sizeHint().height()))

    assert len(heights) == 1


def test_tab_leaves_a_note(desk: QWidget, qtbot: QtBot) -> None:
    note, after = Words(), Btn("Bewaren")
    put(desk, note, after)
    note.setFocus()

    qtbot.keyClick(note, Qt.Key.Key_Tab)

    assert QApplication.focusWidget() is after
    assert note.toPlainText() == ""


def test_a_label_that_is_cut_tells_all_in_its_tooltip(qtbot: QtBot) -> None:
    label = Label("medewerker klantcontact", elide=ELIDE_END)
    qtbot.addWidget(label)

    label.resize(60, 20)
    label.show()
    QApplication.processEvents()
    cut = label.toolTip()
    label.resize(400, 20)
    QApplication.processEvents()

    assert cut == "medewerker klantcontact"
    assert label.toolTip() == ""
    label.close()


def test_a_masked_value_shows_nothing_and_asks_first(desk: QWidget, qtbot: QtBot) -> None:
    masked = MaskedValue("IBAN", "NL•• •••• ••••", can_reveal=True)
    put(desk, masked)

    with qtbot.waitSignal(masked.reveal_wanted, timeout=1000):
        qtbot.keyClick(masked.reveal, Qt.Key.Key_Space)

    assert "reden" in masked.reveal.accessibleName()


def test_segments_tell_the_place_that_was_chosen(desk: QWidget, qtbot: QtBot) -> None:
    modes = Segments("Weergave")
    modes.add("Bord", chosen=True)
    table = modes.add("Tabel")
    put(desk, modes)

    with qtbot.waitSignal(modes.chosen, timeout=1000) as told:
        qtbot.mouseClick(table, Qt.MouseButton.LeftButton)

    assert told.args == [1]
    assert QAccessible.queryAccessibleInterface(table).role() == QAccessible.Role.RadioButton


def test_break_glass_opens_only_with_enough_words(desk: QWidget, qtbot: QtBot) -> None:
    dialog = ReasonDialog("M. van den Heuvel", ["Klacht"], FACTS, least=15)
    overlay = Overlay(desk)
    overlay.open_dialog(dialog)
    given: list[tuple[str, str]] = []
    dialog.given.connect(lambda what, why: given.append((what, why)))

    qtbot.keyClicks(dialog.reason, "te kort")
    assert not dialog.opening.button.isEnabled()
    assert "15" in dialog.opening.reason
    qtbot.keyClicks(dialog.reason, ", dus meer woorden")
    qtbot.mouseClick(dialog.opening.button, Qt.MouseButton.LeftButton)

    assert given == [("Klacht", "te kort, dus meer woorden")]
    overlay.close_panel()


def test_a_dialog_keeps_the_tab_key_and_gives_the_focus_back(desk: QWidget, qtbot: QtBot) -> None:
    opener = Btn("Openen")
    put(desk, opener)
    opener.setFocus()
    overlay = Overlay(desk)
    dialog = ReasonDialog("M. van den Heuvel", ["Klacht"], FACTS)
    overlay.open_dialog(dialog)

    first = QApplication.focusWidget()
    seen = []
    for _step in range(2 * len(focus_chain(dialog))):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert first is dialog.purpose
    assert set(seen) == set(focus_chain(dialog)) | {first}
    assert QApplication.focusWidget() is opener
    assert not overlay.isVisible()


def test_the_scrim_leaves_the_call_bar_free(desk: QWidget) -> None:
    overlay = Overlay(desk)
    overlay.open_dialog(ReasonDialog("M. van den Heuvel", ["Klacht"], FACTS))

    overlay.keep_clear(QRect(0, 0, 900, 68))

    assert not overlay.mask().contains(QPoint(100, 30))
    assert overlay.mask().contains(QPoint(100, 100))
    overlay.close_panel()


def test_a_click_beside_closes_a_popover_and_not_a_dialog(desk: QWidget, qtbot: QtBot) -> None:
    anchor = Btn("Afspelen")
    put(desk, anchor)
    overlay = Overlay(desk)
    corner = QPoint(895, 5)

    overlay.open_dialog(ReasonDialog("M. van den Heuvel", ["Klacht"], FACTS))
    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=corner)
    dialog_stays = overlay.isVisible()
    overlay.open_popover(PurposePanel("Gesprek", [Purpose("a", "A", "mag")]), anchor)
    qtbot.mouseClick(overlay, Qt.MouseButton.LeftButton, pos=corner)

    assert dialog_stays
    assert not overlay.isVisible()


def test_a_purpose_is_chosen_by_its_number_and_refused_ones_cannot_be(desk: QWidget, qtbot: QtBot) -> None:
    panel = PurposePanel(
        "Gesprek",
        [Purpose("agreement", "Afspraak", "mag"), Purpose("coaching", "Coaching", "geweigerd: bezwaar", refused=True)],
        "T-1",
    )
    put(desk, panel)
    chosen: list[tuple[str, str]] = []
    panel.chosen.connect(lambda code, reference: chosen.append((code, reference)))

    assert not panel.play.button.isEnabled()
    qtbot.keyClick(panel, Qt.Key.Key_2)
    assert not panel.play.button.isEnabled()
    qtbot.keyClick(panel, Qt.Key.Key_1)
    qtbot.keyClick(panel, Qt.Key.Key_Return)

    assert chosen == [("agreement", "T-1")]
    spoken = [widget.accessibleName() for widget in focus_chain(panel)]
    assert "Coaching, geweigerd: bezwaar" in spoken


def test_a_conflict_is_decided_field_by_field(desk: QWidget, qtbot: QtBot) -> None:
    dialog = ConflictDialog("Karim bewaarde ook.", "Karim", CLASHES, mine="Uw tekst", theirs="Op de server")
    put(desk, dialog)

    assert dialog.view.choices() == {"email": THEIRS, "phone": MINE}
    mine = next(button for button in focus_chain(dialog) if button.accessibleName().startswith("E-mail, Uw tekst"))
    qtbot.keyClick(mine, Qt.Key.Key_Space)

    assert dialog.view.choices() == {"email": MINE, "phone": MINE}


def test_a_toast_stays_eight_seconds_and_undoes(desk: QWidget, qtbot: QtBot) -> None:
    toast = Toast("Afspraak toegevoegd", undo=True, parent=desk)
    toast.start()

    with qtbot.waitSignals([toast.undo_wanted, toast.gone], timeout=1000):
        qtbot.mouseClick(toast.undo, Qt.MouseButton.LeftButton)

    assert not toast.isVisible()
    assert toast._clock.interval() == 8000
    assert not toast._clock.isActive()


def test_a_skeleton_waits_before_it_shows(desk: QWidget, qtbot: QtBot) -> None:
    skeleton = Skeleton()
    put(desk, skeleton)

    skeleton.start()
    at_once = skeleton.isVisible()
    qtbot.waitUntil(skeleton.isVisible, timeout=2000)
    skeleton.stop()

    assert not at_once
    assert not skeleton.isVisible()


def test_the_palette_skips_what_is_off_and_says_why(desk: QWidget, qtbot: QtBot) -> None:
    panel = PalettePanel()
    rows = (
        GroupRow("Nu"),
        CommandRow("a", "Bezwaar vastleggen", "hand-palm"),
        CommandRow("b", "Opname pauzeren", "record", off="er loopt geen gesprek"),
        CommandRow("c", "Naar opnamen", "waveform"),
    )
    panel.show_rows(rows, 84)
    put(desk, panel)

    qtbot.keyClick(panel.line, Qt.Key.Key_Down)
    with qtbot.waitSignal(panel.picked, timeout=1000) as told:
        qtbot.keyClick(panel.line, Qt.Key.Key_Return)

    assert told.args == ["c"]
    assert "er loopt geen gesprek" in rows[2].sentence


def test_search_says_how_it_read_and_opens_what_is_chosen(desk: QWidget, qtbot: QtBot) -> None:
    panel = SearchPanel()
    panel.show_answer(
        "postcode",
        ("naam",),
        (Hit(7, "Jolanda", "1987", "adres"), Hit(8, "Joost", "2004", "adres")),
        (Offer("new", "Nieuwe klant", "user-plus"),),
        31,
    )
    put(desk, panel)

    panel.move_choice(1)
    with qtbot.waitSignal(panel.opened, timeout=1000) as opened:
        panel.take()
    panel.move_choice(1)
    with qtbot.waitSignal(panel.offered, timeout=1000) as offered:
        panel.take()

    assert opened.args == [8]
    assert offered.args == ["new"]
    labels = [label.text() for label in panel.findChildren(Label)]
    assert {"Gelezen als", "postcode", "2 klanten"} <= set(labels)


def test_an_answer_of_a_scorecard_is_given_by_number_keys(desk: QWidget, qtbot: QtBot) -> None:
    criterion = Criterion(3, "Vraag beantwoord", scale=True)
    row = ScoreRow(criterion)
    put(desk, row)

    with qtbot.waitSignal(row.answered, timeout=1000) as told:
        qtbot.keyClick(row, Qt.Key.Key_4)

    assert told.args == [criterion, "4"]


def test_the_rail_has_a_place_for_each_screen_and_can_be_slim(desk: QWidget, qtbot: QtBot) -> None:
    rail = Rail("Sanne Hoekstra", "medewerker")
    rail.add("Werkplek", "headset", chosen=True)
    day = rail.add("Mijn dag", "list-checks", count=6)
    put(desk, rail)

    with qtbot.waitSignal(rail.chosen, timeout=1000) as told:
        qtbot.mouseClick(day, Qt.MouseButton.LeftButton)
    wide = rail.width()
    rail.make_slim(slim=True)

    assert told.args == [1]
    assert (wide, rail.width()) == (200, 64)
    assert day.toolTip() == "Mijn dag"
    assert day.accessibleName() == "Mijn dag 6"
    assert initials("Jolanda de Vries-Bakker") == "JV"


def test_a_file_tab_closes_by_its_cross(desk: QWidget, qtbot: QtBot) -> None:
    tabs = FileTabs()
    tabs.add(FileTab("Werkplek", "headset", closes=False))
    tabs.add(FileTab("J. de Vries", "user", live=True))
    put(desk, tabs)
    closed: list[int] = []
    tabs.close_wanted.connect(closed.append)

    for place in range(2):
        rect = tabs.tabRect(place)
        qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=QPoint(rect.right() - 18, rect.center().y()))

    assert closed == [1]
    assert tabs.accessibleTabName(1) == "J. de Vries, aan de lijn"


def test_a_table_says_column_and_value(qtbot: QtBot) -> None:
    table = Table(
        "Schades",
        [Column("Nummer", 100), Column("Status")],
        [TableRow(1, (Cell("S-26-1", "diefstal"), Cell(badge=Badge("Toegekend", "ok"))))],
    )
    qtbot.addWidget(table)
    interface = QAccessible.queryAccessibleInterface(table)

    spoken = [table.model().index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in range(2)]

    assert interface.text(QAccessible.Text.Name) == "Schades"
    assert spoken == ["Nummer: S-26-1, diefstal", "Status: Toegekend"]


def test_the_strip_says_what_is_done_and_what_comes(qtbot: QtBot) -> None:
    strip = StatusStrip("Schade", [Step("Gemeld", "16-11", DONE), Step("In beoordeling", "", NOW), Step("Toegekend")])
    qtbot.addWidget(strip)

    assert strip.accessibleName() == "Schade: Gemeld 16-11 gedaan, In beoordeling nu, Toegekend komt nog"
    assert strip.heightForWidth(900) == 30
    assert strip.heightForWidth(200) > 60


def test_a_reason_is_never_cut(qtbot: QtBot) -> None:
    line = TraceLine("Open voor terugbelverzoek T-26-5521. Dat u kijkt, staat in het logboek.", "nog 28 min", 0.9)
    qtbot.addWidget(line)

    assert line.heightForWidth(1000) == 32
    assert line.heightForWidth(300) > 50


def test_the_timeline_plays_by_mouse_and_by_space(desk: QWidget, qtbot: QtBot) -> None:
    timeline = Timeline("Tijdlijn")
    call = EventRow(
        5, "phone-incoming", "Vraag", "Sanne", "10:02", recording=RecordingLine("6:42", peaks=samples.peaks())
    )
    letter = EventRow(6, "envelope-simple", "Brief", "PDF", "09:00")
    timeline.rows.show([call, letter])
    put(desk, timeline)
    asked: list[int] = []
    timeline.play_wanted.connect(asked.append)
    spot = timeline.recording_rect(timeline.rows.index(0, 0)).center().toPoint()

    qtbot.mouseClick(timeline.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    timeline.choose(0)
    qtbot.keyClick(timeline, Qt.Key.Key_Space)
    timeline.choose(1)
    qtbot.keyClick(timeline, Qt.Key.Key_Space)

    assert asked == [5, 5]


def test_the_deck_seeks_by_mouse_and_keys_and_says_where_it_is(desk: QWidget, qtbot: QtBot) -> None:
    wave = Waveform(samples.sound())
    put(desk, wave)
    wanted: list[float] = []
    wave.seek_wanted.connect(wanted.append)

    wave.show_position(140)
    qtbot.keyClick(wave, Qt.Key.Key_Right)
    qtbot.keyClick(wave, Qt.Key.Key_Home)
    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(round(wave._x(260)), 60))

    assert wanted[:2] == [145, 0]
    assert wanted[2] == pytest.approx(260, abs=1)
    assert wave.accessibleDescription() == "02:20 van 08:40, in de wacht"
    interface = QAccessible.queryAccessibleInterface(wave)
    assert interface.role() == QAccessible.Role.Slider
    assert interface.valueInterface().currentValue() == 140


def test_a_refused_recording_shows_and_plays_nothing(desk: QWidget, qtbot: QtBot) -> None:
    wave = Waveform(samples.short_sound(), compact=True)
    put(desk, wave)
    heard = colours_of(wave)
    wave.refuse()
    wanted: list[float] = []
    wave.seek_wanted.connect(wanted.append)

    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(wave.width() // 2, 30))
    qtbot.keyClick(wave, Qt.Key.Key_Right)

    assert tokens.LIGHT["ink_agent"] in heard
    assert not {tokens.LIGHT["ink_agent"], tokens.LIGHT["ink_caller"]} & colours_of(wave)
    assert wanted == []


def test_holes_are_never_painted_as_silence(desk: QWidget) -> None:
    sound = samples.short_sound()
    wave = Waveform(sound, compact=True)
    put(desk, wave)
    hole = sound.gaps[0]
    image = wave.grab().toImage()
    lane = wave._lane(waves.AGENT)

    inside = {
        image.pixelColor(x, round(lane.center().y())).name().upper()
        for x in range(round(wave._x(hole.begin)) + 2, round(wave._x(hole.end)) - 2)
    }

    assert tokens.LIGHT["ink_agent"] not in inside
    assert tokens.LIGHT["ink"] in inside


def test_peaks_of_another_form_are_refused() -> None:
    with pytest.raises(ValueError, match="peaks"):
        waves.loudness(b"\0" * 100, waves.AGENT, 10)
    assert max(waves.loudness(samples.peaks(), waves.AGENT, 100)) > 0.4


@pytest.mark.parametrize("ratio", [1, 2])
def test_a_component_is_sharp_on_every_screen(qtbot: QtBot, ratio: int) -> None:
    from PySide6.QtGui import QPixmap

    badge = BadgeLabel(Badge("Toegekend", "ok", "check-circle"))
    qtbot.addWidget(badge)
    badge.resize(badge.sizeHint())
    made = QPixmap(badge.size() * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)

    badge.render(made)

    image = made.toImage()
    shades = {image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())}
    assert {tokens.LIGHT["ok_soft"], tokens.LIGHT["ok_text"]} <= shades


MAKERS: list[Callable[[], QWidget]] = [
    lambda: Btn("Opslaan", "primary", key="Ctrl S"),
    lambda: Reasoned(Btn("Opslaan")),
    lambda: Segments("Weergave"),
    lambda: Field("Naam", Line()),
    lambda: MaskedValue("IBAN"),
    lambda: Toast("Klaar", undo=True),
    lambda: ReasonDialog("Wie", ["Klacht"], FACTS),
    lambda: PurposePanel("Gesprek", [Purpose("a", "A", "mag")]),
    lambda: ConflictDialog("Ook bewaard.", "Karim", CLASHES, mine="U", theirs="Server"),
    lambda: SearchPanel(),
    lambda: PalettePanel(),
    lambda: Timeline("Tijdlijn"),
    lambda: Table("Schades", [Column("Nummer")]),
    lambda: Rail("Sanne Hoekstra", "medewerker"),
    lambda: FileTabs(),
    lambda: Waveform(samples.short_sound()),
    lambda: ScoreRow(Criterion(1, "Gemeld")),
    lambda: Candidate(CallerGuess(1, "Joost de Vries", "2004", "polis"), 2),
    lambda: Skeleton(),
]


@pytest.mark.parametrize("make", MAKERS)
def test_a_component_goes_when_nobody_holds_it(qapp: QApplication, make: Callable[[], QWidget]) -> None:
    part = make()
    watched = weakref.ref(part)
    part.deleteLater()

    del part
    qapp.sendPostedEvents(None, 52)
    gc.collect()

    assert watched() is None


def test_wide_density_does_not_change_what_a_list_shows(qapp: QApplication, qtbot: QtBot) -> None:
    table = Table("Schades", [Column("Nummer")], [TableRow(1, (Cell("S-26-1"),))])
    qtbot.addWidget(table)
    normal = table.verticalHeader().defaultSectionSize()

    theme.apply(qapp, Look(density="wide"))

    assert (normal, table.verticalHeader().defaultSectionSize()) == (34, 40)
