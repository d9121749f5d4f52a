"""How two texts differ, as runs that a page can mark: Chinese character by character, words and numbers whole."""

import difflib
import re
from dataclasses import dataclass

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of one text that is the same in the other, or is not in it."""

    text: str
    changed: bool = False


Block = tuple[bool, list[str], list[str]]
"""Whether both sides are equal here, then the tokens of the old and of the new text."""


def compare(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """The runs of the old text (changed = removed) and of the new one (changed = added)."""
    blocks = _calmed(_blocks(TOKEN.findall(old), TOKEN.findall(new)))
    return _runs(blocks, 1), _runs(blocks, 2)


def _blocks(old: list[str], new: list[str]) -> list[Block]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in codes]


def _calmed(blocks: list[Block]) -> list[Block]:
    """Without chance matches: one or two equal tokens between two longer changes read as part of the change."""
    calm: list[Block] = []
    for position, block in enumerate(blocks):
        equal, old, new = block
        if equal and 0 < position < len(blocks) - 1 and len(old) <= 2:
            neighbours = blocks[position - 1], blocks[position + 1]
            equal = min(_size(neighbour) for neighbour in neighbours) < 4 * len(old)
        calm.append((equal, old, new))
    return calm


def _size(block: Block) -> int:
    return max(len(block[1]), len(block[2]))


def _runs(blocks: list[Block], side: int) -> list[Run]:
    """The blocks of one side, neighbours of one kind joined."""
    runs: list[Run] = []
    for block in blocks:
        text, changed = "".join(block[side]), not block[0]
        if not text:
            continue
        if runs and runs[-1].changed == changed:
            runs[-1] = Run(runs[-1].text + text, changed)
        else:
            runs.append(Run(text, changed))
    return runs
