"""Reads LGL and TR-News: news whose toponyms carry coordinates, as articles that the place stage takes.

LGL (Lieberman, Samet, Sankaranarayanan, ICDE 2010) is local news, TR-News (Kamalloo, Rafiei, WWW 2018) world news.
"""

import gzip
import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from xml.etree import ElementTree

from stream.entities.gazetteer import place_key
from stream.entities.tables.demonyms import ADJECTIVE_OF, COUNTRY_OF
from stream.entities.values import Canonicalised
from stream.events import Article, Entity, EntityType, Mention, Paragraph, ParagraphKind, Quality

FILES = {"LGL": "lgl.xml.gz", "TR-News": "tr-news.xml.gz"}
NEAR_KM = 161.0  # 100 miles: the distance at which the literature counts a place as found
_EARTH_KM = 12742.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Where a mention really is."""

    geonames_id: int
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with its gold toponyms as entities, and for each entity the answers of its mentions."""

    id: str
    canonicalised: Canonicalised
    answers: tuple[tuple[Answer, ...], ...]

    @property
    def half(self) -> int:
        """0 to choose on, 1 to report: by the article's id."""
        return hashlib.blake2b(self.id.encode(), digest_size=1).digest()[0] % 2


def read(folder: Path, corpus: str) -> list[GoldArticle]:
    """The articles of a corpus that have toponyms with coordinates."""
    root = ElementTree.fromstring(gzip.decompress((folder / FILES[corpus]).read_bytes()))
    articles = [_article(corpus, element) for element in root.iter("article")]
    return [article for article in articles if article.answers]


def distance(answer: Answer, latitude: float, longitude: float) -> float:
    """Kilometres along the great circle."""
    north, south = radians(answer.latitude), radians(latitude)
    half = sin((north - south) / 2) ** 2
    half += cos(north) * cos(south) * sin(radians(answer.longitude - longitude) / 2) ** 2
    return _EARTH_KM * asin(sqrt(half))


def _article(corpus: str, element: ElementTree.Element) -> GoldArticle:
    body = element.findtext("text") or "?"
    mentions: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
    answers: dict[tuple[EntityType, str], list[Answer]] = defaultdict(list)
    for toponym in element.iter("toponym"):
        tag = toponym.find("gaztag")
        if tag is None or not tag.findtext("lat"):
            continue
        surface = toponym.findtext("phrase") or ""
        start = _start(body, surface, int(toponym.findtext("start") or 0))
        kind = EntityType.NATIONALITY if surface in COUNTRY_OF else EntityType.PLACE
        name = ADJECTIVE_OF.get(surface, surface)
        mentions[kind, place_key(name)].append(Mention(surface=surface, start=start, end=start + len(surface)))
        answers[kind, place_key(name)].append(
            Answer(int(tag.get("geonameid") or 0), float(tag.findtext("lat") or 0), float(tag.findtext("lon") or 0))
        )
    entities = tuple(
        Entity(
            type=kind,
            name=ADJECTIVE_OF.get(group[0].surface, group[0].surface),
            key=f"{kind}:{key}",
            mentions=tuple(group),
        )
        for (kind, key), group in mentions.items()
    )
    return GoldArticle(
        id=f"{corpus} {element.get('docid')}",
        canonicalised=Canonicalised(_as_article(body, element), entities, "gold"),
        answers=tuple(tuple(group) for group in answers.values()),
    )


def _start(body: str, surface: str, stated: int) -> int:
    """Where the surface stands nearest to the stated offset: in some articles of TR-News the offsets are shifted."""
    if body.startswith(surface, stated):
        return stated
    starts = [found.start() for found in re.finditer(re.escape(surface), body)]
    return min(starts, key=lambda start: abs(start - stated), default=stated)


def _as_article(body: str, element: ElementTree.Element) -> Article:
    return Article(
        url=(element.findtext("url") or "").strip(),
        headline=(element.findtext("title") or "").strip(),
        articleBody=body,
        paragraphs=(Paragraph(kind=ParagraphKind.PARAGRAPH, text=body),),
        wordCount=len(body.split()),
        quality=Quality(keptShare=1.0),
        contentDigest="sha256:" + hashlib.sha256(body.encode()).hexdigest(),
    )
