"""Strategies that make hostile pages out of the sample pages, and hostile records out of any page."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import zstandard
from hypothesis import strategies as st

from stream.codec.record import Record
from stream.samples import PAGES, samples

MOST_EDITS = 10
MOST_TIMES = 3_000
MOST_CHARS = 300_000

_CHARSETS = {"news-fr-iso-8859-1": "cp1252", "news-ja-shift-jis": "cp932", "news-ru-windows-1251": "cp1251"}
SEEDS = sorted(
    (PAGES / sample.file).read_bytes().decode(_CHARSETS.get(sample.name, "utf-8"))
    for sample in samples()
    if sample.file and sample.file.endswith((".html", ".txt"))
)

# Each has broken some reader of pages somewhere: in the parser, a pattern, a date, a JSON reader or a terminal.
PIECES = """
<div> </div> <p> </p> <b> <a> <a href="x"> </a> <ul><li> <table><tr><td> </table> <tr><td>x<td>y <br><br> <hr> <h1> </h1>
<article> </article> <body> </body> <html> <head> </head> <title> </title> <template> <noscript> </noscript> <select><option>
<frameset> <plaintext> <textarea> </textarea> <iframe> <svg><foreignObject><p> <math><mi> </svg> <form> <button> <script>
</script> <style> </style> <!-- --> <!--> <!---> --!> <![CDATA[ ]]> <?xml <?php ?> <!DOCTYPE html> < > & " ' = / \\ ` < < <<
<p <p/ <p/> <p class <p class=" <p class='related' <img alt=" <a href="javascript:alert(1)"> <x-y> <p:p> <1> </> </ > <p\x00> &amp; &amp
&lt;script&gt; &#0; &#x110000; &#xD800; &#38; &notanentity; &nbsp; &shy; &#8203; &#x202e; &quot; &CounterClockwiseContourIntegral;
<meta><meta charset="utf-7"> <meta property="og:title" content="> <time datetime="99999-99-99T99:99:99+99:99"> <time>
<script\u00a0type="application/ld+json">{"@type":"NewsArticle","headline": {"@graph":[{"@id":"#a","author":{"@id":"#a"}}]}
<script\u00a0type="application/ld+json">[[[[[[ {"a": \\u0000 \\ud800 \\" "datePublished":"2025-02-30T25:61:61Z"
<div\u00a0itemscope\u00a0itemprop="author"> <span\u00a0itemprop="articleBody"> <div\u00a0style="display:none"> <p\u00a0hidden> <ol\u00a0class="breadcrumb"> <link\u00a0rel="canonical"\u00a0href="http://[">
2025-02-30 0000-00-00 31/12/99999 12:61 Feb\u00a030,\u00a02023 1e999 99999999999999999999 $1e5bn €٣٤٥ ½ 二〇二五年 ๒๕๖๘ ١٢٣
By By\u00a0By\u00a0By MOSCOW\u00a0(AP)\u00a0— (AP) LONDON,\u00a0April\u00a01\u00a0(Reuters)\u00a0- — – - . … “ ” ‘ ’ U.S. Mr. Dr.\u00a0Dr.\u00a0 Putin Xi\u00a0Jinping New\u00a0York,\u00a0N.Y. Paris,\u00a0Texas 's of\u00a0the Gen.
İ ı ß ﬃ ǰ ΐ ẞ Ⅻ ㎏ ﷽ é e\u0301 क्ष ก็ 👩‍👩‍👧‍👦 🇩🇪 \U0010ffff \ufdd0 \ufffe \ufeff \u200b \u200f \u202e \u2028 \u2029 \x85 \x0b \x0c \x1c \x00 \x07 \x1b[31m \x1b]0;t\x07 \x7f \x9b \xa0 \xad 、 。 東京 上海讯 الرئيسية
""".split(" ")  # fmt: skip
PIECES = [piece.strip("\n").replace("\u00a0", " ") for piece in PIECES if piece.strip("\n")]

Edit = Callable[[str], str]
_place = st.floats(0, 1, width=32)
_length = st.integers(1, 3000)
_times = st.one_of(st.just(1), st.integers(1, 20), st.integers(1, MOST_TIMES))
_piece = st.one_of(
    st.sampled_from(PIECES),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("".join),
    st.text(max_size=20),
    st.characters(exclude_categories=()),
)


def _insert(place: float, piece: str, times: int, text: str) -> str:
    at = _at(text, place)
    return text[:at] + piece * min(times, MOST_CHARS // (len(piece) or 1)) + text[at:]


def _cut(place: float, length: int, text: str) -> str:
    at = _at(text, place)
    return text[:at] + text[at + length :]


def _keep(place: float, length: int, text: str) -> str:
    at = _at(text, place)
    return text[at : at + length]


def _repeat(place: float, length: int, times: int, text: str) -> str:
    at = _at(text, place)
    return text[:at] + text[at : at + length] * min(times, MOST_CHARS // length) + text[at:]


def _replace(old: str, new: str, text: str) -> str:
    return text.replace(old, new) if old else text


def _graft(place: float, other: str, other_place: float, length: int, text: str) -> str:
    at = _at(text, place)
    return text[:at] + _keep(other_place, length, other) + text[at:]


def _at(text: str, place: float) -> int:
    """A place in the text; half of them just before or behind a tag."""
    at = int(place * len(text))
    if at % 2:
        return at
    border = text.find("<" if at % 4 else ">", at)
    return at if border < 0 else border + (at % 4 == 0)


_edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(partial, st.just(_insert), _place, _piece, _times),
    st.builds(partial, st.just(_insert), _place, _piece, st.just(1)),
    st.builds(partial, st.just(_cut), _place, _length),
    st.builds(partial, st.just(_keep), _place, _length),
    st.builds(partial, st.just(_repeat), _place, _length, _times),
    st.builds(
        partial, st.just(_replace), st.sampled_from(["<p>", "</p>", ">", '"', " ", "\n", "e", "</", "."]), _piece
    ),
    st.builds(partial, st.just(_graft), _place, st.sampled_from(SEEDS), _place, _length),
)


@st.composite
def pages(draw: st.DrawFn) -> str:
    """A page of at most 300,000 characters, a few edits away from a sample; or nothing but hostile pieces."""
    text = draw(st.sampled_from([*SEEDS, ""]))
    if not text:
        text = "".join(draw(st.lists(_piece, max_size=30)))
    for edit in draw(st.lists(_edits, min_size=1, max_size=MOST_EDITS)):
        text = edit(text)[:MOST_CHARS]
    return text


_codecs = st.sampled_from("utf-8 utf-8 utf-8 utf-16 utf-16-le cp1252 cp1251 cp932 gb18030 euc_kr utf-7 utf-32".split())
_compressions: dict[str, Callable[[bytes], bytes]] = {
    "gzip": partial(gzip.compress, compresslevel=1, mtime=0),
    "deflate": partial(zlib.compress, level=1),
    "br": partial(brotli.compress, quality=1),
    "zstd": partial(zstandard.compress, level=1),
    "identity": bytes,
}
_words = st.sampled_from(PIECES)
_urls = st.one_of(
    st.sampled_from(
        """https://news.example/2025/01/02/a-story-of-some-words https://news.example/ http://[ http://[::1]:99999999/ //x
        javascript:alert(1) https://a.example/%zz%00 https://xn--.example https://a@b@c/ ? # http:// https://例え.jp/a""".split()
    ),
    st.text(max_size=30),
)
_content_types = st.one_of(
    st.sampled_from(
        [
            "text/html",
            "text/plain",
            "text/html; charset=utf-16",
            "text/html;charset=no-such",
            "application/json",
            "x",
            "",
        ]
    ),
    st.text(max_size=30),
)
_values = st.one_of(_urls, _content_types, _words, st.text(max_size=10))


@st.composite
def records(draw: st.DrawFn) -> Record:
    """A page in any of the three forms, its bytes encoded, compressed and broken in any way."""
    text = draw(pages())
    form = draw(st.sampled_from(["characters", "base64", "bare", "bare", "cloudevents"]))
    if form == "characters":
        return Record(_event(draw, "content", text))
    content = _broken(draw, text.encode(draw(_codecs), "replace"))
    coding = draw(st.sampled_from([None, None, None, *_compressions]))
    if coding:
        content = _broken(draw, _compressions[coding](content))
    if form == "base64":
        return Record(_event(draw, "contentBase64", base64.b64encode(content).decode(), contentEncoding=coding))
    headers = {"content-type": draw(_content_types), "url": draw(_urls), draw(st.text(max_size=12)): draw(_values)}
    if coding:
        headers["content-encoding"] = coding
    if form == "cloudevents":
        headers |= {
            "ce_specversion": "1.0",
            "ce_id": draw(_values),
            "ce_subject": draw(_urls),
            "ce_time": draw(_values),
        }
    kept = draw(st.lists(st.sampled_from(list(headers)), unique=True))
    return Record(
        content, draw(st.none() | st.binary(max_size=5)), tuple((name, _utf8(headers[name])) for name in kept)
    )


def _event(draw: st.DrawFn, field: str, content: str, **more: str | None) -> bytes:
    event = {field: content, "url": draw(_urls), "contentType": draw(_content_types), **more}
    for name in draw(st.lists(st.sampled_from(["fetchedAt", "recordId", "source", "schemaVersion", "x"]), unique=True)):
        event[name] = draw(_values)
    status = draw(st.sampled_from([None, None, 200, 404, 999]))
    return _broken(draw, json.dumps({**event, "httpStatus": status} if status else event).encode())


def _broken(draw: st.DrawFn, content: bytes) -> bytes:
    """The bytes, one time in four with some of them changed or the end cut off."""
    if draw(st.integers(0, 3)) or not content:
        return content
    changed = bytearray(content)
    for place, byte in draw(st.lists(st.tuples(_place, st.integers(0, 255)), max_size=5)):
        changed[min(int(place * len(changed)), len(changed) - 1)] = byte
    return bytes(changed[: int(draw(_place) * len(changed))] if draw(st.booleans()) else changed)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
