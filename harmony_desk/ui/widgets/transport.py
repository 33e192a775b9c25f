"""Below the waves: the time, five buttons, the tempo, what is switched on, and the marker."""

from PySide6.QtCore import QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.widgets.buttons import Btn
from harmony_desk.ui.widgets.chips import Chip, Segments
from harmony_desk.ui.widgets.flow import Flow
from harmony_desk.ui.widgets.label import Label
from harmony_desk.ui.widgets.waveform import Waveform, clock

TEMPOS = (0.75, 1.0, 1.25, 1.5, 2.0)


class _Time(QLabel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_time(self, now: float, whole: float) -> None:
        self._all = f"/ {clock(whole)}"
        self.setText(clock(now))
        self.setAccessibleName(_("{now} of {all}").format(now=clock(now), all=clock(whole)))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.width(self.text(), "title") + px(8) + theme.width(self._all), px(36))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            used = paint.text(p, paint.full(self), self.text(), "ink_text", "title", 500, elide=paint.ELIDE_NEVER)
            rest = QRectF(used + px(8), px(2), self.width() - used, self.height())
            paint.text(p, rest, self._all, "ink_text2", elide=paint.ELIDE_NEVER)


class _Round(Btn):
    """The play button: round, light, the one that is always there."""

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(38), px(38))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            fill, _edge, role = self._colours()
            paint.box(p, paint.full(self), fill, radius=99)
            paint.icon(p, self.icon_name, self.width() / 2 - px(9), self.height() / 2, 18, role, "fill")
            if self.shows_ring():
                paint.focus_ring(p, paint.full(self), 99, on_ink=True, inner="ink")


class _Step(Btn):
    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(px(36), px(36))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            fill, edge, role = self._colours()
            paint.box(p, paint.full(self), fill, edge)
            paint.icon(p, self.icon_name, self.width() / 2 - px(9), self.height() / 2, 18, role, "fill")
            if self.shows_ring():
                paint.focus_ring(p, paint.full(self), on_ink=True)


class Transport(Restyled, QWidget):
    """The buttons tell what is wanted; who plays calls `show_state`."""

    play_wanted = Signal()
    step_wanted = Signal(int)  # -2 to the start, -1 and 1 five seconds, 2 to the next marker
    tempo_wanted = Signal(float)
    marker_wanted = Signal()

    def __init__(self, whole: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        flow = self.spaced(Flow(self), 8, (14, 7, 14, 7))
        self._time = _Time(self)
        flow.addWidget(self._time)
        steps = {
            -2: ("skip-back", _("To the start")),
            -1: ("rewind", _("Back 5 seconds")),
            1: ("fast-forward", _("Forward 5 seconds")),
            2: ("skip-forward", _("Next marker")),
        }
        for step, (icon, label) in steps.items():
            button = _Step("", "ink", icon=icon, label=label, parent=self)
            button.setProperty("step", step)
            button.clicked.connect(self._step)
            flow.addWidget(button)
            if step == -1:  # made here: Tab follows the order in which buttons are made
                self.play = _Round("", "ink_light", icon="play", label=_("Play"), parent=self)
                self.play.clicked.connect(self.play_wanted)
                flow.addWidget(self.play)
        flow.addWidget(Label(_("Tempo"), self, style="small", role="ink_text2"))
        self.tempo = Segments(_("Tempo"), on_ink=True, parent=self)
        for tempo in TEMPOS:
            self.tempo.add(f"{tempo:g}×".replace(".", ","), chosen=tempo == 1.0)
        self.tempo.chosen.connect(self._choose_tempo)
        flow.addWidget(self.tempo)
        self.skip_silence = Chip(_("Skip silence"), on_ink=True, icon="arrows-in-line-horizontal", parent=self)
        flow.addWidget(self.skip_silence)
        flow.turn_right()
        self.marker = Btn(_("Marker"), "ink_light", icon="flag", key="M", parent=self)
        self.marker.clicked.connect(self.marker_wanted)
        flow.addWidget(self.marker)
        self.show_state(0.0, playing=False)

    def show_state(self, now: float, *, playing: bool) -> None:
        """How the player stands."""
        self._time.show_time(now, self._whole)
        label = _("Pause") if playing else _("Play")
        self.play.icon_name = "pause" if playing else "play"
        self.play.setAccessibleName(label)
        self.play.setToolTip(label)
        self.play.update()

    @Slot()
    def _step(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.step_wanted.emit(sender.property("step"))

    @Slot(int)
    def _choose_tempo(self, place: int) -> None:
        self.tempo_wanted.emit(TEMPOS[place])


class Deck(Restyled, QFrame):
    """Waves and transport on one dark band."""

    def __init__(self, wave: Waveform, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wave = wave
        self.transport = Transport(wave.sound.seconds, self)
        column = self.spaced(QVBoxLayout(self), 0)
        column.addWidget(wave)
        column.addWidget(self.transport)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "ink", "ink_edge", 10)
            paint.hairline(p, 0, self.transport.y(), self.width(), "ink2")
