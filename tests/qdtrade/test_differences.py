"""Two texts against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qdtrade.differences import compare


def marked(runs):
    return "".join(f"[{run.text}]" if run.changed else run.text for run in runs)


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        ("登记96笔。", "登记118笔。", "登记[96]笔。", "登记[118]笔。"),
        ("组织对接2场。", "组织对接2场；设代办点。", "组织对接2场。", "组织对接2场[；设代办点]。"),
        ("Served nine firms.", "Served ten firms.", "Served [nine] firms.", "Served [ten] firms."),
        ("", "新", "", "[新]"),
        ("same", "same", "same", "same"),
    ],
)
def test_what_differs_is_marked(old, new, removed, added):
    before, after = compare(old, new)

    assert (marked(before), marked(after)) == (removed, added)


def test_a_chance_match_inside_a_rewritten_sentence_is_not_an_island():
    before, _after = compare("完成了前期调研的全部工作", "正在起草新的实施方案文本")

    assert marked(before) == "[完成了前期调研的全部工作]"


@given(st.text("登记12 ab，。\n", max_size=40), st.text("登记12 ab，。\n", max_size=40))
def test_the_runs_of_each_side_are_its_text(old, new):
    before, after = compare(old, new)

    assert "".join(run.text for run in before) == old
    assert "".join(run.text for run in after) == new


@given(st.text("登记12 ab，。\n", max_size=40), st.text("登记12 ab，。\n", max_size=40))
def test_what_is_not_marked_is_the_same_on_both_sides(old, new):
    before, after = compare(old, new)

    same = ["".join(run.text for run in runs if not run.changed) for runs in (before, after)]
    assert same[0] == same[1]
