"""Addresses to hand out and their QR codes."""

import re

import pytest
import segno

from hearback.collect.links import AddressTooLong, handed_out, qr_png, qr_svg

PAGE = "https://feedback.agency.example/done/passports"


def test_an_address_tells_place_and_campaign() -> None:
    assert handed_out(PAGE) == PAGE
    assert handed_out(PAGE, " Desk 4 & 5 ") == f"{PAGE}?place=Desk+4+%26+5"
    assert handed_out(PAGE, "desk", "día") == f"{PAGE}?place=desk&campaign=d%C3%ADa"
    assert len(handed_out(PAGE, "x" * 9_999)) == len(f"{PAGE}?place=") + 200


def test_a_code_is_drawn_with_its_quiet_zone_and_no_style_that_a_policy_forbids() -> None:
    modules = segno.make_qr(PAGE).symbol_size(border=0)[0]
    svg = qr_svg(PAGE).decode()
    assert re.search(rf'viewBox="0 0 {modules + 8} {modules + 8}"', svg)
    assert "style" not in svg
    assert f"<title>{PAGE}</title>" in svg
    assert qr_png(PAGE).startswith(b"\x89PNG")


def test_the_longest_link_still_fits() -> None:
    assert qr_svg(handed_out(PAGE, "é" * 200, "é" * 200)).startswith(b"<?xml")


def test_an_address_that_no_code_can_hold_is_refused() -> None:
    with pytest.raises(AddressTooLong, match="shorten its place or campaign"):
        qr_svg("https://hearback.example/done/passports?place=" + "x" * 5_000)
