"""The page of all documents: its mark, its dates, and texts that nobody foresaw."""

import datetime as dt
import io

import pypdf
import pytest

from harmony_desk.core.installation import Installation
from harmony_desk.documents import page
from tests import naughty

DAY = dt.date(2022, 4, 5)
REAL, DEMO = Installation("production"), Installation("demo")


def pages(data: bytes) -> list[str]:
    return [one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages]


def made(text: str, installation: Installation = REAL) -> bytes:
    return page.make(title="Titel", rows=[("Schade", text)], day=DAY, installation=installation)


@pytest.mark.parametrize(("installation", "marks"), [(DEMO, 1), (REAL, 0), (Installation("test"), 0)])
def test_each_page_of_a_demo_bears_its_mark_and_no_page_of_a_real_desk(installation: Installation, marks: int) -> None:
    found = pages(made("gebroken scherm " * 1500, installation))

    assert len(found) > 2
    assert [text.count(page.WATERMARK) for text in found] == [marks] * len(found)


def test_pages_are_dated_in_dutch_and_numbered() -> None:
    found = pages(made("scherm " * 3000))

    assert all("5 april 2022" in text for text in found)
    assert [f"Pagina {number}" in text for number, text in enumerate(found, start=1)] == [True] * len(found)


def test_the_same_row_gives_the_same_bytes() -> None:
    assert made("scherm") == made("scherm")


def test_the_font_travels_with_the_document() -> None:
    resources = pypdf.PdfReader(io.BytesIO(made("scherm"))).pages[0]["/Resources"]

    fonts = [font.get_object() for font in resources["/Font"].get_object().values()]

    embedded = [font for font in fonts if "DejaVuSans" in font["/BaseFont"]]
    assert len(embedded) >= 2
    assert all("/FontFile2" in font["/FontDescriptor"].get_object() for font in embedded)


@pytest.mark.parametrize(
    "name", ["Zoë Yılmaz-Çelik", "Łukasz Żółć", "Đặng Văn Ǻ", "Αθηνά Юлия", "d'Ançona & <b>zn</b>"]
)
def test_names_of_europe_are_printed_as_they_are(name: str) -> None:
    assert name in pages(made(name))[0]


def test_what_the_font_cannot_draw_is_told_by_its_code() -> None:
    assert page.printable("李 \u202eomgekeerd") == "[U+674E] [RLO]omgekeerd"


@pytest.mark.parametrize("text", [t for t in naughty.strings() if len(t) > 0])
def test_naughty_texts_make_a_document(text: str) -> None:
    assert pages(made(text))[0].startswith(("Harmony Desk", "Titel"))


def test_a_text_of_many_pages_without_a_space_is_printed_whole() -> None:
    whole = "".join("".join(pages(made("x" * 20_000))).split())

    assert whole.count("x") == 20_000
