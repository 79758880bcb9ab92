"""Web pages to clean articles with linked entities: ``from stream import clean``.

What stands here is the library's door; each name is loaded when it is first asked for.
"""

import importlib
from typing import TYPE_CHECKING, Any

from stream.version import __version__ as __version__

if TYPE_CHECKING:
    from stream.events import CleanArticle as CleanArticle
    from stream.events import RejectedPage as RejectedPage
    from stream.library import BrokenPage as BrokenPage
    from stream.library import clean as clean
    from stream.pipeline import Pipeline as Pipeline
    from stream.settings import Settings as Settings

_HOMES = {
    "BrokenPage": "stream.library",
    "CleanArticle": "stream.events",
    "Pipeline": "stream.pipeline",
    "RejectedPage": "stream.events",
    "Settings": "stream.settings",
    "clean": "stream.library",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
