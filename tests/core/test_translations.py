"""Every sentence of the code has its Dutch text; the tool that says so is tried on bad catalogues."""

from pathlib import Path

import pytest

from harmony_desk.core import texts, translations


def test_every_sentence_in_the_code_has_a_good_dutch_text() -> None:
    assert len(list(translations.extract())) > 50
    assert translations.check() == []


def test_the_compiled_catalogue_speaks_dutch(tmp_path: Path) -> None:
    po = tmp_path / "nl" / "LC_MESSAGES" / "harmony_desk.po"
    po.parent.mkdir(parents=True)
    po.write_bytes((texts.folder() / "nl" / "LC_MESSAGES" / "harmony_desk.po").read_bytes())

    (mo,) = translations.compile_all(tmp_path)

    assert texts.load(po, mo).gettext("Street") == "Straat"
    assert mo.suffix == ".mo"


def test_addresses_customers_as_u_never_as_je() -> None:
    catalogue = (texts.folder() / "nl" / "LC_MESSAGES" / "harmony_desk.po").read_text(encoding="utf-8")
    words = catalogue.lower().replace('"', " ").replace(".", " ").replace(",", " ").split()

    assert not {"je", "jij", "jou", "jouw", "jullie"} & set(words)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "screen.py").write_text(
        "_('Save {name}.')\nngettext('{count} day', '{count} days', 2)\nN_('Later')\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def folder(tmp_path: Path, package: Path) -> Path:
    """Catalogues of that package, translated as they should be."""
    folder = tmp_path / "i18n"
    translations.update([package], folder)
    po = folder / "nl" / "LC_MESSAGES" / "harmony_desk.po"
    text = po.read_text(encoding="utf-8")
    for original, dutch in (
        ('msgid "Save {name}."\nmsgstr ""', 'msgid "Save {name}."\nmsgstr "{name} opslaan."'),
        ('msgstr[0] ""', 'msgstr[0] "{count} dag"'),
        ('msgstr[1] ""', 'msgstr[1] "{count} dagen"'),
        ('msgid "Later"\nmsgstr ""', 'msgid "Later"\nmsgstr "Straks"'),
    ):
        assert original in text
        text = text.replace(original, dutch)
    po.write_text(text, encoding="utf-8")
    return folder


def test_a_complete_catalogue_has_no_problem(package: Path, folder: Path) -> None:
    assert translations.check([package], folder) == []


@pytest.mark.parametrize(
    ("good", "bad", "problem"),
    [
        ('"Straks"', '""', "no Dutch"),
        ('"{count} dagen"', '""', "no Dutch"),
        ('"{name} opslaan."', '"{naam} opslaan."', "placeholders differ"),
        ('"{name} opslaan."', '"{} opslaan."', "placeholders differ"),
        ('"{name} opslaan."', '"{name} opslaan. {"', "placeholders differ"),
        ('"{count} dagen"', '"dagen"', "placeholders differ"),
        ('"{name} opslaan."', '"{name} opslaan"', "last mark"),
        ('msgid "Later"', '#, fuzzy\nmsgid "Later"', "fuzzy"),
        ('msgid "Later"', 'msgid "Never"', "no Dutch"),
    ],
)
def test_each_kind_of_problem_is_found(package: Path, folder: Path, good: str, bad: str, problem: str) -> None:
    po = folder / "nl" / "LC_MESSAGES" / "harmony_desk.po"
    text = po.read_text(encoding="utf-8")
    assert good in text
    po.write_text(text.replace(good, bad), encoding="utf-8")

    assert any(problem in found for found in translations.check([package], folder))


def test_a_new_sentence_in_the_code_is_missed_until_update_and_translation(package: Path, folder: Path) -> None:
    (package / "other.py").write_text("_('New')\n", encoding="utf-8")

    assert translations.check([package], folder) == [
        "no Dutch for: 'New'; run update",
        "the .pot lacks: 'New'; run update",
    ]

    translations.update([package], folder)

    assert translations.check([package], folder) == ["no Dutch for: 'New'"]


def test_a_sentence_that_left_the_code_leaves_the_catalogue_and_the_others_stay(package: Path, folder: Path) -> None:
    po = folder / "nl" / "LC_MESSAGES" / "harmony_desk.po"
    (package / "screen.py").write_text("N_('Later')\n", encoding="utf-8")

    assert any("no code says" in found for found in translations.check([package], folder))

    translations.update([package], folder)

    assert translations.check([package], folder) == []
    assert "opslaan" not in po.read_text(encoding="utf-8")
    assert texts.load(po, folder / "none.mo").gettext("Later") == "Straks"


def test_a_new_sentence_is_never_guessed_from_a_similar_one(package: Path, folder: Path) -> None:
    (package / "other.py").write_text("_('Save {name}!')\n", encoding="utf-8")

    translations.update([package], folder)

    assert translations.check([package], folder) == ["no Dutch for: 'Save {name}!'"]


def test_update_twice_writes_the_same_bytes(package: Path, folder: Path) -> None:
    translations.update([package], folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.po*")}

    translations.update([package], folder)

    assert {path: path.read_bytes() for path in folder.rglob("*.po*")} == before
    assert len(before) == 2


def test_the_files_in_the_project_are_as_update_writes_them(tmp_path: Path) -> None:
    source = texts.folder()
    copy = tmp_path / "i18n"
    names = ["harmony_desk.pot", "nl/LC_MESSAGES/harmony_desk.po"]
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_bytes((source / name).read_bytes())

    translations.update(folder=copy)

    assert [(copy / name).read_bytes() for name in names] == [(source / name).read_bytes() for name in names]


def test_check_ends_with_0_and_an_unknown_command_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert translations.main("check") == 0
    assert "complete" in capsys.readouterr().out
    assert translations.main("sing") == 2
    assert "usage" in capsys.readouterr().err
