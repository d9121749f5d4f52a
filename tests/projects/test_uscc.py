import pytest

from projects import uscc


@pytest.mark.parametrize("code", ["9144030071526726XG", "91330100799655058B", "91350100M000100Y43"])
def test_a_code_is_right_whose_last_digit_follows_from_the_others(code):
    assert uscc.is_right(code)


@pytest.mark.parametrize(
    "code", ["9144030071526726XH", "9144030017526726XG", "91330100799655058", "9133010O799655058B", ""]
)
def test_a_slip_of_one_digit_two_exchanged_and_a_letter_that_is_none_are_found(code):
    assert not uscc.is_right(code)


def test_small_letters_and_spaces_are_what_people_write():
    assert uscc.tidy(" 9144 0300 7152-6726xg ") == "9144030071526726XG"
