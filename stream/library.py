"""Cleaning one page from Python, without Kafka."""

from functools import cache

from stream.codec.json_text import to_json
from stream.codec.record import Record
from stream.events import CleanArticle, DeadLetter, PageError, RawPage, RejectedPage
from stream.pipeline import Pipeline
from stream.settings import Settings


class BrokenPage(RuntimeError):
    """A page broke a stage, as one that cannot be decoded does; ``error`` says which stage and how."""

    def __init__(self, error: PageError) -> None:
        super().__init__(f"the page broke the stage {error.stage}: {error.type}: {error.message}")
        self.error = error


def clean(
    page: str | bytes, *, url: str | None = None, content_type: str | None = None, pipeline: Pipeline | None = None
) -> CleanArticle | RejectedPage:
    """Clean a page: the article with its entities, or why it is none.

    ``page`` is HTML, or text that another tool stripped; bytes may be in any character set. ``url`` is where it came
    from: it tells the publisher and resolves addresses. ``content_type`` is the server's, such as ``text/html;
    charset=koi8-r``; without one the page is looked at.

    The default pipeline has all stages and default settings (the environment is not read). It is built on the first
    call, in about a second, and kept. For other settings hand one in: ``Pipeline.from_settings(Settings(...))``.

    Raises ``BrokenPage``.
    """
    outcome = (pipeline or _default_pipeline())(_record(page, url, content_type)).outcome
    if isinstance(outcome, DeadLetter):
        raise BrokenPage(outcome.error)
    return outcome


@cache
def _default_pipeline() -> Pipeline:
    return Pipeline.from_settings(Settings())


def _record(page: str | bytes, url: str | None, content_type: str | None) -> Record:
    """The page in the form of event that says for sure what it is: characters as JSON, bytes as a CloudEvent."""
    if isinstance(page, str):
        event = RawPage(url=url, content=page, contentType=content_type)
        return Record(to_json(event), headers=(("content-type", b"application/json"),))
    said = {"ce_specversion": "1.0", "ce_subject": url, "content-type": content_type}
    return Record(page, headers=tuple([(name, text.encode()) for name, text in said.items() if text]))
