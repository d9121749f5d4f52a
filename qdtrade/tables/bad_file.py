"""Why a file was refused, in a sentence that names the file and the place and says what to do next."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SENTENCES: dict[str, Promise] = {
    "missing": _("There is no file %(file)s, or it cannot be read. Check the name and the path."),
    "empty": _("%(file)s is empty. Choose the file that holds the table."),
    "too_big": _(
        "%(file)s has %(size)s MB, more than the %(limit)s MB allowed. Remove pictures and unused sheets."
    ),
    "kind": _(
        "%(file)s is not a spreadsheet. Save it as .xlsx in Excel or WPS (.xls and .csv are read too)."
    ),
    "open_document": _(
        "%(file)s is an OpenDocument or binary workbook. Save it as .xlsx and send that file."
    ),
    "encrypted": _(
        "%(file)s is protected by a password. Remove the password in Excel or WPS, save, and send it again."
    ),
    "macros": _("%(file)s contains macros (%(place)s). Save it as .xlsx without macros and send that file."),
    "damaged": _(
        "%(file)s is damaged (%(place)s). Open it in Excel or WPS, save it under a new name, and send that."
    ),
    "bomb": _(
        "%(file)s unpacks to far more than a table needs (%(place)s; at most %(limit)s MB are allowed)."
        " It was not opened. Copy the table into a new workbook and send that."
    ),
    "too_wide": _(
        "%(file)s, sheet “%(sheet)s”: cell %(place)s lies beyond column %(limit)s."
        " Delete what stands outside the table, save, and send it again."
    ),
    "too_long": _(
        "%(file)s, sheet “%(sheet)s”: more than %(limit)s rows hold something."
        " Split the table into several files."
    ),
    "too_far": _(
        "%(file)s, sheet “%(sheet)s”: cell %(place)s lies far from the rest of the table."
        " Delete what stands outside the table, save, and send it again."
    ),
    "too_much": _(
        "%(file)s holds more than can be read at once. Keep only the sheet with the table and send that."
    ),
    "too_slow": _(
        "Reading %(file)s took longer than %(limit)s seconds and was stopped."
        " Copy the table into a new workbook."
    ),
    "no_sheet": _("%(file)s has no sheet with cells. Choose the file that holds the table."),
    "encoding": _(
        "The text of %(file)s cannot be read. Save it as “CSV UTF-8” or as .xlsx and send that file."
    ),
    "bad_csv": _(
        "%(file)s, line %(line)s: a quotation mark is not closed. Correct the line, or send it as .xlsx."
    ),
    "text_too_long": _(
        "The text in cell %(place)s is longer than the %(limit)s characters Excel holds. Export as CSV."
    ),
    "too_many_rows": _("A sheet of Excel holds at most %(limit)s rows. Narrow the filters."),
}

_CAUTIONS: dict[str, Promise] = {
    "no_results": _(
        "Sheet “%(sheet)s”, column %(place)s: the formulas there have no saved results."
        " If the column should hold something, open the file in Excel or WPS, save it, and read it again."
    ),
    "error_cell": _("Sheet “%(sheet)s”, cell %(place)s shows the error %(text)s."),
}


class BadFile(Exception):
    """A file that cannot be read: `code` and `params` say why, `str()` says it in the reader's language."""

    def __init__(self, code: str, name: str, **params: Any) -> None:
        super().__init__(code, name, params)
        self.code = code
        self.params = {"file": name, **params}

    def __str__(self) -> str:
        return str(_SENTENCES[self.code]) % self.params


@dataclass(frozen=True)
class Caution:
    """Something a person should know about a file that was read all the same."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(_CAUTIONS[self.code]) % self.params
