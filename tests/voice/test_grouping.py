"""Which ideas say the same: on two calls labelled by hand, beside what is simpler; and the odd ones."""

import pytest

from gandan.work.voice.rules.ideas.grouping import groups_of
from tests.voice.labelled import f1, labelled


@pytest.mark.parametrize("call", ["space", "pavement"])
def test_ideas_that_say_the_same_are_found(call):
    texts, truth = labelled(call)

    score, precision, recall = f1(groups_of(texts), truth)

    assert score >= 0.80
    assert precision >= 0.80
    assert recall >= 0.80


def test_marks_or_none_of_them_make_no_difference():
    (group, *_others) = groups_of(
        ["Mở tủ sách ở khu phố.", "mo tu sach o khu pho", "Trồng cây ở trường.", "Trồng cây trong trường học."]
    )
    assert group == [0, 1]


def test_two_of_two_are_enough():
    assert groups_of(["Mở tủ sách Bác Hồ ở nhà văn hóa.", "Tủ sách Bác Hồ tại nhà văn hóa khu phố."]) == [[0, 1]]


def test_hard_ones_stay_apart():
    texts = [
        "Lắp camera an ninh ở đầu hẻm chống trộm.", "Gắn camera an ninh đầu hẻm để chống trộm.",
        "Lắp camera phạt nguội xe chạy lên vỉa hè.", "Camera phạt nguội xe máy chạy trên vỉa hè.",
    ]  # fmt: skip
    assert groups_of(texts) == [[0, 1], [2, 3]]


@pytest.mark.parametrize(
    "texts",
    [[], ["Một ý."], ["", ""], ["!!!", "???"], ["Một ý.", "Chuyện khác hẳn."], ["Trồng cây ở trường.", "Dạy bơi ở phường."]],
)
def test_where_nothing_is_alike_nothing_is_proposed(texts):
    assert groups_of(texts) == []


def test_the_same_words_are_one_group_however_many():
    assert groups_of(["Mở tủ sách ở khu phố."] * 30 + ["Trồng cây."]) == [list(range(30))]
