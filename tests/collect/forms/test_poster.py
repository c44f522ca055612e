"""Codes and posters: shown and read back by other programs, tags and words where they belong."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst
import zxingcpp
from msgspec.structs import replace

from hearback.collect.instruments import files
from hearback.collect.instruments.definition import Instrument
from hearback.collect.links import handed_out, qr_png, qr_svg
from hearback.collect.poster import PosterNotMade, poster
from hearback.ui import typesetting
from tests.conftest import ROOT
from tests.pdfs import asked, elements

ADDRESS = handed_out("https://feedback.agency.example/done/office", "Desk 4", "día")
ASKER = "Office visits, An office"
SIZES = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture(scope="module")
def office() -> Instrument:
    """A form in three languages, with a clearance."""
    return files.read_yaml((ROOT / "tests/walks/instruments/every_type.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("kind", "draw"), [("svg", qr_svg), ("png", qr_png)])
def test_a_picture_of_a_code_leads_to_its_address(
    tmp_path: Path, kind: str, draw: Callable[[str], bytes]
) -> None:
    (tmp_path / f"code.{kind}").write_bytes(draw(ADDRESS))
    page = f'#set page(width: 300pt, height: 300pt)\n#image("code.{kind}")'
    shown = typst.Compiler(page.encode(), root=str(tmp_path)).compile(format="pdf")
    with pypdfium2.PdfDocument(shown) as document:
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=2).to_numpy())
    assert code.text == ADDRESS


@pytest.mark.parametrize("paper", SIZES)
@pytest.mark.parametrize("languages", [(), ("es",), ("ar", "en")])
def test_the_code_leads_to_the_address_that_stands_below_it(
    office: Instrument, paper: str, languages: tuple[str, ...]
) -> None:
    with pypdfium2.PdfDocument(poster(office, ADDRESS, ASKER, languages, paper)) as document:
        assert len(document) == 1
        assert tuple(round(side) for side in document[0].get_size()) == SIZES[paper]
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=1.5).to_numpy())
        assert code.text == ADDRESS
        words = document[0].get_textpage().get_text_range().replace("\r\n", "")
        assert all(name in words for name in ("English", "español", "0000-0000"))
        if languages != (
            "ar",
            "en",
        ):  # a page that begins from the right pdfium reads from the right throughout
            assert ADDRESS.partition("?")[0] in words
            assert "?place" not in words
            assert ASKER in words
            assert ("Visit to an office" in words) == (not languages)
            assert "Visita a una oficina" in words
            assert "An agency, office@agency.example" in words
        else:
            assert "زيارة إلى مكتب" in words


def test_a_screen_reader_is_told_title_language_and_picture(office: Instrument) -> None:
    with pypdfium2.PdfDocument(poster(office, ADDRESS, ASKER, ["es", "en"])) as document:
        assert document.get_metadata_dict()["Title"] == "Visita a una oficina"
        assert pdfium.FPDFCatalog_IsTagged(document)
        assert asked(pdfium.FPDFCatalog_GetLanguage, document) == "es"
        tree = pdfium.FPDF_StructTree_GetForPage(document[0])
        found = [(asked(pdfium.FPDF_StructElement_GetType, one), one) for one in elements(tree)]
        assert [kind for kind, _ in found].count("H1") == 2
        (alt,) = [asked(pdfium.FPDF_StructElement_GetAltText, one) for kind, one in found if kind == "Figure"]
        assert alt == f"Código QR de {ADDRESS}"
        assert {asked(pdfium.FPDF_StructElement_GetLang, one) for _, one in found} >= {"en"}
        pdfium.FPDF_StructTree_Close(tree)


def test_its_fonts_are_inside(office: Instrument) -> None:
    with pypdfium2.PdfDocument(poster(office, ADDRESS, ASKER)) as document:
        texts = list(document[0].get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]))
        fonts = [pdfium.FPDFTextObj_GetFont(one) for one in texts]
        assert fonts
        assert all(pdfium.FPDFFont_GetIsEmbedded(font) for font in fonts)


def test_the_same_form_gives_the_same_file(office: Instrument) -> None:
    assert poster(office, ADDRESS, ASKER) == poster(office, ADDRESS, ASKER)


def test_what_a_form_says_is_text_and_never_markup() -> None:
    thumbs = files.ready("thumbs")
    said = '#read("/etc/passwd") *now* \\ $x$ <a> "why"'
    with pypdfium2.PdfDocument(
        poster(replace(thumbs, title={"en": said}), ADDRESS, ASKER, ["en"])
    ) as document:
        assert document.get_metadata_dict()["Title"] == said
        assert said in document[0].get_textpage().get_text_range().replace("\r\n", "")


def test_without_an_introduction_it_says_why_in_words_of_its_own() -> None:
    with pypdfium2.PdfDocument(poster(files.ready("thumbs"), ADDRESS, ASKER)) as document:
        words = document[0].get_textpage().get_text_range()
    assert "your answer helps" in words
    assert "su respuesta ayuda" in words


def test_only_the_first_sentence_of_the_introduction_is_printed() -> None:
    form = replace(
        files.ready("thumbs"), introduction={"en": "About 3.5 minutes. Then a page about cookies."}
    )
    with pypdfium2.PdfDocument(poster(form, ADDRESS, ASKER, ["en"])) as document:
        words = document[0].get_textpage().get_text_range()
    assert "About 3.5 minutes." in words
    assert "cookies" not in words


def test_a_letter_that_no_font_has_is_named_and_not_left_out() -> None:
    form = replace(files.ready("thumbs"), title={"en": "Hello \ue123"})
    with pytest.raises(PosterNotMade, match=r"no font has the letter '\\ue123'"):
        poster(form, ADDRESS, ASKER)


def test_without_fonts_it_says_how_to_get_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "FONTS", tmp_path)
    typesetting._fonts.cache_clear()
    with pytest.raises(PosterNotMade, match="run `make setup`"):
        poster(files.ready("thumbs"), ADDRESS, ASKER)


def test_words_that_fill_more_than_a_page_are_refused() -> None:
    form = replace(files.ready("thumbs"), title={"en": "How did we do? " * 300})
    with pytest.raises(PosterNotMade, match="do not fit on one page"):
        poster(form, ADDRESS, ASKER)


def test_the_longest_link_still_makes_a_code_that_can_be_read() -> None:
    longest = handed_out("https://feedback.agency.example/done/office", "é" * 200, "é" * 200)
    with pypdfium2.PdfDocument(poster(files.ready("thumbs"), longest, ASKER)) as document:
        (code,) = zxingcpp.read_barcodes(document[0].render(scale=4).to_numpy())
    assert code.text == longest
