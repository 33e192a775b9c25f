"""The large components of the gallery, over the whole width. Its contents are invented and stay Dutch."""

from collections.abc import Iterator

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, samples
from harmony_desk.ui.gallery_parts import Beside, Section, Tall, Wrap
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.waves import Gap
from harmony_desk.ui.widgets.badges import Badge
from harmony_desk.ui.widgets.board import BoardBar, BoardCard, BoardColumn
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.call_bar import CallBar, CallLine, CallTimer, RecordingBar, RecordingState
from harmony_desk.ui.widgets.call_button import CallBtn
from harmony_desk.ui.widgets.card import Card
from harmony_desk.ui.widgets.conflict import Clash, ConflictDialog
from harmony_desk.ui.widgets.dialogs import ReasonDialog, TraceFact
from harmony_desk.ui.widgets.fields import Line
from harmony_desk.ui.widgets.overlay import Panel
from harmony_desk.ui.widgets.palette_list import CommandRow, GroupRow, PalettePanel
from harmony_desk.ui.widgets.purpose import Purpose, PurposePanel
from harmony_desk.ui.widgets.rail import Face, Rail
from harmony_desk.ui.widgets.scorecard import Criterion, ScoreHead, ScoreRow, ScoreTotal
from harmony_desk.ui.widgets.search import Hit, Offer, SearchBox, SearchPanel
from harmony_desk.ui.widgets.state_pill import StatePill
from harmony_desk.ui.widgets.status_strip import DONE, NOW, StatusStrip, Step, WhyNot
from harmony_desk.ui.widgets.tabs import FileTab, FileTabs, InnerTabs
from harmony_desk.ui.widgets.timeline import AgreementLine, DayRow, EventRow, RecordingLine, Timeline
from harmony_desk.ui.widgets.trace_line import TraceLine
from harmony_desk.ui.widgets.transport import Deck
from harmony_desk.ui.widgets.verification import Level, VerificationCard
from harmony_desk.ui.widgets.waveform import Waveform


def sections() -> Iterator[Section]:
    """Title and parts."""
    yield _("Frame: open files, search, state; the call bar below them; the rail"), frame()
    yield _("Coaching deck and scorecard"), coaching()
    yield _("Road of a claim, and verification"), claim()
    yield _("Timeline of a file"), [timeline()]
    yield _("Board of repairs"), board()
    yield _("Dialogs and popovers"), panels()


class _Top(Restyled, QWidget):
    """Tabs, search, bell and state."""

    def __init__(self) -> None:
        super().__init__()
        row = self.spaced(QHBoxLayout(self), 10)
        tabs = FileTabs(self)
        tabs.add(FileTab("Werkplek", "headset", closes=False))
        tabs.add(FileTab("J. de Vries-Bakker", "user", live=True))
        tabs.add(FileTab("D. van der Meulen", "file-text"))
        tabs.setCurrentIndex(1)
        row.addWidget(tabs, 1)
        row.addWidget(SearchBox(self))
        row.addWidget(Btn("", "quiet", icon="bell", label="Berichten", parent=self))
        row.addWidget(StatePill("In gesprek 04:12", "phone-call", "ok", self))


def frame() -> list[QWidget]:
    """What stands around every screen."""
    state = RecordingState("Opname loopt", "gemeld 10:02 · geen bezwaar", 252, (Gap(126, 157, "in de wacht"),))
    bar = CallBar(
        [CallLine("06 1234 5678", "Schade en reparatie"), CallTimer(252, "wacht 0:31"), RecordingBar(state)],
        [
            CallBtn("In de wacht", "pause", "F7"), CallBtn("Doorverbinden", "phone-transfer"), CallBtn("Opname pauzeren", "record", "F9"),
            CallBtn("Bezwaar tegen opname", "hand-palm", kind="objection"), CallBtn("Afronden", "check-circle", "F10", "light"),
        ],
    )  # fmt: skip
    inner = InnerTabs("Delen van het dossier")
    for words, count in (
        ("Overzicht", None),
        ("Polissen", 2),
        ("Schades", 3),
        ("Gesprekken", 14),
        ("Betalingen", None),
    ):
        inner.add(words, count)
    return [
        _Top(),
        bar,
        TraceLine(
            "Open voor terugbelverzoek T-26-5521. Dat u kijkt, staat in het logboek van deze klant.",
            "sluit om 10:47 · nog 28 min",
            28 / 30,
        ),
        inner,
        Wrap(rail(slim=False), rail(slim=True), Face("Jolanda de Vries-Bakker"), spacing=20),
    ]


def rail(*, slim: bool) -> Rail:
    """The rail of an agent."""
    made = Rail("Sanne Hoekstra", "medewerker klantcontact")
    made.add("Werkplek", "headset", chosen=True)
    made.add("Mijn dag", "list-checks", count=6)
    made.add("Gesprekken", "phone")
    made.add("Reparaties", "wrench", count=3)
    made.make_slim(slim=slim)
    return made


def coaching() -> list[QWidget]:
    """The deck, once refused, and a scorecard."""
    wave = Waveform(samples.sound())
    wave.show_position(309)
    wave.show_heard(((0, 127), (175, 309)))
    wave.show_markers(samples.MARKERS, current=4)
    wave.loop = (302, 319)
    deck = Deck(wave)
    deck.transport.show_state(309, playing=True)
    deck.transport.tempo.choose(2)
    deck.transport.skip_silence.setChecked(True)
    refused = Waveform(samples.short_sound(), compact=True)
    refused.refuse()
    card = Card("Gespreksbeoordeling v4", "score 1–5: 1 tot en met 5 · Tab: volgende", padding=12)
    column = card.spaced(QVBoxLayout(), 0)
    card.body.addLayout(column)
    column.addWidget(ScoreHead("Zorgvuldigheid", 25, 0.67))
    column.addWidget(ScoreRow(Criterion(1, "Opname gemeld aan de beller", critical=True, comment=1), "yes"))
    column.addWidget(ScoreRow(Criterion(2, "Juiste termijn genoemd", comment=4), "no", current=True))
    column.addWidget(ScoreHead("Oplossing", 30, 0.9))
    column.addWidget(ScoreRow(Criterion(3, "Vraag volledig beantwoord", scale=True), "4"))
    column.addWidget(ScoreTotal(86, ("teamgemiddelde 82", "geen kritiek punt gemist")))
    return [deck, Beside(card, refused, top=True)]


def claim() -> list[QWidget]:
    """Status strip, why not, verification."""
    steps = [
        Step("Gemeld", "16-11", DONE), Step("Dekkingscontrole", "17-11", DONE), Step("Wacht op stukken", "sinds 7 dagen", NOW),
        Step("In beoordeling"), Step("Toegekend"),
    ]  # fmt: skip
    levels = (
        Level(1, "Status en afspraken", 1, "bereikt"),
        Level(2, "Adres en schade-inhoud", 0.5, "nog één gegeven"),
        Level(3, "Rekeningnummer wijzigen", 0, "code naar bekend adres"),
    )
    card = VerificationCard(levels)
    for label, value in (("Geboortedatum", "12-03-1987"), ("Postcode en huisnummer", "3511 ZK 14")):
        field = card.ask(label)
        assert isinstance(field.control, Line)
        field.control.show_value(value)
        field.say("komt overeen", "ok")
    card.ask("IBAN, laatste 4", "4 cijfers", help_text="of het polisnummer")
    why = WhyNot(
        "Toekennen kan nog niet:",
        "het IMEI-nummer ontbreekt in het proces-verbaal. Vraag het op, of laat een senior dit stuk vrijstellen (M. Verhoeven, R. Postma).",
    )
    road = Card()
    road.body.addWidget(StatusStrip("Schade", steps))
    road.body.addWidget(why)
    return [road, card]


def timeline() -> QWidget:
    """Calls, repairs, letters, and each kind of recording row."""
    peaks = samples.peaks(11)
    rows: list[DayRow | EventRow] = [
        DayRow("Vandaag", "di 24-11-2026"),
        EventRow(
            1, "phone-incoming", "Vraag over ophalen toestel", "Sanne Hoekstra · niveau 2 bereikt · in de wacht 0:31", "10:02 · 6 min 42",
            Badge("Schade status"), AgreementLine("Bevestiging reparatiegarantie per e-mail", "wo 25-11"),
            RecordingLine("6:42", "Opname vervalt over 180 dagen · zo 23-05-2027", 1.0, peaks=peaks, gaps=((0.43, 0.52),)),
        ),
        DayRow("Maandag", "gisteren · 23-11-2026"),
        EventRow(2, "wrench", "Reparatie R-26-30871 gereed", "Telefix Utrecht · scherm en batterij vervangen · IMEI gelijk gebleven", "16:40", Badge("Klaar voor afhalen", "ok", "check-circle")),
        DayRow("Woensdag", "10-06-2026"),
        EventRow(
            3, "phone-outgoing", "Teruggebeld over incasso", "Joris Wiersma · afspraak nagekomen", "11:20 · 4 min 08", Badge("Premie en incasso"),
            AgreementLine("Mw. maakt € 11,95 over vóór 17-06", "nagekomen 15-06", kept=True),
            RecordingLine("4:08", "Opname vervalt over 13 dagen · ma 07-12-2026", 13 / 180, "ink_warn", samples.peaks(5)),
        ),
        EventRow(4, "phone-incoming", "Vraag over premie", "Sanne Hoekstra", "09:10 · 2 min 50", recording=RecordingLine("", reason="vernietigd op vr 22-05-2026", term="notitie en afspraken zijn bewaard")),
        EventRow(5, "phone-incoming", "Schade gemeld", "Karim El Amrani", "13:58", recording=RecordingLine("", reason="Geen opname: beller had bezwaar", icon="hand-palm")),
    ]  # fmt: skip
    made = Timeline("Tijdlijn")
    made.rows.show(rows)
    made.choose(1)
    card = Card(padding=8)
    card.body.addWidget(Tall(made))
    return card


def board() -> list[QWidget]:
    """Three columns and the bar."""
    columns = (
        ("Onderweg", "truck", [
            BoardCard(1, "Pixel 8", "R-26-30921 · vochtschade", "Schermservice Oost", 6, "bad", "vermist vanaf morgen", "clock-countdown", "bad"),
            BoardCard(2, "iPhone 15 Pro", "R-26-30940 · valschade", "Telefix Utrecht", 2),
        ]),
        ("Ontvangen", "package", [
            BoardCard(3, "iPhone 13", "R-26-30902 · valschade", "Telefix Utrecht", 4, reason="activeringsslot aan", reason_icon="lock-simple", reason_tone="bad", blocked=True),
            BoardCard(4, "Galaxy S23", "R-26-30917 · valschade", "ReparatiePunt Rotterdam", 1),
        ]),
        ("Prijsopgave", "receipt", [
            BoardCard(5, "Surface Pro 9", "R-26-30884 · stootschade", "Laptopdokter Zwolle", 5, "warn", "€ 610,00 · boven limiet", "warning-circle", "warn"),
            BoardCard(6, "iPhone 12", "R-26-30890 · valschade", "Telefix Utrecht", 1, reason="€ 189,00 · binnen limiet"),
        ]),
        ("Retour en ophalen", "storefront", [BoardCard(7, "Galaxy S24", "R-26-30871 · valschade", "Telefix Utrecht", 1, "ok", "klaar voor afhalen", "check-circle", "ok")]),
    )  # fmt: skip
    made = []
    for title, icon, cards in columns:
        column = BoardColumn(title, icon)
        column.show_cards(list(cards))
        column.cards.setMinimumHeight(px(270))
        made.append(column)
    made[1].cards.choose(0)
    bar = BoardBar()
    bar.show_reason(
        Badge("Geblokkeerd: activeringsslot", "bad", "lock-simple"),
        "R-26-30902 · Zoek mijn staat nog aan. Bij reparatie moet het uit.",
    )
    return [Beside(*made, spacing=8), bar]


class Stage(Restyled, QWidget):
    """Panels on a piece of canvas, as they would stand on a scrim."""

    def __init__(self, *panels: Panel) -> None:
        super().__init__()
        self._row = Wrap(*panels, spacing=0)
        self.spaced(QVBoxLayout(self), 0).addWidget(self._row)

    def paintEvent(self, event: object) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "neutral_soft", radius=10)


def panels() -> list[QWidget]:
    """Every dialog and popover."""
    facts = (
        TraceFact("user-focus", "Tom Bruinsma (privacymanager) ziet uw naam, de tijd en deze reden."),
        TraceFact("clock-countdown", "Het dossier sluit na 30 minuten. Wat u opende, staat in het logboek."),
        TraceFact("scales", "De klant kan opvragen wie keek."),
    )
    reason = ReasonDialog(
        "M. van den Heuvel · 1990 · Zwolle · klant 10 022 904",
        ["Post of e-mail zonder kenmerk", "Klacht"],
        facts,
        least=30,
    )
    reason.reason.setPlainText("Brief zonder nummer")
    purposes = (
        Purpose("agreement", "Afspraak terugluisteren", "mag: de klant vraagt naar een afspraak"),
        Purpose("coaching", "Coaching", "geweigerd: klant maakte bezwaar op ma 23-11-2026", refused=True),
        Purpose("privacy", "Privacyverzoek", "alleen privacymanager, met verzoeknummer", refused=True),
    )
    purpose = PurposePanel("Gesprek wo 10-06-2026 11:20 · 4 min 08 · Joris Wiersma", purposes, "Taak T-26-5521")
    purpose.choose(1)
    clashes = (
        Clash("email", "E-mail", "j.devries@example.nl", "jolanda@example.org"),
        Clash("phone", "Telefoon", "06 1234 5678", "06 8765 4321", theirs_first=False),
        Clash("preference", "Voorkeur", "belt liever dan mailt", "mailt liever dan belt"),
    )
    conflict = ConflictDialog(
        "Karim El Amrani bewaarde om 10:05 een andere versie. Kies per veld; niets gaat verloren.",
        "Karim",
        clashes,
        mine="Uw tekst (10:06)",
        theirs="Op de server (10:05)",
    )
    return [Stage(reason, search(), conflict, purpose, palette())]


def search() -> SearchPanel:
    """A search for a postcode and house number."""
    made = SearchPanel()
    hits = (
        Hit(1, "Jolanda de Vries-Bakker", "1987 · 3511 ZK Utrecht · klant 10 048 213", "adres"),
        Hit(2, "Joost de Vries", "2004 · 3511 ZK Utrecht · klant 10 061 540", "adres"),
        Hit(
            3,
            "S. Öztürk",
            "1979 · 3817 BB Amersfoort · klant 10 009 118",
            "oud adres, tot 01-03-2022",
            "clock-counter-clockwise",
        ),
    )
    offers = (
        Offer("add", "06 1234 5678 toevoegen aan de gekozen klant", "phone-plus", ("Ctrl", paint.ENTER)),
        Offer("new", "Nieuwe klant met dit adres", "user-plus"),
    )
    made.show_answer("postcode en huisnummer 3511 ZK 14", ("polisnummer", "naam"), hits, offers, 31)
    return made


def palette() -> PalettePanel:
    """The commands that fit "opn"."""
    made = PalettePanel()
    rows = (
        GroupRow("Deze klant: J. de Vries-Bakker"),
        CommandRow("listen", "Opname terugluisteren…", "waveform", ("Ctrl", "L"), "vraagt een doel"),
        CommandRow("objection", "Bezwaar tegen opnamen vastleggen", "hand-palm"),
        CommandRow("reopen", "Schade heropenen", "arrow-counter-clockwise", off="kies eerst een gesloten schade"),
        GroupRow("Nu"),
        CommandRow("pause", "Opname pauzeren", "record", ("F9",), off="er loopt geen gesprek"),
        GroupRow("Ga naar"),
        CommandRow("unlinked", "Niet gekoppelde opnamen", "link-break", note="3"),
    )
    made.line.setText("opn")
    made.show_rows(rows, 84)
    return made
