"""Reading the window as a screen reader and as a ruler would."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QComboBox, QWidget

# A frame that only holds others needs no name; Qt gives it one of these.
HOLDERS = (QAccessible.Role.Client, QAccessible.Role.Border, QAccessible.Role.Grouping, QAccessible.Role.Pane)


def walk(widget: QWidget) -> Iterator[tuple[QWidget, QAccessibleInterface]]:
    """Every widget inside that is shown, with what a screen reader knows of it."""
    for child in [widget, *widget.findChildren(QWidget)]:
        if child.isVisibleTo(widget):
            interface = QAccessible.queryAccessibleInterface(child)
            if interface is not None:
                yield child, interface


def name_of(widget: QWidget, interface: QAccessibleInterface) -> str:
    """The name; on Linux a combo box has none, there its label is tied to it."""
    if isinstance(widget, QComboBox):
        labels = [other.text(QAccessible.Text.Name) for other, _kind in interface.relations()]
        return ", ".join(labels) or widget.accessibleName()
    if interface.role() == QAccessible.Role.PageTabList:
        return widget.accessibleName()
    return interface.text(QAccessible.Text.Name)


def overlapping(widget: QWidget) -> Iterator[tuple[QWidget, QWidget]]:
    """Siblings that lie over each other, anywhere inside."""
    for parent in [widget, *widget.findChildren(QWidget)]:
        if type(parent).__module__.startswith("harmony_desk"):
            shown = [child for child in parent.children() if isinstance(child, QWidget) and child.isVisibleTo(widget)]
            for number, one in enumerate(shown):
                for other in shown[number + 1 :]:
                    common: QRect = one.geometry().intersected(other.geometry())
                    if common.width() > 1 and common.height() > 1:
                        yield one, other
