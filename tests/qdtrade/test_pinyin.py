"""How Chinese is typed by its sound."""

import pytest

from qdtrade import pinyin


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("重庆市", "cqs"),  # not zhong
        ("长沙市", "css"),  # not zhang
        ("厦门市", "xms"),  # not sha
        ("行政审批局", "xzspj"),  # not hang
        ("银行", "yh"),
        ("六安市", "las"),
        ("绿色", "ls"),
        ("对接RCEP规则（一）", "djrcepgzy"),
        ("", ""),
    ],
)
def test_first_letters_follow_how_a_word_is_said(text, letters):
    assert pinyin.initials(text) == letters


def test_several_names_are_kept_apart():
    assert pinyin.full("商务局", "试点办") == " shang wu ju| shi dian ban"
    assert pinyin.initials("商务局", "试点办") == "swj|sdb"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("zhishichanquan", " zhi shi chan quan"),
        ("xian", " xian"),
        ("xi'an", " xian"),
        ("LVSE", " lv se"),
        ("lüse", " lv se"),
        ("shangh", " shang h"),
    ],
)
def test_letters_part_into_syllables(typed, first):
    assert pinyin.spellings(typed)[0] == first


def test_letters_that_are_no_syllables_are_no_spelling():
    assert pinyin.spellings("zscq") == ()
    assert pinyin.spellings("ai" * 50 + "q")  # a hundred letters cost no more


def test_a_word_of_two_readings_parts_in_both_ways():
    assert set(pinyin.spellings("xian")) == {" xian", " xi an"}


@pytest.mark.parametrize("typed", ["zscq", "ZSCQ", "zhishichanquan", "zhishi'chanquan"])
def test_what_a_reading_means_is_heard_in_a_name(typed):
    assert pinyin.heard("优化知识产权发展", typed) == ["知识产权"]


@pytest.mark.parametrize("typed", ["z", "4-03", "知识", "rcep", "zscqq", "hishi"])
def test_what_is_no_reading_of_a_name_is_not_heard(typed):
    assert pinyin.heard("对接RCEP的知识产权", typed) == []
