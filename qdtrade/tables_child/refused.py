"""How the child says no."""

from typing import Any


class Refused(Exception):
    """The file is refused; code and params become a sentence in `bad_file.py`."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, "params": params}


def place(row: int, column: int) -> str:
    """The name a spreadsheet gives a cell counted from 0: E88."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{row + 1}"
