"""The pages of the documentation, their fenced code blocks, and what the blocks' info strings say about running them."""

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
PAGES = [*sorted(REPOSITORY.glob("*.md")), *sorted((REPOSITORY / "docs").glob("*.md"))]
FENCE = "```"
KEEPS_RUNNING = "keeps-running"
OUTPUT = "output"
NO_RUN = "no-run"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block; its info string is ``language mark`` or ``language no-run: reason``."""

    page: Path
    line: int
    language: str
    mark: str
    reason: str
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(REPOSITORY)}:{self.line}"


def blocks_of(page: Path) -> list[Block]:
    """All blocks of a page of Markdown, in order; ``ValueError`` where the last one is never closed."""
    blocks: list[Block] = []
    begin, info, lines = 0, "", list[str]()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.startswith(FENCE):
            lines.append(line)
        elif not begin:
            begin, info, lines = number, line.removeprefix(FENCE), []
        else:
            language, _, rest = info.partition(" ")
            mark, _, reason = rest.partition(":")
            blocks.append(Block(page, begin, language, mark.strip(), reason.strip(), "\n".join(lines) + "\n"))
            begin = 0
    if begin:
        raise ValueError(f"{page}:{begin}: the code block is never closed")
    return blocks


BLOCKS = [block for page in PAGES for block in blocks_of(page)]


def block_before(block: Block) -> Block:
    """The block above it on its page."""
    return [other for other in BLOCKS if other.page == block.page and other.line < block.line][-1]


def blocks_that(language: str, mark: str = "") -> list[Block]:
    """Blocks of one language with one mark; without a mark those that run to their end."""
    return [block for block in BLOCKS if (block.language, block.mark) == (language, mark)]
