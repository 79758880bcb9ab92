"""Text that a page says twice is kept once."""

from stream.cleaning.label.duplicates import find_repeats
from stream.cleaning.values import Block

LONG = "The council voted on Tuesday to rebuild the old bridge over the river before winter comes."


def test_a_copy_under_another_parent_is_a_repeat() -> None:
    blocks = [Block(LONG, path=(2, 1)), Block(LONG, path=(4, 3))]
    assert find_repeats(blocks, [True, True]) == [False, True]


def test_a_refrain_under_one_parent_and_short_texts_stay() -> None:
    blocks = [
        Block(LONG, path=(2, 1)),
        Block(LONG, path=(3, 1)),
        Block("Yes.", path=(4, 1)),
        Block("Yes.", path=(6, 5)),
    ]
    assert not any(find_repeats(blocks, [True] * 4))


def test_text_that_is_cut_anyway_is_no_original() -> None:
    blocks = [Block(LONG, path=(2, 1)), Block(LONG, path=(4, 3))]
    assert find_repeats(blocks, [False, True]) == [False, False]


def test_the_whole_body_joined_again_is_a_repeat() -> None:
    parts = [f"{LONG} This is part {number} of the story, and it goes on for quite a while." for number in range(8)]
    blocks = [Block(part, path=(number + 2, 1)) for number, part in enumerate(parts)]
    blocks.append(Block(" ".join(parts), path=(20, 19)))
    assert find_repeats(blocks, [True] * 9) == [False] * 8 + [True]
