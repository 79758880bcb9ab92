"""Join the lines of text that was wrapped at a column, as mail programs and text browsers do."""

from collections.abc import Sequence
from itertools import pairwise

WIDTHS = range(50, 133)  # columns at which programs wrap; prose that nobody wrapped has longer lines
MIN_RUNS = 3  # times that one full line follows another, which the lines of a list seldom do
MIN_FULL_SHARE = 0.125  # of the characters
MAX_WORD_CHARS = 20  # a longer one is a line of a script without spaces, which tells nothing


def unwrap(lines: Sequence[str]) -> Sequence[str]:
    """The same lines, each full one joined with its next; ``lines`` have single spaces and no blanks around them.

    A line is full where the next line's first word would not have fitted the longest line of the text.
    """
    width = max(map(len, lines), default=0)
    if width not in WIDTHS:
        return lines
    full = [_is_full(line, after, width) for line, after in pairwise(lines)]
    chars = sum(len(line) for line, is_full in zip(lines[:-1], full, strict=True) if is_full)
    runs = sum(first and second for first, second in pairwise(full))
    if runs < MIN_RUNS or chars < MIN_FULL_SHARE * sum(map(len, lines)):
        return lines
    paragraphs = [[lines[0]]]
    for line, continues in zip(lines[1:], full, strict=True):
        if continues:
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [" ".join(paragraph) for paragraph in paragraphs]


def _is_full(line: str, after: str, width: int) -> bool:
    word = len(after.partition(" ")[0])
    return 0 < word <= MAX_WORD_CHARS and len(line) + 1 + word > width
