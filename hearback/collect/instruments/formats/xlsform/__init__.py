"""XLSForm: workbooks of ODK, KoboToolbox and others. Source: xlsform.org; held against pyxform in the tests.

What XLSForm has no word for stands in columns whose names begin with `hearback_`, and on a sheet `hearback`,
which other programs pass over.
"""

from hearback.collect.instruments.formats.format import Format
from hearback.collect.instruments.formats.xlsform.reading import read
from hearback.collect.instruments.formats.xlsform.workbook import is_workbook
from hearback.collect.instruments.formats.xlsform.writing import write

FORMAT = Format("xlsform", "XLSForm workbook", ".xlsx", is_workbook, read, write)
