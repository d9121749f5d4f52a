"""Several bureaus in one cell, and names with 和 in them."""

import pytest

from qdtrade.imports.reading import bureau_names

KNOWN = {"市商务局", "市人力资源和社会保障局", "市口岸和物流"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市商务局", ["市商务局"]),
        ("市商务局、市财政局", ["市商务局", "市财政局"]),
        ("市商务局，市财政局", ["市商务局", "市财政局"]),
        (
            "市商务局,市财政局;市税务局；青岛海关/市外办／市贸促会",
            ["市商务局", "市财政局", "市税务局", "青岛海关", "市外办", "市贸促会"],
        ),
        ("市商务局\n市财政局\r\n市税务局", ["市商务局", "市财政局", "市税务局"]),
        ("市商务局 市财政局", ["市商务局", "市财政局"]),
        ("市商务局和市财政局", ["市商务局", "市财政局"]),
        ("市商务局及市财政局", ["市商务局", "市财政局"]),
        ("市商务局、市财政局以及各区市政府", ["市商务局", "市财政局", "各区市政府"]),
        ("市人力资源和社会保障局", ["市人力资源和社会保障局"]),
        ("市文化和旅游局和市财政局", ["市文化和旅游局", "市财政局"]),
        ("市工业和信息化局、市规划和自然资源局", ["市工业和信息化局", "市规划和自然资源局"]),
        ("市商务局和市文化和旅游局", ["市商务局", "市文化和旅游局"]),
        ("市口岸和物流", ["市口岸和物流"]),
        ("市 商 务 局", ["市商务局"]),
        ("市商务局（牵头）、市财政局", ["市商务局", "市财政局"]),
        ("市商务局、市财政局等", ["市商务局", "市财政局"]),
        ("市商务局、市财政局等有关部门", ["市商务局", "市财政局"]),
        ("有关区市（市南区、崂山区）政府", ["有关区市（市南区、崂山区）政府"]),
        ("市商务局、市商务局", ["市商务局"]),
        ("市商务局、", ["市商务局"]),
        ("—", []),
        ("无", []),
        ("", []),
        ("Commerce Bureau, Finance Bureau", ["Commerce Bureau", "Finance Bureau"]),
        ("Commerce Bureau and Finance Bureau", ["Commerce Bureau", "Finance Bureau"]),
    ],
)
def test_a_cell_is_cut_into_whole_bureaus(text, names):
    assert bureau_names.split(text, KNOWN) == names


def test_a_cell_may_say_who_leads():
    parts = bureau_names.parts("牵头单位：市商务局；配合单位：市财政局、市税务局")

    assert parts == {"lead": "市商务局", "support": "市财政局、市税务局"}
    assert bureau_names.parts("市商务局；市财政局") == {}


def test_the_nearest_known_name_is_found():
    known = ["市市场监管局", "市商务局", "市地方金融监管局"]

    assert bureau_names.nearest("市地方金融局", known) == "市地方金融监管局"
    assert bureau_names.nearest("完全不同的", known) == ""
