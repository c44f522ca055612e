"""Whole numbers between NumPy and Arrow without copying.

Arrow's own conversions load pandas, which takes more CPU time than counting the answers of a day.
"""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Integers = NDArray[Any]


def arrow_array(numbers: Integers) -> pa.Array:
    """Show whole numbers to Arrow."""
    whole = np.ascontiguousarray(numbers)
    return pa.Array.from_buffers(
        pa.from_numpy_dtype(whole.dtype), len(whole), [None, pa.py_buffer(whole)], null_count=0
    )


def arrow_flags(flags: NDArray[np.bool_]) -> pa.Array:
    """Give a yes or no for every row to Arrow, which keeps eight in a byte."""
    packed = np.packbits(flags, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), len(flags), [None, pa.py_buffer(packed)], null_count=0)


def numpy_array(column: pa.ChunkedArray) -> Integers:
    """Show a column of whole numbers, none of them null, to NumPy."""
    whole = column.combine_chunks()
    return np.from_dlpack(whole) if len(whole) else np.empty(0, dtype=np.int64)
