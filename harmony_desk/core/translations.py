"""The catalogues of translations, for developers: `python -m harmony_desk.core.translations COMMAND`.

`update` collects the sentences of the code into the .pot and the Dutch .po, `check` says what is
missing or does not fit and ends with 1, `compile` builds the .mo beside the .po (set-up and the wheel
do; the program also runs without, see `texts.load`). Files carry no dates and no line numbers, so
that two branches that add a sentence seldom collide; after a merge `update` puts them in order.
"""

import io
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from harmony_desk.core import texts

_PACKAGE = Path(__file__).resolve().parent.parent
# The database's builder speaks to people too; it stands beside the package, in the wheel as well.
PACKAGES = (_PACKAGE, _PACKAGE.parent / "db")
# translate(N_("..."), code) takes marked sentences, so only these three are looked for.
KEYWORDS = {word: DEFAULT_KEYWORDS[word] for word in ("_", "N_", "ngettext")}


def extract(packages: Sequence[Path] = PACKAGES) -> Catalog:
    """Every sentence that the code shows to a person."""
    catalogue = Catalog(project=texts.DOMAIN, version="1", charset="utf-8")
    for package in packages:
        found = extract_from_dir(package, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for name, _line, sentence, _comments, _context in sorted(found, key=lambda row: (row[0], row[1])):
            catalogue.add(sentence, locations=[(f"{package.name}/{Path(name).as_posix()}", 0)])
    return catalogue


def update(packages: Sequence[Path] = PACKAGES, folder: Path | None = None) -> None:
    """Write the .pot anew and bring the Dutch .po up to it; texts already there stay, those no longer
    used go. A new sentence is left empty, never guessed from a similar one."""
    folder = folder or texts.folder()
    template = extract(packages)
    _write(folder / f"{texts.DOMAIN}.pot", template)
    po = folder / "nl" / "LC_MESSAGES" / f"{texts.DOMAIN}.po"
    dutch = _read(po) if po.is_file() else Catalog(locale="nl", project=texts.DOMAIN, version="1")
    dutch.update(template, no_fuzzy_matching=True, update_creation_date=False)
    dutch.obsolete.clear()
    dutch.fuzzy = False
    _write(po, dutch)


def check(packages: Sequence[Path] = PACKAGES, folder: Path | None = None) -> list[str]:
    """What is wrong with the catalogues, one line each; an empty list is good."""
    folder = folder or texts.folder()
    wanted = {message.id for message in extract(packages) if message.id}
    template = {message.id for message in _read(folder / f"{texts.DOMAIN}.pot") if message.id}
    dutch = _read(folder / "nl" / "LC_MESSAGES" / f"{texts.DOMAIN}.po")
    problems = [f"the .pot lacks: {_first(found)!r}; run update" for found in wanted - template]
    problems += [f"the .pot holds what no code says: {_first(old)!r}; run update" for old in template - wanted]
    for message in wanted:
        entry = dutch.get(message) if isinstance(message, str) else dutch.get(message[0])
        if entry is None:
            problems.append(f"no Dutch for: {_first(message)!r}; run update")
        else:
            problems += [f"{problem}: {_first(message)!r}" for problem in _problems(entry)]
    unused = [message.id for message in dutch if message.id and message.id not in wanted]
    problems += [f"the .po holds what no code says: {_first(old)!r}; run update" for old in unused]
    return sorted(problems)


def compile_all(folder: Path | None = None) -> list[Path]:
    """Build the .mo beside each .po; returns what was written."""
    built = []
    for po in sorted((folder or texts.folder()).glob(f"*/LC_MESSAGES/{texts.DOMAIN}.po")):
        mo = po.with_suffix(".mo")
        mo.write_bytes(texts.compile_po(po.read_bytes()))
        built.append(mo)
    return built


def placeholders(sentence: str) -> list[str]:
    """The names between braces, in order of the alphabet. Raises ValueError for one without a name."""
    names = [name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name is not None]
    if any(not name.isidentifier() for name in names):
        raise ValueError("a placeholder without a name")
    return sorted(names)


def _problems(entry: Message) -> Iterator[str]:
    originals = [entry.id] if isinstance(entry.id, str) else list(entry.id)
    translated = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
    if entry.fuzzy:
        yield "only a guess (fuzzy)"
    if len(originals) != len(translated) or not all(translated):
        yield "no Dutch for"
        return
    for original, dutch in zip(originals, translated, strict=True):
        try:
            same = placeholders(original) == placeholders(dutch)
        except ValueError:
            same = False
        if not same:
            yield "placeholders differ or have no name"
        if original[-1] in ".?!:," and dutch[-1] != original[-1]:
            yield "the last mark of the sentence differs"


def _first(message: str | list[str] | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def _read(path: Path) -> Catalog:
    return read_po(io.BytesIO(path.read_bytes()), domain=texts.DOMAIN)


def _write(path: Path, catalogue: Catalog) -> None:
    catalogue.header_comment = "# Made by python -m harmony_desk.core.translations update."
    target = io.BytesIO()
    write_po(target, catalogue, width=110, sort_by_file=True, include_lineno=False)
    # Dates and tool versions would make every update of every branch a conflict.
    noise = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Report-Msgid', b'"Last-Tr')
    lines = [line for line in target.getvalue().splitlines(keepends=True) if not line.startswith(noise)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(lines))


def main(command: str) -> int:
    """Run one command; returns the exit code."""
    if command == "update":
        update()
        return 0
    if command == "compile":
        compile_all()
        return 0
    if command == "check":
        problems = check()
        sys.stdout.write("".join(f"{problem}\n" for problem in problems) or "translations are complete\n")
        return 1 if problems else 0
    sys.stderr.write("usage: python -m harmony_desk.core.translations update|check|compile\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
