"""The small components of the gallery, section by section. Its contents are invented and stay Dutch."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import samples
from harmony_desk.ui.theme import Restyled
from harmony_desk.ui.widgets.badges import Badge, BadgeLabel, BadgeRow, traffic_light
from harmony_desk.ui.widgets.buttons import Btn, Reasoned
from harmony_desk.ui.widgets.call_bar import ReadAloud
from harmony_desk.ui.widgets.call_button import CallBtn
from harmony_desk.ui.widgets.candidate import CallerGuess, Candidate
from harmony_desk.ui.widgets.card import Facts
from harmony_desk.ui.widgets.checks import Check, Radio, Toggle
from harmony_desk.ui.widgets.chips import Chip, Segments
from harmony_desk.ui.widgets.fields import Choice, Field, Line, Words
from harmony_desk.ui.widgets.flow import Flow
from harmony_desk.ui.widgets.lists import ListRow, RowList
from harmony_desk.ui.widgets.masked import MaskedValue
from harmony_desk.ui.widgets.notices import Banner, Bubble, Toast
from harmony_desk.ui.widgets.rings import TermRing, role_of
from harmony_desk.ui.widgets.state_pill import StatePill
from harmony_desk.ui.widgets.states import Placeholder, Skeleton
from harmony_desk.ui.widgets.tables import Cell, Column, Table, TableRow
from harmony_desk.ui.widgets.trace_line import TraceLine
from harmony_desk.ui.widgets.waveform import Waveform

Section = tuple[str, list[QWidget]]


class Wrap(Restyled, QWidget):
    """Parts beside each other, over more lines where they do not fit."""

    def __init__(self, *parts: QWidget, spacing: int = 8) -> None:
        super().__init__()
        flow = self.spaced(Flow(self), spacing)
        for part in parts:
            part.setParent(self)
            flow.addWidget(part)


class Beside(Restyled, QWidget):
    """Parts beside each other, each as wide as the other."""

    def __init__(self, *parts: QWidget, spacing: int = 12, top: bool = False) -> None:
        super().__init__()
        row = self.spaced(QHBoxLayout(self), spacing)
        for part in parts:
            part.setParent(self)
            row.addWidget(part, 1, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag(0))


class Ink(Restyled, QWidget):
    """Call buttons on their band."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        flow = self.spaced(Flow(self), 6, (8, 8, 8, 8))
        for part in parts:
            part.setParent(self)
            flow.addWidget(part)

    def paintEvent(self, event: object) -> None:  # noqa: N802
        """Called by Qt."""
        from harmony_desk.ui import paint

        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "ink", "ink_edge", 10)


def posed(part: Btn, pose: str) -> Btn:
    """A button as if it were hovered, held or focused."""
    part.posed = pose
    return part


def off(button: Btn, reason: str, icon: str = "lock-simple") -> Reasoned:
    """A button that is off, with its reason."""
    frame = Reasoned(button)
    frame.switch_off(reason, icon)
    return frame


def sections() -> Iterator[Section]:
    """Title and parts, in the order of the design's chapter 6."""
    yield _("Buttons: one primary a screen; what is off says why"), buttons()
    yield _("Status: colour, icon and word"), status()
    yield _("The trace (purple): why you may see this"), notices()
    yield _("Fields: label above, help or error below"), fields()
    yield _("Filters and choices"), choices()
    yield _("Table rows"), tables()
    yield _("Empty, no right, error, offline, loading (after 300 ms, never in a call)"), states()
    yield _("Who calls, and what stays hidden"), callers()
    yield _("Waveform: two lanes, holes hatched, the heard part in the colour of the trace"), waves()
    yield _("List items"), lists()


def buttons() -> list[QWidget]:
    """All kinds and states."""
    save = "Opslaan"
    return [
        Wrap(
            Btn(save, "primary", key="Ctrl S"),
            posed(Btn(save, "primary"), "hover"),
            posed(Btn(save, "primary"), "pressed"),
            posed(Btn(save, "primary"), "focus"),
        ),
        Wrap(
            Btn("Stukken opvragen", icon="envelope-simple"),
            posed(Btn("Bewerken"), "hover"),
            posed(Btn("Bewerken"), "focus"),
        ),
        Wrap(
            off(Btn("Publiceren", "primary", icon="paper-plane-tilt"), "1 criterium is nog open", "paper-plane-tilt"),
            off(Btn("Toekennen", icon="check"), "Het IMEI-nummer ontbreekt in het proces-verbaal."),
            Btn("Meer", "quiet", icon="dots-three"),
            Btn("Wijzigen", "link", key="F2"),
        ),
        Wrap(
            Btn("Tonen…", "trace", icon="eye"),
            Btn("Openen en vastleggen", "tracefill"),
            Btn("Vernietigen…", "danger", icon="fire"),
        ),
        Wrap(
            Btn("Bewijs", small=True),
            Btn("Nu proberen", small=True, icon="arrow-clockwise"),
            Btn("", "quiet", icon="bell", label="Berichten"),
            Btn("", icon="dots-three", label="Meer"),
            off(Btn("Nieuwe schade", "primary"), "Geen verbinding met de server.", "wifi-slash"),
        ),
        Ink(
            CallBtn("In de wacht", "pause", "F7"),
            CallBtn("Opname pauzeren", "record", "F9"),
            CallBtn("Bezwaar", "hand-palm", kind="objection"),
            CallBtn("Afronden", "check-circle", "F10", "light"),
        ),
    ]


def status() -> list[QWidget]:
    """Badges, the traffic light, rings, pills."""
    states = (
        Badge("Gemeld", icon="file-text"), Badge("Wacht op stukken", "warn", "hourglass-medium"),
        Badge("In beoordeling", "info", "magnifying-glass"), Badge("Toegekend", "ok", "check-circle"),
        Badge("Afgewezen", "bad", "x-circle"), Badge("Gesloten", icon="archive"),
        Badge("Geblokkeerd", "bad", "lock-simple"), Badge("Klant afgeschermd", icon="eye-slash"),
        Badge("Lopend verzoek", icon="scales"), Badge("Schade status"),
    )  # fmt: skip
    header = BadgeRow(
        [
            Badge("Machtiging", "info", "handshake"), Badge("Achterstand", "warn", "warning"), Badge("1 open schade", icon="file-text"),
            Badge("2 bezwaren", icon="hand-palm"), Badge("Lopend verzoek", icon="scales"),
        ]
    )  # fmt: skip
    rings = (
        TermRing("180 dagen", 1.0, role_of(180)), TermRing("76", 76 / 180, role_of(76)),
        TermRing("13 dagen", 13 / 180, role_of(13)), TermRing("2 dagen", 3 / 180, role_of(2)), TermRing("vernietigd", None),
    )  # fmt: skip
    return [
        Wrap(*(BadgeLabel(state) for state in states), spacing=6),
        header,
        Wrap(*rings, spacing=11),
        Wrap(*(BadgeLabel(traffic_light(days)) for days in (16, 7, 1, None)), spacing=6),
        Wrap(
            StatePill("Beschikbaar", "headset", "ok"),
            StatePill("In gesprek 04:12", "phone-call", "ok"),
            StatePill("Nawerk", "headset", "warn"),
            StatePill("Pauze", "coffee", "neutral"),
        ),
    ]


def notices() -> list[QWidget]:
    """The trace, what is read aloud, banners, a toast, a reason."""
    toast = Toast("Afspraak toegevoegd", undo=True)
    return [
        TraceLine("Open voor gesprek 10:02", "nog 26 min", 26 / 30),
        ReadAloud(
            "Dit gesprek wordt opgenomen om onze medewerkers te trainen en om afspraken terug te kunnen luisteren. Hebt u daar bezwaar tegen?"
        ),
        Banner("Schorsen kan niet: geen bewezen aanmaning", "warn", icon="gavel", action="Bewijs"),
        Banner(
            "Geen verbinding sinds 10:04",
            "bad",
            icon="wifi-slash",
            second="U kunt typen; 2 concepten staan versleuteld klaar.",
            action="Nu proberen",
        ),
        Banner(
            "Dit dossier sloot om 10:47",
            "info",
            icon="clock-countdown",
            second="Uw notitie en afspraken kunt u nog opslaan.",
            action="Verlengen",
        ),
        Banner("De verbinding is terug", "ok", second="Alles wat u typte is opgeslagen."),
        toast,
        Bubble("Toekennen kan niet: het IMEI-nummer ontbreekt in het proces-verbaal"),
    ]


def fields() -> list[QWidget]:
    """Every state of a field."""
    imei = Field("IMEI-nummer", Line(icon="device-mobile", zero=True), hint="15 cijfers; op het toestel *#06#")
    imei.control.show_value("00 440153 014887 9") if isinstance(imei.control, Line) else None
    postcode = Field("Postcode", Line())
    assert isinstance(postcode.control, Line)
    postcode.control.show_value("1234 SS")
    postcode.say("SS komt niet voor", "error")
    born = Field("Geboortedatum", Line())
    assert isinstance(born.control, Line)
    born.control.show_value("12-03-1987")
    born.say("komt overeen", "ok")
    payout = Field("Uitkering", Line("Uitkering in behandeling"))
    payout.say("", "locked")
    caps = Field("Gebruikersnaam", Line("sanne.hoekstra", icon="user"))
    caps.say("Caps Lock staat aan", "warn")
    return [
        Beside(imei, postcode),
        Beside(born, Field("Toelichting", Line("wat sprak u af?"), optional=True)),
        Beside(Field("Afhandelcode", Choice(["Schade status", "Schade nieuw", "Premie en incasso"])), payout),
        caps,
        Field("Gespreksnotitie", Words("Wat vroeg de klant, en wat sprak u af?", lines=2)),
    ]


def choices() -> list[QWidget]:
    """Chips, segments, checks, radios, toggles."""
    modes = Segments("Weergave")
    modes.add("Bord", icon="kanban", chosen=True)
    modes.add("Tabel", icon="table")
    answers = QWidget()
    row = QHBoxLayout(answers)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)
    for words in ("Ja", "Nee"):
        row.addWidget(Radio(words, chosen=words == "Ja"))
    closed = Check("Toekennen: uitkering")
    closed.setEnabled(False)
    return [
        Wrap(Chip("Alles", count=41, chosen=True), Chip("Te laat", icon="warning-circle", count=3), modes),
        Wrap(
            Chip("Schade status", icon="star", key="1", chosen=True),
            Chip("Mijn team", icon="users", closes=True, chosen=True),
        ),
        Wrap(
            Check("Stilte", chosen=True),
            Check("Mijn team"),
            answers,
            Toggle("Beweging beperken", chosen=True),
            Toggle("Meldingen"),
            closed,
            spacing=16,
        ),
    ]


def tables() -> list[QWidget]:
    """One line and two lines."""
    columns = [
        Column("Nummer", 107, code=True),
        Column("Klant", 0),
        Column("Status", 112),
        Column("Bedrag", 80, number=True),
    ]

    def cells(second: bool) -> tuple[Cell, ...]:
        return (
            Cell("S-26-118402", "diefstal" if second else ""),
            Cell("De Vries-Bakker", "1987 · Utrecht" if second else ""),
            Cell(badge=Badge("Toegekend", "ok", "check-circle")),
            Cell("€ 214,50"),
        )

    one = Table("Schades", columns, [TableRow(number, cells(False)) for number in range(2)])
    one.horizontalHeader().setSortIndicator(0, one.horizontalHeader().sortIndicatorOrder())
    one.selectRow(1)
    two = Table("Schades, twee regels", columns, [TableRow(1, cells(True))], two_lines=True)
    two.horizontalHeader().hide()
    return [Tall(one), Tall(two)]


class Tall(Restyled, QWidget):
    """A table or list at the height of its rows, so that the page scrolls and not the part."""

    def __init__(self, part: Table | RowList) -> None:
        super().__init__()
        self._part = part
        self.spaced(QVBoxLayout(self), 0).addWidget(part)
        self.restyle()

    def restyle(self) -> None:
        """Called by `theme.apply`."""
        super().restyle()
        self._part.restyle()
        if isinstance(self._part, RowList):
            self._part.setFixedHeight(self._part.content_height())
            return
        rows = self._part.model().rowCount() * self._part.verticalHeader().defaultSectionSize()
        head = self._part.horizontalHeader()
        self._part.setFixedHeight(rows + (0 if head.isHidden() else head.sizeHint().height()))


def states() -> list[QWidget]:
    """Where content would be."""
    return [
        Placeholder("empty", "Geen opnamen om te koppelen", "Nieuwe opnamen zonder gesprek verschijnen hier."),
        Placeholder("no_right", "Alleen voor de privacymanager", "Vraag: Tom Bruinsma, toestel 120."),
        Placeholder(
            "error", "De lijst kwam niet binnen", "Probeer het opnieuw; de beheerder ziet de melding.", action="Opnieuw"
        ),
        Placeholder("offline", "Zoeken kan niet zonder verbinding", "Open dossiers blijven leesbaar tot 10:47."),
        Skeleton(),
    ]


def callers() -> list[QWidget]:
    """Candidates and hidden values."""
    first = CallerGuess(
        1,
        "Jolanda de Vries-Bakker",
        "1987 · Utrecht · klant sinds 2021",
        "eigen mobiel nummer",
        "Toestel terug van reparatie · ma 23-11",
    )
    second = CallerGuess(2, "Joost de Vries", "2004 · Utrecht · klant sinds 2024", "tweede nummer bij polis")
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    chosen = Candidate(first, 1)
    chosen.setChecked(True)
    column.addWidget(chosen)
    column.addWidget(Candidate(second, 2, compact=True))
    facts = Facts()
    facts.add("Telefoon", "06 1234 5678 · mobiel")
    facts.add("IMEI", "00 440152 ••••21 8", zero=True)
    facts.add("Adres", MaskedValue("Adres"))
    facts.add("IBAN", MaskedValue("IBAN", "NL•• •••• •••• ••", can_reveal=True))
    return [box, facts]


def waves() -> list[QWidget]:
    """The small deck; the large one stands below over the whole width."""
    wave = Waveform(samples.short_sound(), compact=True)
    wave.show_position(92)
    wave.show_heard(((0, 57), (73, 92)))
    return [wave]


def lists() -> list[QWidget]:
    """Two and three lines."""
    rows: Sequence[ListRow] = (
        ListRow(1, "Terugbellen: mw. Ait Ben Haddou", "over 18 min · terugbelverzoek", "phone-outgoing", tone=""),
        ListRow(2, "Proces-verbaal, origineel", "60 uur na ontdekking; regel is 24 uur", "warning", tone="warn"),
        ListRow(3, "Inzage", "J. de Vries-Bakker · Beoordelen", code="V-26-0188", state=traffic_light(1), share=0.04),
        ListRow(4, "Verwijdering", "R.P. Jansen · Beoordelen", code="V-26-0191", state=traffic_light(7), share=0.25),
        ListRow(
            5, "Overdracht", "M. van den Heuvel · Identiteit", code="V-26-0200", state=traffic_light(None), share=0.8
        ),
    )
    tasks = RowList("Taken en verzoeken")
    tasks.rows.show(list(rows))
    tasks.choose(3)
    return [Tall(tasks)]
