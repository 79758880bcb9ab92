"""Where the evaluation data lies, said once: a folder beside the checkout, for its pages are not ours to publish."""

import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


class DataMissing(FileNotFoundError):
    """The evaluation data, or a file of it, is not where it must be."""


def data_folder() -> Path:
    """The folder of all evaluation data. Raises ``DataMissing``."""
    return _present(FOLDER)


def data_file(*parts: str) -> Path:
    """A file or folder of the data by its path in there. Raises ``DataMissing``."""
    return _present(FOLDER.joinpath(*parts))


def pages_file(split: str) -> Path:
    """The pages of a split ("train", "dev") or of a collection ("wcxb"). Raises ``DataMissing``."""
    return data_file("pages", f"{split}.jsonl.gz")


def digest_of(*paths: Path) -> str:
    """The first 12 hexadecimal digits of the files' SHA-256, stated beside every figure."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _present(path: Path) -> Path:
    if not path.exists():
        raise DataMissing(f"needs the evaluation data in {path}: the folder shared/data belongs beside the checkout")
    return path
