"""Names of images become documents: every image in one, its pages in order."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.find.page_images import SUFFIXES, group_pages


def shuffled(names: list[str]) -> list[str]:
    return random.Random(4).sample(names, len(names))


CHINESE = ["一", "二", "三", "九", "十", "十一", "二十", "二十一", "一百", "一百零二"]


@pytest.mark.parametrize(
    "pages",
    [
        [f"第{n}页.jpg" for n in range(1, 13)],
        [f"{n}.png" for n in range(12)],
        [f"page_{n:03d}.tif" for n in range(1, 120)],
        [f"IMG_{n:04d}.JPG" for n in range(2019, 2024)],
        [f"扫描{n:04d}.jpg" for n in (1, 2, 10, 11)],
        [f"第{n}页.jpg" for n in CHINESE],
        [f"({n}).jpg" for n in range(1, 12)],
        ["scan.jpg", *(f"scan ({n}).jpg" for n in range(2, 12))],
        ["封面.jpg", "目录.jpg", *(f"第{n}页.jpg" for n in range(1, 12)), "封底.jpg"],
        ["首页.png", "2.png", "3.png", "末页.png"],
        [f"某局2021年年报_页面_{n:02d}.jpg" for n in range(1, 12)],
        [f"微信图片_20230105093{n}.jpg" for n in (101, 102, 1000)],
        [f"IMG_20230105_{n}.jpg" for n in ("093012", "093101", "100000")],
        ["１.jpg", "2.jpg", "③.jpg"],
        [f"{n}-{m}.jpg" for n in (1, 2, 10) for m in (1, 2, 10)],
        ["001.jpg", "2.jpeg", "03.PNG", "10.webp"],
    ],
)
def test_pages_of_one_folder_are_one_document_in_natural_order(pages: list[str]) -> None:
    inside = [f"2021/某局/{page}" for page in pages]
    assert group_pages(shuffled(inside)) == {"2021/某局": tuple(inside)}
    assert group_pages(shuffled(pages)) == {"": tuple(pages)}


def test_several_sequences_of_a_folder_are_named_by_their_words() -> None:
    names = [
        "报/甲局1.jpg",
        "报/甲局2.jpg",
        "报/甲局10.jpg",
        "报/乙局第一页.jpg",
        "报/乙局第二页.jpg",
        "报/乙局封面.jpg",
    ]
    assert group_pages(shuffled(names)) == {
        "报/乙局": ("报/乙局封面.jpg", "报/乙局第一页.jpg", "报/乙局第二页.jpg"),
        "报/甲局": ("报/甲局1.jpg", "报/甲局2.jpg", "报/甲局10.jpg"),
    }


def test_years_tell_documents_apart_and_number_no_pages() -> None:
    names = ["2020年报_1.jpg", "2020年报_2.jpg", "2021年报_1.jpg", "2021年报_2.jpg", "2019.jpg", "2018.jpg"]
    assert group_pages(names) == {
        "2018.jpg": ("2018.jpg",),
        "2019.jpg": ("2019.jpg",),
        "2020年报": ("2020年报_1.jpg", "2020年报_2.jpg"),
        "2021年报": ("2021年报_1.jpg", "2021年报_2.jpg"),
    }


def test_a_lone_image_stays_alone_beside_a_sequence() -> None:
    names = ["a/1.jpg", "a/2.jpg", "a/公章.png", "b/3.jpg", "年报.jpg", "a/1.txt", "a/jpg"]
    assert group_pages(names) == {
        "a": ("a/1.jpg", "a/2.jpg"),
        "a/公章.png": ("a/公章.png",),
        "b/3.jpg": ("b/3.jpg",),
        "年报.jpg": ("年报.jpg",),
    }


def test_different_words_are_different_documents() -> None:
    groups = group_pages([f"a/{word}{n}.jpg" for word in ("page", "img") for n in (1, 2)])
    assert groups == {"a/img": ("a/img1.jpg", "a/img2.jpg"), "a/page": ("a/page1.jpg", "a/page2.jpg")}


def test_a_name_made_of_folder_and_words_takes_no_other_folders_place() -> None:
    names = ["a/b1.jpg", "a/b2.jpg", "a/c1.jpg", "a/c2.jpg", "a/b/1.jpg", "a/b/2.jpg"]
    groups = group_pages(names)
    assert groups["a/b"] == ("a/b1.jpg", "a/b2.jpg")
    assert groups["a/b (2)"] == ("a/b/1.jpg", "a/b/2.jpg")


NAMES = st.lists(
    st.builds(
        "{}{}{}{}.{}".format,
        st.sampled_from(["", "a/", "甲/", "甲/乙/"]),
        st.sampled_from(["", "第", "甲局", "IMG_", "2021年", "封面", "scan ("]),
        st.one_of(st.just(""), st.integers(0, 3000), st.sampled_from(CHINESE)),
        st.sampled_from(["", "页", ")", " - 副本", "封底"]),
        st.sampled_from([*sorted(SUFFIXES), "txt", "PDF"]),
    ),
    max_size=30,
)


@given(NAMES | st.lists(st.text(max_size=12).map(lambda text: text + ".jpg")))
def test_every_image_is_in_exactly_one_group_whatever_the_order(names: list[str]) -> None:
    groups = group_pages(names)
    members = [name for group in groups.values() for name in group]
    images = {name for name in names if name[0] != "." and name.rpartition(".")[2] in SUFFIXES}
    assert len(members) == len(set(members))
    assert {name for name in images if name.rpartition("/")[2].rpartition(".")[0]} == set(members)
    assert group_pages(names[::-1]) == groups
    assert all(len({name.rpartition("/")[0] for name in group}) == 1 for group in groups.values())


@given(st.lists(st.integers(1, 99_999).filter(lambda n: not 2000 <= n < 2050), min_size=2, unique=True), st.sampled_from([
    "第{}页.jpg".format, "p{}.png".format, "某局({}).tif".format, "{:05d}.bmp".format,
]))  # fmt: skip
def test_pages_are_in_the_order_of_their_numbers(numbers: list[int], name: Callable[[int], str]) -> None:
    assert group_pages([f"a/{name(n)}" for n in numbers]) == {
        "a": tuple(f"a/{name(n)}" for n in sorted(numbers))
    }
