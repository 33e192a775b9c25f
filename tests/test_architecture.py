"""The dependency rule of docs/architecture.md, read off each file's syntax tree.

model <- core <- recordings, telephony, documents, local <- ui, cli <- app
"""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("harmony_desk.recordings", "harmony_desk.telephony", "harmony_desk.documents", "harmony_desk.local")
SCREENS = "harmony_desk.ui.screens"
QT = ("PySide6", "shiboken6")
DATABASE_LIBRARIES = ("sqlalchemy", "psycopg", "psycopg_pool", "alembic")
# Who may import whom: what stands further on may import what stands before it, never the other way.
LEVELS: tuple[tuple[str, ...], ...] = (
    ("harmony_desk.core",),
    ("harmony_desk.config",),
    ROOMS,
    ("harmony_desk.ui", "harmony_desk.cli"),
    ("harmony_desk.app", "harmony_desk.__main__"),
)


def inside(module: str, *packages: str) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def level(module: str) -> int | None:
    return next((number for number, packages in enumerate(LEVELS) if inside(module, *packages)), None)


def screen(module: str) -> str | None:
    """The screen that a module belongs to: one file, or one folder."""
    return module.split(".")[3] if module.startswith(SCREENS + ".") else None


def imports(module: str, source: str, *, is_package: bool = False) -> Iterator[str]:
    """Every module that a file names in an import, wherever in the file, relative ones resolved."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = module.split(".") + ([""] if is_package else [])
                base = ".".join([*parts[: len(parts) - node.level], *filter(None, [base])])
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in ("importlib.import_module", "import_module", "__import__"):
                yield str(node.args[0].value)


def objection(module: str, wanted: str) -> str | None:
    """Why this module may not import that one; None when it may."""
    if inside(wanted, "db"):
        allowed = inside(module, "db", "harmony_desk.local", "harmony_desk.cli", "tests")
        return None if allowed else "nothing imports db but local, cli and tests"
    if inside(wanted, *QT):
        allowed = inside(module, "harmony_desk.ui", "harmony_desk.app", "tests")
        return None if allowed else "only ui and app know Qt"
    if inside(module, "db") and inside(wanted, "harmony_desk") and not inside(wanted, "harmony_desk.core"):
        return "db imports core only"
    if inside(module, "harmony_desk.ui"):
        hidden = (*DATABASE_LIBRARIES, "harmony_desk.core.model", "harmony_desk.core.database")
        if inside(wanted, *hidden):
            return "ui never sees the database or mapped objects"
        other = screen(wanted)
        if screen(module) and other and other != screen(module):
            return "screens do not import each other"
        if inside(wanted, "harmony_desk.cli"):
            return "ui and cli do not know each other"
    if inside(module, "harmony_desk.cli") and inside(wanted, "harmony_desk.ui"):
        return "ui and cli do not know each other"
    own, other_level = level(module), level(wanted)
    if own is not None and other_level is not None and other_level > own:
        return "imports go from the outside in"
    return None


def violations(sources: Mapping[str, str]) -> list[str]:
    """All broken rules among these modules; a package's name ends in '.__init__'."""
    graph = {name.removesuffix(".__init__"): set(imports_of(name, source)) for name, source in sources.items()}
    found = [
        f"{module} imports {wanted}: {why}"
        for module, targets in graph.items()
        for wanted in sorted(targets)
        if (why := objection(module, wanted))
    ]
    return sorted(found + cycles_into_the_model(graph))


def imports_of(name: str, source: str) -> Iterator[str]:
    return imports(name.removesuffix(".__init__"), source, is_package=name.endswith(".__init__"))


def cycles_into_the_model(graph: Mapping[str, set[str]]) -> list[str]:
    """The model stands on words and checks only: nothing of core that itself stands on the model."""
    model = "harmony_desk.core.model"
    known = {m for m in graph if inside(m, "harmony_desk.core") and not inside(m, model)}
    standing = {m for m in known if any(inside(t, model) for t in graph[m])}
    while True:
        more = {m for m in known - standing if any(inside(t, *standing) for t in graph[m] if standing)}
        if not more:
            break
        standing |= more
    return [
        f"{module} imports {wanted}: the model is imported by the subjects, not the reverse"
        for module, targets in graph.items()
        if inside(module, model)
        for wanted in sorted(targets)
        if standing and inside(wanted, *standing)
    ]


def project() -> dict[str, str]:
    files = [path for package in ("harmony_desk", "db", "tests") for path in (ROOT / package).rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts): path.read_text() for path in files}


def test_the_project_keeps_the_dependency_rule() -> None:
    sources = project()

    assert len(sources) > 10
    assert violations(sources) == []


@pytest.mark.parametrize(
    ("module", "source", "why"),
    [
        ("harmony_desk.core.claims", "from PySide6.QtCore import QObject", "only ui and app know Qt"),
        ("harmony_desk.core.claims", "def f():\n    import PySide6", "only ui and app know Qt"),
        ("harmony_desk.core.claims", "__import__('PySide6')", "only ui and app know Qt"),
        ("harmony_desk.cli.demo", "import PySide6.QtWidgets", "only ui and app know Qt"),
        ("harmony_desk.recordings.store", "import shiboken6", "only ui and app know Qt"),
        ("harmony_desk.core.claims", "from harmony_desk.ui import work", "from the outside in"),
        ("harmony_desk.core.claims", "from harmony_desk import local", "from the outside in"),
        ("harmony_desk.core.claims", "from ..local import postgres", "from the outside in"),
        ("harmony_desk.local.postgres", "import harmony_desk.app", "from the outside in"),
        ("harmony_desk.telephony.cdr", "import harmony_desk.cli.demo", "from the outside in"),
        ("harmony_desk.config", "import harmony_desk.local.keyring", "from the outside in"),
        ("harmony_desk.ui.login", "import sqlalchemy.orm", "ui never sees"),
        ("harmony_desk.ui.login", "from psycopg import connect", "ui never sees"),
        ("harmony_desk.ui.login", "from harmony_desk.core import model", "ui never sees"),
        ("harmony_desk.ui.login", "from harmony_desk.core.database import Database", "ui never sees"),
        ("harmony_desk.ui.screens.claims", "from . import repairs", "do not import each other"),
        ("harmony_desk.ui.screens.claims.detail", "from ..repairs import x", "do not import each other"),
        ("harmony_desk.ui.login", "import harmony_desk.cli", "ui and cli"),
        ("harmony_desk.cli.demo", "from harmony_desk.ui import work", "ui and cli"),
        ("harmony_desk.core.claims", "from db import build", "nothing imports db"),
        ("harmony_desk.app", "import db.build", "nothing imports db"),
        ("db.build", "import harmony_desk.local.postgres", "db imports core only"),
    ],
)
def test_a_broken_rule_is_found(module: str, source: str, why: str) -> None:
    found = violations({module: source})

    assert len(found) == 1
    assert why in found[0]


def test_a_model_that_imports_a_subject_is_found_also_round_a_corner() -> None:
    sources = {
        "harmony_desk.core.model.claims": "from harmony_desk.core import amounts",
        "harmony_desk.core.amounts": "from harmony_desk.core.claims import total",
        "harmony_desk.core.claims": "from harmony_desk.core.model.claims import Claim",
    }

    assert len(violations(sources)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("harmony_desk.app", "from PySide6 import QtWidgets\nfrom harmony_desk.ui import work"),
        ("harmony_desk.cli.demo", "from db import build\nfrom harmony_desk.local import postgres"),
        ("harmony_desk.ui.screens.claims.detail", "from . import rows\nfrom harmony_desk.ui import work"),
        ("harmony_desk.ui.login", "from harmony_desk.core import claims\nfrom PySide6 import QtCore"),
        ("harmony_desk.core.model.claims", "from harmony_desk.core.errors import UserError"),
        ("harmony_desk.core.claims", "from harmony_desk.core.model.claims import Claim\nimport sqlalchemy"),
    ],
)
def test_what_the_rule_allows_is_left_alone(module: str, source: str) -> None:
    assert violations({module: source}) == []
