from collections.abc import Iterable

from stream.cleaning.label.naming import blocks_inside as blocks_inside
from stream.cleaning.label.naming import label_by_words as label_by_words
from stream.cleaning.label.naming import name_blocks as name_blocks
from stream.cleaning.label.outline import outline as outline
from stream.cleaning.values import LabelledBlock

def distinct_class_tokens(blocks: Iterable[LabelledBlock], most: int) -> set[str]: ...
