"""Names of bureaus as they stand in cells: several in one, with remarks, with 和 inside a name."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable

NOTHING = {"", "-", "--", "—", "——", "/", "无", "暂无", "不涉及", "n/a", "none"}
_HARD = "、,;/\n\r|\t"
_SOFT = re.compile(r"\s+and\s+|以及|和|及|与|\s+|&")
_ENDS = re.compile(
    r"(局|委|办|厅|院|署|处|所|站|馆|部|会|行|府|司|团|关|社|台|校|学|区|县|市|镇|中心|集团|协会|委员会|bureau|office|commission|customs)"
    r"([（(][^）)]*[）)])?$",
    re.IGNORECASE,
)
_REMARK = re.compile(r"[（(](牵头|配合|负责|责任|主办|协办|等|lead|support)[^）)]*[）)]", re.IGNORECASE)
_PART = re.compile(r"^(牵头|责任|主责|主办|配合|协办|参与)(单位|部门)?[:：]")


def tidy(text: str) -> str:
    """A name without remarks and needless blanks; full-width letters made plain, brackets as Chinese writes them."""
    text = unicodedata.normalize("NFKC", _REMARK.sub("", text)).replace("(", "（").replace(")", "）")
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text.strip())
    text = re.sub(r"等(有关|相关)?(单位|部门)?$", "", text)
    return " ".join(text.split()).strip("。.,，、;；:： ")


def split(text: str, known: Collection[str] = ()) -> list[str]:
    """The bureaus of a cell, each once, in their order; `known` names are never cut in two."""
    names: list[str] = []
    for piece in _pieces(unicodedata.normalize("NFKC", text)):
        names += _split_softly(piece.strip(), known)
    found = [name for name in (tidy(name) for name in names) if name.lower() not in NOTHING]
    return list(dict.fromkeys(found))


def _pieces(text: str) -> Iterable[str]:
    """Cut at marks that never stand in a name, except inside brackets."""
    depth = start = 0
    for index, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if mark in _HARD and depth <= 0:
            yield text[start:index]
            start = index + 1
    yield text[start:]


def _split_softly(text: str, known: Collection[str]) -> list[str]:
    """Cut at 和, 及, 与 or a blank only where two whole bureaus come out of it."""
    if tidy(text) in known:
        return [text]
    for match in _SOFT.finditer(text):
        left, right = text[: match.start()], text[match.end() :]
        if _is_whole(left, known) and _is_whole(right, known):
            return [left, *_split_softly(right, known)]
    return [text]


def _is_whole(text: str, known: Collection[str]) -> bool:
    name = tidy(text)
    return name in known or (len(name) > 2 and bool(_ENDS.search(name)))


def parts(text: str) -> dict[str, str]:
    """A cell that says itself who leads and who cooperates: {"lead": …, "support": …}; empty where it does not."""
    found: dict[str, list[str]] = {}
    part = ""
    for line in re.split(r"[;；\n]", text):
        if match := _PART.match(line.strip()):
            part = "support" if match[1] in {"配合", "协办", "参与"} else "lead"
            line = line.strip()[match.end() :]
        elif not part:
            return {}
        found.setdefault(part, []).append(line)
    return {name: "、".join(lines) for name, lines in found.items()}


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like this one, or an empty string where none is like it."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else ""


def difference(name: str, other: str) -> int:
    """How many characters differ between two names: those that would be added, dropped or exchanged."""
    row = list(range(len(other) + 1))
    for number, mark in enumerate(name, 1):
        last, row[0] = row[0], number
        for index, other_mark in enumerate(other, 1):
            last, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, last + (mark != other_mark)),
            )
    return row[-1]
