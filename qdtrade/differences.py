"""How two texts differ, as runs that a page can mark: Chinese character by character, words and numbers whole."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Run:
    """A stretch of one text that is the same in the other, or is not in it."""

    text: str
    changed: bool = False


class Block(NamedTuple):
    """The tokens of the old and of the new text at one place, and whether they are equal."""

    equal: bool
    old: list[str]
    new: list[str]


def compare(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """The runs of the old text (changed = removed) and of the new one (changed = added)."""
    blocks = _calmed(_blocks(TOKEN.findall(old), TOKEN.findall(new)))
    return _runs((block.equal, block.old) for block in blocks), _runs(
        (block.equal, block.new) for block in blocks
    )


def _blocks(old: list[str], new: list[str]) -> list[Block]:
    codes = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [Block(tag == "equal", old[a:b], new[c:d]) for tag, a, b, c, d in codes]


def _calmed(blocks: list[Block]) -> list[Block]:
    """Without chance matches: one or two equal tokens between two longer changes read as part of the change."""
    calm = list(blocks)
    for position in range(1, len(blocks) - 1):
        block, neighbours = blocks[position], (blocks[position - 1], blocks[position + 1])
        if block.equal and len(block.old) <= 2 and min(map(_size, neighbours)) >= 4 * len(block.old):
            calm[position] = block._replace(equal=False)
    return calm


def _size(block: Block) -> int:
    return max(len(block.old), len(block.new))


def _runs(pieces: Iterable[tuple[bool, list[str]]]) -> list[Run]:
    """The tokens of one side as runs, neighbours of one kind joined."""
    runs: list[Run] = []
    for equal, tokens in pieces:
        text, changed = "".join(tokens), not equal
        if runs and runs[-1].changed == changed:
            runs[-1] = Run(runs[-1].text + text, changed)
        elif text:
            runs.append(Run(text, changed))
    return runs
