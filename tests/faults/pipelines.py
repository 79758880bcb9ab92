"""Pipelines that break on demand, for ``STREAM_PIPELINE``: what a page says it does, it does to its process."""

import ctypes
import hashlib
import os
import re
import signal
import time

from stream.cleaning.values import Payload, Rejection
from stream.codec.read import Read
from stream.events import Article, Paragraph, ParagraphKind, Quality, RejectionReason
from stream.pipeline import AnyStage, Pipeline
from stream.settings import Settings

COMMAND = re.compile(r"\bfault:([a-z]+)(?:=(\S+))?")


class Obey:
    """Stage: does what ``fault:NAME`` in a page says; passes every other page on unchanged."""

    name = "obey"
    version = "1"

    def __call__(self, payload: Payload) -> Payload:
        for command, argument in COMMAND.findall(text_of(payload)):
            FAULTS[command](argument)
        return payload


class Echo:
    """Stage: any text is an article of one paragraph, unless it begins with ``reject``."""

    name = "echo"
    version = "1"

    def __call__(self, payload: Payload) -> Article | Rejection:
        text = text_of(payload)
        if text.startswith("reject"):
            return Rejection(RejectionReason.NOT_AN_ARTICLE, "the page asks for it")
        return Article(
            url=payload.page.url,
            articleBody=text,
            paragraphs=(Paragraph(kind=ParagraphKind.PARAGRAPH, text=text),),
            wordCount=len(text.split()),
            quality=Quality(keptShare=1.0),
            contentDigest=f"sha256:{hashlib.sha256(text.encode()).hexdigest()}",
        )


def echo(settings: Settings) -> Pipeline:
    """No cleaning at all: for tests of delivery, which only need many pages and their outcomes."""
    return Pipeline([Read(settings), Obey(), Echo()])


class EchoAgain(Echo):
    """``Echo`` of the next release."""

    version = "2"


def echo_again(settings: Settings) -> Pipeline:
    """What ``echo`` is upgraded to."""
    return Pipeline([Read(settings), Obey(), EchoAgain()])


def patient(settings: Settings) -> Pipeline:
    """``echo`` that obeys nothing: what cleans the pages that a worker was killed over."""
    return Pipeline([Read(settings), Echo()])


def real(settings: Settings) -> Pipeline:
    """The real stages, with ``Obey`` behind the first."""
    read, *rest = Pipeline.from_settings(settings).stages
    stages: list[AnyStage] = [read, Obey(), *rest]
    return Pipeline(stages)


class Refuse:
    """Stage: refuses every page."""

    name = "refuse"
    version = "1"

    def __call__(self, value: object) -> Rejection:
        return Rejection(RejectionReason.NOT_AN_ARTICLE, "refused on purpose")


def refusing(settings: Settings) -> Pipeline:
    """The real stages, with ``Refuse`` before the labels."""
    stages = Pipeline.from_settings(settings).until("label").stages
    return Pipeline([*stages[:-1], Refuse(), stages[-1]])


def text_of(payload: Payload) -> str:
    """The content as characters, whatever it came as."""
    content = payload.content
    return content if isinstance(content, str) else content.decode("utf-8", "replace")


def _hang(_: str) -> None:
    while True:
        time.sleep(0.01)


def _spin(_: str) -> None:
    while True:
        pass


def _grow(_: str) -> None:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def _raise(_: str) -> None:
    raise ValueError("the page asked for it")


def _work(seconds: str) -> None:
    until = time.thread_time() + float(seconds)
    while time.thread_time() < until:
        pass


def _await(file: str) -> None:
    while not os.path.exists(file):
        time.sleep(0.05)


FAULTS = {
    "await": _await,
    "hang": _hang,
    "spin": _spin,
    "grow": _grow,
    "raise": _raise,
    "kill": lambda _: os.kill(os.getpid(), signal.SIGKILL),
    "segfault": lambda _: ctypes.string_at(0),
    "exit": lambda code: os._exit(int(code or 1)),
    "sleep": lambda seconds: time.sleep(float(seconds)),
    "work": _work,
}
