"""Decoding: bytes to characters within a limit, by the best evidence, and a clear answer for what is no text."""

import gzip
import json
import random
import zlib
from contextlib import suppress
from typing import Any

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from stream.cleaning.decode.charset import codec_of
from stream.cleaning.decode.compression import DecodedTooLarge, UndecodableContent, decompress
from stream.cleaning.decode.stage import Decode
from stream.cleaning.decode.xhtml import write_as_html
from stream.cleaning.values import Document, Payload, Rejection
from stream.events import RawPage, RejectionReason

LIMIT = 1_000_000
PAGE = "<html><head><title>Żółw</title></head><body><p>Größe über ñandú, naïveté — “quoted”.</p></body></html>"
RUSSIAN = "<html><body><p>" + "Рыбаки вышли в море рано утром и вернулись к полудню. " * 4 + "</p></body></html>"


def raw_deflate(data: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(data) + stream.flush()


CODINGS = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstandard.compress),
]


def decode(content: bytes | str, limit: int = LIMIT, **page: Any) -> Document | Rejection:
    return Decode(limit)(Payload(RawPage(**page), content))


def document(content: bytes | str, **page: Any) -> Document:
    decoded = decode(content, **page)
    assert isinstance(decoded, Document)
    return decoded


@pytest.mark.parametrize(("coding", "compress"), CODINGS)
def test_every_coding_is_undone(coding: str, compress: Any) -> None:
    assert document(compress(PAGE.encode()), contentEncoding=coding).text == PAGE


def test_stacked_codings_come_off_from_the_last_to_the_first() -> None:
    content = brotli.compress(gzip.compress(PAGE.encode()))
    assert document(content, contentEncoding="gzip, br").text == PAGE


@pytest.mark.parametrize(("coding", "compress"), CODINGS)
def test_a_bomb_stops_at_the_limit(coding: str, compress: Any) -> None:
    with pytest.raises(DecodedTooLarge, match="max_decoded_bytes"):
        decode(compress(b"a" * 10_000_000), contentEncoding=coding)


@pytest.mark.parametrize(("coding", "compress"), CODINGS)
def test_a_stream_that_ends_early_is_undecodable(coding: str, compress: Any) -> None:
    content = compress(random.Random(7).randbytes(50_000))
    with pytest.raises(UndecodableContent):
        decode(content[: len(content) // 2], contentEncoding=coding)


@pytest.mark.parametrize("coding", ["compress", "gzip, rot13", "br,br,br,br,br"])
def test_an_unknown_coding_is_undecodable(coding: str) -> None:
    with pytest.raises(UndecodableContent):
        decode(PAGE.encode(), contentEncoding=coding)


def test_uncompressed_pages_and_characters_have_the_same_limit() -> None:
    for content in (b"a" * 101, "a" * 101):
        with pytest.raises(DecodedTooLarge):
            decode(content, limit=100)


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br"]))
def test_arbitrary_bytes_never_raise_anything_else(content: bytes, coding: str) -> None:
    with suppress(UndecodableContent, DecodedTooLarge):
        assert len(decompress(content, coding, 10_000)) <= 10_000


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("ISO-8859-1", "cp1252"),
        ("latin1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("gb2312", "gb18030"),
        ("sjis", "cp932"),
        ("EUC-KR", "cp949"),
        ("utf8", "utf-8"),
        ("x-sjis", "cp932"),
        ("no-such-charset", None),
        ("base64", None),
        ("utf-7", None),
        ("unicode_escape", None),
    ],
)
def test_labels_mean_what_the_encoding_standard_says(label: str, codec: str | None) -> None:
    assert codec_of(label) == codec


def test_a_byte_order_mark_beats_every_declaration() -> None:
    decoded = document("\ufeff".encode() + PAGE.encode(), contentType="text/html; charset=iso-8859-1")
    assert (decoded.text, decoded.charset_source) == (PAGE, "bom")


def test_the_http_charset_beats_the_pages_own() -> None:
    html = '<html><head><meta charset="koi8-r"></head>' + RUSSIAN
    decoded = document(html.encode("cp1251"), contentType="text/html; charset=windows-1251")
    assert (decoded.text, decoded.charset_source) == (html, "http")


def test_the_pages_own_charset_is_read_before_the_detector() -> None:
    html = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head>' + RUSSIAN
    decoded = document(html.encode("cp1251"))
    assert (decoded.text, decoded.charset, decoded.charset_source) == (html, "cp1251", "meta")


@pytest.mark.parametrize("codec", ["cp1251", "cp932", "utf-16-le", "utf-16-be", "utf-8"])
def test_the_detector_reads_what_nobody_declared(codec: str) -> None:
    html = (
        RUSSIAN
        if codec != "cp932"
        else "<html><body><p>" + "函館市は九日、朝市を開いた。ひらがなも書く。" * 5 + "</p></body></html>"
    )
    decoded = document(html.encode(codec))
    assert (decoded.text, decoded.charset_source) == (html, "detector")


def test_valid_utf_8_wins_over_a_wrong_declaration() -> None:
    decoded = document(PAGE.encode(), contentType="text/html; charset=iso-8859-1")
    assert (decoded.text, decoded.charset_source) == (PAGE, "detector")


def test_a_few_wrong_bytes_do_not_overthrow_a_declaration() -> None:
    content = (PAGE * 20).encode() + "\xe9".encode("latin-1")
    decoded = document(content, contentType="text/html; charset=utf-8")
    assert decoded.charset_source == "http"
    assert decoded.text.count("\ufffd") == 1


@pytest.mark.parametrize("seed", range(5))
def test_random_bytes_are_undecodable(seed: int) -> None:
    with pytest.raises(UndecodableContent):
        decode(b"\xfe" + random.Random(seed).randbytes(4096))


def test_nuls_and_lone_surrogates_become_harmless() -> None:
    decoded = document("<p>a\0b \ud83d c</p>")
    assert decoded.text == "<p>ab \ufffd c</p>"
    json.dumps(decoded.text).encode()
    decoded.text.encode()


@pytest.mark.parametrize(
    ("content", "content_type", "kind"),
    [
        ("<p>Hello</p>", "text/html", "html"),
        ("No tag at all", "text/html", "text"),
        ("A line about the <p> tag", "text/plain", "text"),
        ("<!DOCTYPE html><p>Hello", "text/plain", "html"),
        ("<!-- x -->\n<html><p>Hello", None, "html"),
        ("<?xml version='1.0'?><!DOCTYPE html><html></html>", "application/xhtml+xml", "html"),
        ("<div><p>One</p><p>Two</p></div>", None, "html"),
        ("Use <b> and 3 < 4 in a line", None, "text"),
        ("Just a story.\nIn two lines.", "application/octet-stream", "text"),
        ("<html><title>Log in</title></html>", "application/pdf", "html"),
    ],
)
def test_html_and_text_are_told_apart(content: str, content_type: str | None, kind: str) -> None:
    assert document(content, contentType=content_type).kind == kind


def test_the_response_headers_stand_in_for_a_missing_content_type() -> None:
    assert document("<p>x</p>", httpHeaders={"Content-Type": "text/plain"}).kind == "text"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n....",
        b"PK\x03\x04....",
        b"\xff\xd8\xff\xe0",
        b"GIF89a",
        b"ID3\x04",
        b"\x1f\x8b\x08\x00",
        b"RIFF....WEBPVP8 ",
        b"....ftypmp42",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"OggS",
        b"wOF2",
    ],
)
def test_formats_that_are_no_page_are_rejected_by_name(content: bytes) -> None:
    rejection = decode(content, contentType="text/html")
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.UNSUPPORTED_TYPE
    assert rejection.evidence.startswith("the content is a")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        ("body{color:red}", "text/css"),
        ("a,b\n1,2", "text/csv"),
        ("<?xml version='1.0'?><rss></rss>", "text/xml"),
        ("<feed xmlns='x'></feed>", None),
        ("whatever", "image/png"),
        ("<svg></svg>", "image/svg+xml"),
    ],
)
def test_declared_types_and_feeds_are_rejected(content: str, content_type: str | None) -> None:
    rejection = decode(content, contentType=content_type)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.UNSUPPORTED_TYPE


@pytest.mark.parametrize("content", [b"", b" \r\n\t", "", "\ufeff \0\n", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("coding", [None, "gzip"])
def test_white_space_is_empty(content: bytes | str, coding: str | None) -> None:
    if isinstance(content, bytes) and content and coding:
        content = gzip.compress(content)
    rejection = decode(content, contentEncoding=coding)
    assert isinstance(rejection, Rejection)
    assert rejection.reason is RejectionReason.EMPTY


@settings(max_examples=300)
@given(
    st.binary(max_size=3000) | st.text(max_size=2000),
    st.sampled_from(
        [None, "text/html", "text/plain; charset=utf-16", "text/html; charset=shift_jis", "x; charset=\ud800"]
    ),
)
def test_any_page_becomes_a_harmless_document_a_rejection_or_a_declared_error(
    content: bytes | str, content_type: str | None
) -> None:
    try:
        decoded = decode(content, contentType=content_type)
    except UndecodableContent:
        return
    if isinstance(decoded, Document):
        assert decoded.text.strip()
        assert "\0" not in decoded.text
        decoded.text.encode()
        again = document(decoded.text, contentType=content_type) if "charset" not in (content_type or "") else None
        assert again is None or again.text == decoded.text


@pytest.mark.parametrize(
    "head", ["<!--", "<meta ", "<!-- --> " * 10_000, "<?xml ", "<meta charset=" * 5000, "<!DOCTYPE " * 5000]
)
def test_pathological_beginnings_cost_no_more_than_their_length(head: str) -> None:
    document(head * (200_000 // len(head) + 1), contentType="text/html")


XHTML = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>
<script src="/a.js" async="async"/><style media="print" /><script>if (a &lt; b) { c("<i/>") }</script></head>
<body><!-- <p/> --><iframe src="/x?a=1>0"/><p><a id="n"/>One<br/>two</p><p><![CDATA[three <b> & four]]></p></body></html>"""


@pytest.mark.parametrize("kind", ["application/xhtml+xml", "application/xhtml+xml; charset=utf-8", None])
def test_xhtml_is_written_as_html(kind: str | None) -> None:
    read = document(XHTML.encode(), contentType=kind)
    assert read.utf8 is None
    for piece in (
        "<title></title>",
        '<script src="/a.js" async="async"></script><style media="print" ></style>',
        'c("<i/>")',
        "<!-- <p/> -->",
        '<iframe src="/x?a=1>0"></iframe>',
        '<a id="n"></a>One<br/>two',
        "three &lt;b&gt; &amp; four",
    ):
        assert piece in read.text


@given(st.text(alphabet="<>/![CDATA]-ab\"' p"))
def test_any_xhtml_is_written_as_html(text: str) -> None:
    assert len(write_as_html(text)) >= 0
    assert write_as_html(text.replace("/", "").replace("!", "")) == text.replace("/", "").replace("!", "")


UNDECLARED = [
    (
        "es",
        "cp1252",
        "El puerto cerró ayer por la mañana, y según el capitán los niños de la región no irán a la escuela.",
    ),
    (
        "pt",
        "cp1252",
        "O capitão disse que amanhã as escolas estarão fechadas e que não há peixe no porto desta região.",
    ),
    (
        "pl",
        "iso8859_2",
        "Kapitan powiedział, że jutro szkoły będą zamknięte, ponieważ śledzie już zniknęły z tej zatoki.",
    ),
    (
        "cs",
        "cp1250",
        "Kapitán řekl, že zítra budou školy zavřené a že příští rok bude ryb méně, protože se moře otepluje.",
    ),
    ("tr", "cp1254", "Kaptan, yarın okulların kapalı olacağını ve gelecek yıl daha az balık olacağını söyledi, dedi."),
    ("lt", "cp1257", "Pasak kapitono, rytoj mokyklos bus uždarytos, o kitais metais žuvų bus mažiau, nes jūra šyla."),
    ("lv", "cp1257", "Kapteinis teica, ka rīt skolas būs slēgtas un nākamgad zivju būs mazāk, jo jūra kļūst siltāka."),
    ("ru", "koi8_r", "Капитан сказал, что завтра школы будут закрыты, а в следующем году рыбы станет ещё меньше."),
    ("uk", "koi8_u", "Капітан сказав, що завтра школи будуть зачинені, а наступного року риби буде менше, ніж її є."),
    ("bg", "cp1251", "Капитанът каза, че утре училищата ще бъдат затворени, а догодина рибата ще бъде по-малко."),
    (
        "el",
        "cp1253",
        "Ο καπετάνιος είπε ότι αύριο τα σχολεία θα είναι κλειστά και ότι του χρόνου τα ψάρια θα λιγοστέψουν.",
    ),
    ("he", "cp1255", "הקברניט אמר שמחר בתי הספר יהיו סגורים ושבשנה הבאה יהיו פחות דגים בנמל הזה."),
    ("ja", "iso2022_jp", "船長によると、明日は学校が休みになり、来年は魚が減るという。"),
    ("ja", "cp932", "船長によると、明日は学校が休みになり、来年は魚が減るという。"),
    ("zh", "gb18030", "船长说，明天学校将关闭，明年的鱼会更少，因为海水变暖了。"),
]


@pytest.mark.parametrize("says_language", [True, False])
@pytest.mark.parametrize(("language", "codec", "text"), UNDECLARED)
def test_an_undeclared_charset_is_the_one_that_has_the_letters_of_the_language(
    language: str, codec: str, text: str, says_language: bool
) -> None:
    lang = f' lang="{language}"' if says_language else ""
    page = f"<html{lang}><head><script>var a = 1;</script></head><body><p>{text}</p><p>{text}</p></body></html>"
    assert text in document(page.encode(codec), contentType="text/html").text
