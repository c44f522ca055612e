"""Addresses to hand out, and the QR codes that lead to them."""

from io import BytesIO
from urllib.parse import urlencode

import segno

QUIET_ZONE = 4
"""Empty modules around a code. Source: ISO/IEC 18004:2015, section 6.3.8."""
LONGEST_NAME = 200
"""As many characters of a place or campaign as the hosted page keeps."""


class AddressTooLong(Exception):
    """An address does not fit into a QR code; a shorter place or campaign would."""


def handed_out(page: str, place: str = "", campaign: str = "", **more: str) -> str:
    """Give the address of a form's page, told where and why people were asked, and what else."""
    told = {"place": place.strip()[:LONGEST_NAME], "campaign": campaign.strip()[:LONGEST_NAME], **more}
    query = urlencode({name: text for name, text in told.items() if text})
    return f"{page}?{query}" if query else page


def qr_svg(address: str) -> bytes:
    """Draw an address as a QR code, black on white, that grows to any size.

    Raises:
        AddressTooLong: if it does not fit.
    """
    out = BytesIO()
    _code(address).save(
        out, kind="svg", border=QUIET_ZONE, light="#fff", omitsize=True, svgclass=None, lineclass=None,
        title=address,
    )  # fmt: skip
    return out.getvalue()


def qr_png(address: str) -> bytes:
    """Draw an address as a QR code of about a thousand pixels.

    Raises:
        AddressTooLong: if it does not fit.
    """
    code = _code(address)
    out = BytesIO()
    code.save(out, kind="png", border=QUIET_ZONE, scale=max(1, 1000 // code.symbol_size()[0]))
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    try:
        return segno.make_qr(address)
    except segno.DataOverflowError as problem:
        raise AddressTooLong(
            "the address is too long for a QR code; shorten its place or campaign"
        ) from problem
