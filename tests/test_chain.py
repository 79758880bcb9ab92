"""The list of stages is typed: whoever puts a stage where it does not fit hears so from the type checker."""

import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PROGRAM = """\
from stream.cleaning.decode.stage import Decode
from stream.cleaning.label.stage import LabelBlocks
from stream.codec.read import Read
from stream.pipeline import Chain
from stream.settings import Settings

Chain.of(Read(Settings())).then(Decode(1))
Chain.of(Read(Settings())).then(LabelBlocks())
"""


def test_the_type_checker_refuses_a_stage_that_cannot_take_what_the_one_before_it_gives(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", str(program)], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    errors = [line for line in checked.stdout.splitlines() if ": error: " in line]
    assert len(errors) == 1, checked.stdout
    assert "program.py:8: error: " in errors[0]
    assert '"LabelBlocks"' in errors[0]
