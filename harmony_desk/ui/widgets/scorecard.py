"""A coaching scorecard: a criterion a row, answers right, and the total with the team's mean beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QRadioButton, QSizePolicy, QWidget

from harmony_desk.core.texts import _
from harmony_desk.ui import paint, theme
from harmony_desk.ui.focus import KeyFocus
from harmony_desk.ui.theme import Restyled, px
from harmony_desk.ui.tokens import MEDIUM, SEMIBOLD
from harmony_desk.ui.widgets.label import Label


@dataclass(frozen=True)
class Criterion:
    """What is judged; a yes-no question or a scale of 1 to 5. `comment` is the number of the linked one."""

    id: int
    words: str
    scale: bool = False
    critical: bool = False
    comment: int | None = None


class _Answer(Restyled, KeyFocus, QRadioButton):
    def __init__(self, words: str, label: str, kind: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self._kind = kind
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:  # noqa: N802
        room = px(18) if self._kind in ("yes", "no") else 0
        least = px(27) if self._kind == "scale" else px(44)
        return QSize(max(least, theme.width(self.text(), "small", SEMIBOLD) + room + px(14)), px(24))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return self.sizeHint()

    def hitButton(self, pos: object) -> bool:  # noqa: N802
        return True

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        chosen, rect = self.isChecked(), QRectF(self.rect())
        with paint.painter(self) as p:
            if chosen:
                paint.box(p, rect, "bad" if self._kind == "no" else "accent", radius=5)
            elif self.underMouse():
                paint.box(p, rect, "pressed", radius=5)
            role = "on_accent" if chosen else "neutral_text"
            wide = theme.width(self.text(), "small", SEMIBOLD if chosen else MEDIUM)
            icon = {"yes": "check", "no": "x"}.get(self._kind, "") if chosen else ""
            x = (rect.width() - wide - (px(16) if icon else 0)) / 2
            if icon:
                x += paint.icon(p, icon, x, rect.center().y(), 12, role, "bold") + px(4)
            paint.text(
                p,
                QRectF(x, 0, wide, rect.height()),
                self.text(),
                role,
                "small",
                SEMIBOLD if chosen else MEDIUM,
                elide=paint.ELIDE_NEVER,
            )
            if self.shows_ring():
                paint.focus_ring(p, rect, 5)


class _Answers(Restyled, QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.row = self.spaced(QHBoxLayout(self), 0, (2, 2, 2, 2))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            paint.box(p, paint.full(self), "neutral_soft")


class _Tag(QLabel):
    """ "kritiek" with its seal, or the number of a comment."""

    def __init__(self, words: str, parent: QWidget, *, seal: bool) -> None:
        super().__init__(words, parent)
        self._seal = seal
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(theme.width(self.text(), "small", MEDIUM) + px(19 if self._seal else 12), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        with paint.painter(self) as p:
            rect = paint.full(self)
            if not self._seal:
                paint.box(p, rect, "neutral_soft", radius=5)
                paint.text(p, rect, self.text(), "neutral_text", "small", SEMIBOLD, align=paint.CENTER)
                return
            paint.icon(p, "seal-warning", 0, rect.center().y(), 15, "bad_text", "fill")
            paint.text(
                p, rect.adjusted(px(19), 0, 0, 0), self.text(), "bad_text", "small", MEDIUM, elide=paint.ELIDE_NEVER
            )


class ScoreRow(Restyled, QFrame):
    """One criterion of 34 high; keys 1 to 5 answer, J, N and the dot the yes-no kind."""

    answered = Signal(object, str)  # the Criterion and its answer: "yes", "no", "n/a" or "1" to "5"

    def __init__(
        self, criterion: Criterion, answer: str = "", *, current: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.criterion, self.current = criterion, current
        row = self.spaced(QHBoxLayout(self), 8, (12, 3, 8, 3))
        self._words = Label(criterion.words, self, weight=MEDIUM if current else None, wrap=True)
        row.addWidget(self._words, 1)
        if criterion.critical:
            row.addWidget(_Tag(_("critical"), self, seal=True))
        if criterion.comment is not None:
            tag = _Tag(str(criterion.comment), self, seal=False)
            tag.setAccessibleName(_("comment {number}").format(number=criterion.comment))
            row.addWidget(tag)
        self._group = QButtonGroup(self)
        box = _Answers(self)
        box.setAccessibleName(criterion.words)
        for place, (value, words, kind) in enumerate(self._choices()):
            button = _Answer(words, f"{criterion.words}: {words}", kind, box)
            button.setChecked(value == answer)
            self._group.addButton(button, place)
            box.row.addWidget(button)
        self._group.idClicked.connect(self._tell)
        row.addWidget(box)

    def _choices(self) -> list[tuple[str, str, str]]:
        if self.criterion.scale:
            return [(str(mark), str(mark), "scale") for mark in range(1, 6)]
        return [("yes", _("Yes"), "yes"), ("no", _("No"), "no"), ("n/a", _("N/A"), "neither")]

    @Slot(int)
    def _tell(self, place: int) -> None:
        self.answered.emit(self.criterion, self._choices()[place][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Called by Qt when no answer took the key."""
        place = "12345".find(event.text()) if event.text() else -1
        if 0 <= place < len(self._choices()):
            self._group.button(place).click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        if self.current:
            with paint.painter(self) as p:
                paint.box(p, paint.full(self), "selected")


class ScoreHead(QLabel):
    """A section: its name, what it weighs, how far it is."""

    def __init__(self, words: str, weight: int, share: float, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._weight = _("weighs {percent}%").format(percent=weight)
        self._share = share
        self.setAccessibleName(f"{words}, {self._weight}, {round(share * 100)}%")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        return QSize(px(340), px(32))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Called by Qt."""
        words = theme.width(self.text(), "small", SEMIBOLD) + theme.width(self._weight, "small")
        return QSize(words + px(12 + 8 + 12 + 60 + 52), px(32))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            rect = paint.full(self).adjusted(px(12), 0, -px(8), 0)
            used = paint.text(p, rect, self.text(), "text2", "small", SEMIBOLD, elide=paint.ELIDE_NEVER)
            paint.text(p, rect.adjusted(used + px(8), 0, 0, 0), self._weight, "text2", "small")
            paint.text(p, rect, f"{round(self._share * 100)}%", "text", "small", align=paint.RIGHT)
            wide = min(px(104), rect.width() - used - theme.width(self._weight, "small") - px(64))
            bar = QRectF(rect.right() - px(46) - wide, rect.center().y() - px(2), wide, px(4))
            paint.box(p, bar, "line", radius=2)
            bar.setWidth(wide * self._share)
            paint.box(p, bar, "accent", radius=2)


class ScoreTotal(Restyled, QFrame):
    """The total at the foot, with what it is measured by; never a rank."""

    def __init__(self, total: int, notes: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = self.spaced(QHBoxLayout(self), 10, (14, 12, 14, 0))
        row.addWidget(Label(_("Provisional"), self, role="text2"))
        row.addWidget(Label(str(total), self, style="title"))
        row.addWidget(Label(" · ".join((_("of 100"), *notes)), self, style="small", role="text2", wrap=True), 1)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Called by Qt."""
        with paint.painter(self) as p:
            paint.hairline(p, 0, 0, self.width())
