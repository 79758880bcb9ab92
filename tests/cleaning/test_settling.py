"""Pieces of a page are judged together: lists, tables, headings, what is announced, and where the article ends."""

import json

import pytest

from stream.events import Article, RemovedLabel
from tests.cleaning.pages import clean

PARAGRAPHS = [
    "The museum of salt in Kelderby opened its new hall on Friday, two years later than planned and far over budget.",
    "Some four thousand people came on the first day, said the director, who had expected half as many visitors at best.",
    "“We did not think that salt could fill a house,” she said, and added that the queue had reached the old town gate.",
    "The hall shows how brine was pumped, boiled and dried, and what it did to the hands of those who raked it for a living.",
    "The town paid for the roof alone. Everything else came from a lottery, which is a thing that nobody had tried before.",
    "Schools may come free of charge until summer, and the oldest pump will be started by hand on the first of each month.",
]
MENU = "<nav><ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul></nav>"
FOOT = "<footer><p>© 2025 The Kelderby Mail. All rights reserved.</p></footer>"
TITLE = "Salt museum opens its new hall"


def page_of(*pieces: str, behind: str = "", title: str = TITLE) -> str:
    head = f"<header><h1>{title}</h1><p class=byline>By Runa Holt</p><time>14 March 2025</time></header>"
    body = f"<main><article>{head}<div class=text>{''.join(pieces)}</div></article>{behind}</main>"
    return (
        f"<html lang=en><head><title>{title} | The Kelderby Mail</title></head><body>{MENU}{body}{FOOT}</body></html>"
    )


def told(number: int = 6) -> list[str]:
    return [f"<p>{text}</p>" for text in PARAGRAPHS[:number]]


def texts_of(html: str) -> list[str]:
    article = clean(html)
    assert isinstance(article, Article)
    return [paragraph.text for paragraph in article.paragraphs]


def removed_from(html: str) -> dict[str, RemovedLabel]:
    article = clean(html)
    assert isinstance(article, Article)
    return {removed.text: removed.label for removed in article.removed}


def test_an_announced_list_is_kept_whole() -> None:
    items = ["Gloves", "A rake", "Two pans of copper", "Wood", "Patience, for a day and a night"]
    listed = (
        f"<p>Who wants to make salt at home needs this:</p><ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    )
    texts = texts_of(page_of(*told(4), listed, *told()[4:]))
    assert [text for text in texts if text in items] == items


def test_the_terms_of_a_glossary_stay_with_what_they_mean() -> None:
    glossary = (
        "<dl><dt>Brine</dt><dd>Water that holds as much salt as it can, and no more.</dd>"
        "<dt>Pan</dt><dd>A flat vessel of iron in which the water is boiled away slowly.</dd></dl>"
    )
    texts = texts_of(page_of(*told(4), glossary, *told()[4:]))
    assert "Brine" in texts
    assert "Pan" in texts


def test_a_list_of_other_stories_stays_out() -> None:
    links = "<ul><li><a href=/1>Harbour frozen over</a></li><li><a href=/2>Ferry stuck for a week</a></li></ul>"
    assert texts_of(page_of(*told(4), links, *told()[4:])) == PARAGRAPHS


def test_the_rows_of_a_table_have_all_their_cells() -> None:
    rows = [("Pump", "1790", ""), ("Kiln", "", "rebuilt"), ("Gate", "1540", "lost")]
    cells = "".join(
        f"<tr><th scope=row>{name}</th><td><div>{year}</div></td><td>{state}</td></tr>" for name, year, state in rows
    )
    table = f"<table><thead><tr><th></th><th>Built</th><th>State</th></tr></thead><tbody>{cells}</tbody></table>"
    texts = texts_of(page_of(*told(4), table, *told()[4:]))
    assert texts[4:8] == ["| Built | State", "Pump | 1790", "Kiln |  | rebuilt", "Gate | 1540 | lost"]


def test_a_page_laid_out_as_a_table_has_paragraphs() -> None:
    left = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in ("News", "Sport", "Weather"))
    layout = f"<table><tr><td><ul>{left}</ul></td><td>{''.join(told())}</td></tr></table>"
    assert texts_of(f"<title>{TITLE}</title>{layout}") == PARAGRAPHS


@pytest.mark.parametrize(
    "quoted",
    [
        "<blockquote><p>We share your email address with our partners and show you advertising.</p></blockquote>",
        "<p><em>By entering the hall you accept our terms of use and our privacy policy.</em></p>",
    ],
)
def test_what_a_colon_announces_is_kept(quoted: str) -> None:
    said = quoted.replace("<", "\0<").replace(">", ">\0").split("\0")
    sentence = max(said, key=len)
    assert sentence in texts_of(page_of(*told(4), "<p>On the ticket stands in small print:</p>", quoted, *told()[4:]))


def test_short_headings_between_paragraphs_are_kept() -> None:
    boxes = [f"<div class=col><div class=box>{piece}</div></div>" for piece in told()]
    boxes.insert(4, "<div class=col><div class=box><h3>Hands of salt</h3></div></div>")
    boxes.insert(2, "<div class=col><div class=box><h3>Pumps</h3></div></div>")
    texts = texts_of(page_of(*boxes))
    assert texts[2] == "Pumps"
    assert texts[5] == "Hands of salt"


def test_a_short_last_sentence_is_kept_behind_an_advertisement() -> None:
    texts = texts_of(
        page_of(*told(), "<div class=ad><a href=/9>Book a trip now</a></div>", "<div>The salt stays.</div>")
    )
    assert texts == [*PARAGRAPHS, "The salt stays."]


@pytest.mark.parametrize(
    "call",
    [
        "<p><b>Write to us</b></p><p>Have you worked in the salt pans? Email us at desk@kelderby-mail.example.</p>",
        "<p>Do you like what we do? Please <a href=/pay>support the Kelderby Mail</a> from two crowns a month.</p>",
        "<p><b>DO NOT MISS:</b></p><p><a href=/7>Ferry stuck in the ice for a week</a></p>",
        "<p>Haben Sie Fragen? Schreiben Sie uns an <a href=mailto:a>post@kelderby-mail.example</a></p>",
    ],
)
def test_what_asks_for_something_below_the_text_is_cut(call: str) -> None:
    assert texts_of(page_of(*told(), call)) == PARAGRAPHS


def test_a_pull_quote_is_said_once() -> None:
    pulled = "<div class=pull><p>Everything else came from a lottery</p></div>"
    assert texts_of(page_of(*told(2), pulled, *told()[2:])) == PARAGRAPHS


def test_the_caption_in_an_images_box_is_cut() -> None:
    box = "<div class=photo-box><img src=a.jpg><div>A rake of the last salter leans on the wall.</div></div>"
    html = page_of(*told(3), box, *told()[3:])
    assert texts_of(html) == PARAGRAPHS
    assert removed_from(html)["A rake of the last salter leans on the wall."] is RemovedLabel.CAPTION


def test_a_paragraph_behind_an_image_is_kept() -> None:
    pieces = [f"<div class=slide><img src={number}.jpg>{piece}</div>" for number, piece in enumerate(told())]
    assert texts_of(page_of(*pieces)) == PARAGRAPHS


def next_article(heading: str = "h2") -> str:
    story = [
        "A mill on the river was sold at auction on Monday, for the third time in ten years, to a baker from the coast.",
        "He wants to grind spelt in it from autumn on, which had been its trade before the war, the land registry shows.",
        "Two of the wheels are sound. The third one lies in the pond, where divers will have a look at it in the spring.",
    ]
    title = f"<{heading}>Mill sold for the third time</{heading}>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return f"<article class=more><header>{title}<p class=byline>By Odd Lie</p></header><div class=text>{text}</div></article>"


@pytest.mark.parametrize("heading", ["h1", "h2"])
def test_a_second_article_below_the_first_is_cut(heading: str) -> None:
    assert texts_of(page_of(*told(), behind=next_article(heading))) == PARAGRAPHS


def test_a_second_article_needs_no_byline() -> None:
    behind = next_article("h1").replace("<p class=byline>By Odd Lie</p>", "")
    assert texts_of(page_of(*told(), behind=behind)) == PARAGRAPHS


def test_a_main_heading_between_the_parts_of_one_article_ends_nothing() -> None:
    head = f"<header><h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></header>"
    rest = f"<div class=text><h1>Hands of salt</h1>{''.join(told()[3:])}</div>"
    texts = texts_of(f"<title>{TITLE}</title><body>{MENU}<article>{head}{rest}</article>{FOOT}</body>")
    assert [text for text in texts if text in PARAGRAPHS] == PARAGRAPHS


def test_the_posts_of_a_live_blog_are_kept_with_their_headings() -> None:
    heads = ["Gate opens", "Hall full", "Roof leaks", "All go home"]
    posts = [
        f"<div class=entry><time>1{number}:05</time> <b>{head}</b><div class=entry-text>{paragraph}</div></div>"
        for number, (head, paragraph) in enumerate(zip(heads, told(4), strict=True))
    ]
    texts = texts_of(page_of(*posts))
    assert [text for text in texts if text in PARAGRAPHS] == PARAGRAPHS[:4]
    assert all(any(text.endswith(head) for text in texts) for head in heads)


def test_a_sentence_over_several_lines_of_a_text_is_kept_whole() -> None:
    lines = [TITLE, "14 March 2025", "The museum of", "salt", PARAGRAPHS[0].removeprefix("The museum of salt ")]
    article = clean("\n".join([*lines, *PARAGRAPHS[1:], "Privacy policy", "© 2025 The Kelderby Mail"]), "text")
    assert isinstance(article, Article)
    assert [paragraph.text for paragraph in article.paragraphs][:3] == lines[2:]


@pytest.mark.parametrize(
    "box",
    [
        "<aside class=banner>",
        "<div class=caption>",
        "<div class=related>",
        "<footer>",
        "<section class=comments><h1>Salt</h1>",
    ],
)
def test_a_name_never_swallows_the_whole_body(box: str) -> None:
    end = f"</{box[1:].split('>')[0].split()[0]}>"
    html = f"<title>{TITLE}</title><body>{MENU}<main><h1>{TITLE}</h1>{box}{''.join(told())}{end}</main>{FOOT}"
    assert texts_of(html) == PARAGRAPHS


def declaring(body: str, free: str = "true") -> str:
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": '
        f'{free}, "articleBody": {json.dumps(body)}}}</script>'
    )


def test_hidden_text_that_the_metadata_declares_is_kept() -> None:
    rest = "".join(told()[2:])
    html = page_of(*told(2), f"<div class=gate style='display:none'>{rest}</div>")
    assert texts_of(html.replace("</head>", declaring(" ".join(PARAGRAPHS)) + "</head>")) == PARAGRAPHS


def test_text_that_goes_on_behind_a_button_is_kept() -> None:
    html = page_of(*told(3), f"<div hidden>{''.join(told()[3:])}</div><button>Go on</button>")
    assert texts_of(html) == PARAGRAPHS


def test_a_hidden_box_of_another_kind_stays_out() -> None:
    box = "<div hidden class=modal><form><p>Sign in to comment, or make an account that costs nothing.</p></form></div>"
    assert texts_of(page_of(*told(3), box, *told()[3:])) == PARAGRAPHS


@pytest.mark.parametrize("body", ["\n\n".join(PARAGRAPHS), "".join(f"<p>{text}</p>" for text in PARAGRAPHS)])
def test_a_body_that_only_the_metadata_has_is_taken_from_there(body: str) -> None:
    article = clean(f"<title>{TITLE}</title>{declaring(body)}<body><div id=app></div></body>")
    assert isinstance(article, Article)
    assert [paragraph.text for paragraph in article.paragraphs] == PARAGRAPHS
    assert article.provenance == {"articleBody": "json-ld"}


def test_a_declared_body_that_is_not_free_is_not_taken() -> None:
    html = page_of(*told(1)).replace("</head>", declaring(" ".join(PARAGRAPHS), "false") + "</head>")
    assert texts_of(html) == PARAGRAPHS[:1]


def test_text_for_those_who_run_no_scripts_is_read_where_there_is_no_other() -> None:
    text = f"<noscript><h1>{TITLE}</h1>{''.join(told())}</noscript>"
    assert texts_of(f"<title>{TITLE}</title><body><div id=app></div>{text}</body>") == PARAGRAPHS
    assert texts_of(page_of(*told(), *told(), "<noscript><p>Turn on your scripts.</p></noscript>"))[:6] == PARAGRAPHS


def test_code_between_paragraphs_is_kept_with_its_lines() -> None:
    code = "<div class=hl><pre><code><span>salt = 3\n</span><span>  pan = salt\n</span></code></pre></div>"
    article = clean(page_of(*told(3), code, *told()[3:]))
    assert isinstance(article, Article)
    assert [part.text for part in article.paragraphs if part.kind == "code"] == ["salt = 3\n  pan = salt"]


def test_a_quote_box_with_its_author_ends_no_article() -> None:
    box = "<div class=highlight><h2>It is a house of salt</h2><p class=author>Ida Berg</p></div>"
    texts = texts_of(page_of(*told(4), box, *told()[4:]))
    assert [text for text in texts if text in PARAGRAPHS] == PARAGRAPHS
