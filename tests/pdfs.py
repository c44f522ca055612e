"""Read PDFs by another program: their words, and the tags that a screen reader goes by."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium


def elements(tree: Any) -> Iterator[Any]:
    """Walk through what a structure tree holds, in its order."""
    waiting = [
        pdfium.FPDF_StructTree_GetChildAtIndex(tree, n)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        one = waiting.pop(0)
        if not one:
            continue
        yield one
        count = pdfium.FPDF_StructElement_CountChildren(one)
        waiting += [pdfium.FPDF_StructElement_GetChildAtIndex(one, n) for n in range(count)]


def asked(read: Any, of: Any) -> str:
    """Ask for a text as the library gives it: its length first, then its UTF-16."""
    length = read(of, None, 0)
    if not length:
        return ""
    held = (ctypes.c_ushort * (length // 2))()
    read(of, held, length)
    return bytes(held).decode("utf-16-le").rstrip("\0")
