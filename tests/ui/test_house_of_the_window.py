"""House rules of harmony_desk/ui that a test can keep."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject

from harmony_desk.ui import theme, tokens

UI = Path(theme.__file__).parent
MODULES = sorted(path for path in UI.rglob("*.py"))


def classes() -> Iterator[type]:
    """Every class of ours that is a QObject."""
    for path in MODULES:
        name = ".".join(path.relative_to(UI.parent.parent).with_suffix("").parts).removesuffix(".__init__")
        for _name, found in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if found.__module__ == name and issubclass(found, QObject):
                yield found


def attributes(found: type) -> set[str]:
    """What a class sets on itself: `self.x = ...`."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(found)))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


def test_no_attribute_is_named_like_a_method_of_qt() -> None:
    shadows = []
    for found in classes():
        [*_ours, base] = [c for c in found.__mro__ if c.__module__.startswith("PySide6") and c.__name__ != "Object"][:1]
        shadows += [f"{found.__name__}.{name}" for name in attributes(found) if hasattr(base, name)]

    assert len(list(classes())) > 60
    assert shadows == []


def test_no_signal_is_connected_to_a_lambda() -> None:
    found = [
        f"{path.name}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "connect"
        and any(isinstance(argument, ast.Lambda) for argument in node.args)
    ]

    assert found == []


def test_a_colour_is_written_in_the_tokens_and_nowhere_else() -> None:
    colour = re.compile(r"#[0-9A-Fa-f]{6}\b")

    found = [path.name for path in MODULES if path.name != "tokens.py" and colour.search(path.read_text())]
    sheet = (UI.parent.parent / "resources" / "styles" / "window.qss").read_text()

    assert found == []
    assert not colour.search(sheet)


def test_the_style_sheet_is_filled_for_every_theme_and_size() -> None:
    assert "$" not in theme.style_sheet()
    assert tokens.LIGHT["surface"] in theme.style_sheet()


def test_no_file_is_long() -> None:
    long = {path.name: count for path in MODULES if (count := len(path.read_text().splitlines())) > 400}

    assert long == {}
