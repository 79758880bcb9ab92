"""Shows an article with its entities coloured: as a page for a browser, as text for a terminal."""

from collections.abc import Iterator, Sequence
from html import escape

from rich.text import Text

from stream.events import Article, Entity, EntityType

COLOURS = {  # on a white page, and on a terminal that may know sixteen colours only
    EntityType.PERSON: ("#1a7f37", "green"),
    EntityType.ORGANIZATION: ("#0969da", "bright_blue"),
    EntityType.PLACE: ("#bc4c00", "yellow"),
    EntityType.NATIONALITY: ("#9a6700", "bright_yellow"),
    EntityType.DATE: ("#57606a", "bright_black"),
    EntityType.MONEY: ("#0e7490", "cyan"),
    EntityType.EVENT: ("#8250df", "magenta"),
    EntityType.WORK: ("#bf3989", "bright_magenta"),
}

_STYLE = """
body { font: 17px/1.6 Georgia, serif; color: #1f2328; background: #fff; margin: 2rem auto; max-width: 72rem;
  padding: 0 1rem;
  display: grid; grid-template-columns: minmax(0, 1fr) 20rem; gap: 2rem }
h1 { font-size: 1.8rem; line-height: 1.25 } .about { color: #57606a; font: 14px/1.5 system-ui, sans-serif }
mark { background: none; border-bottom: 2px solid } mark a { color: inherit; text-decoration: none }
aside { font: 14px/1.5 system-ui, sans-serif } aside h2 { font-size: 1rem; margin: 1.2rem 0 .3rem }
aside ul { list-style: none; padding: 0; margin: 0 }
aside li { padding: .15rem 0 } small { color: #57606a } @media (max-width: 50rem) { body { display: block } }
"""


def as_html(article: Article, entities: Sequence[Entity]) -> str:
    """One self-contained page (no scripts, no requests); everything from the article is escaped."""
    headline = escape(article.headline or "Article")
    facts = (*(author.name for author in article.authors), article.agency, article.datePublished, article.url)
    about = " · ".join(escape(fact) for fact in facts if fact)
    colours = "".join(
        f".{entity_type.value.lower()} {{ color: {colour} }}\n" for entity_type, (colour, _) in COLOURS.items()
    )
    return (
        f'<!doctype html>\n<html lang="{escape(article.inLanguage or "")}">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f'<meta name="viewport" content="width=device-width">\n<title>{headline}</title>\n'
        f"<style>{_STYLE}{colours}</style>\n</head>\n<body>\n<main>\n<h1>{headline}</h1>\n"
        f'<p class="about">{about}</p>\n{_paragraphs(article.articleBody, entities)}</main>\n'
        f"<aside>\n{_legend(entities)}</aside>\n</body>\n</html>\n"
    )


def as_text(article: Article, entities: Sequence[Entity]) -> Text:
    """The same for a terminal; control characters of the page cannot reach it."""
    text = Text()
    if article.headline:
        text.append(_printable(article.headline) + "\n\n", style="bold")
    for piece, entity in pieces(article.articleBody, entities):
        text.append(_printable(piece), style=f"bold {COLOURS[entity.type][1]}" if entity else "")
    text.append("\n")
    for entity_type, members in _by_type(entities):
        text.append(f"\n{entity_type.value:<13}", style=f"bold {COLOURS[entity_type][1]}")
        text.append(", ".join(_printable(_listed(entity)) for entity in members))
    return text


def pieces(body: str, entities: Sequence[Entity]) -> Iterator[tuple[str, Entity | None]]:
    """The body cut at the mentions: together the pieces are the body."""
    mentions = sorted(
        ((mention, entity) for entity in entities for mention in entity.mentions), key=lambda pair: pair[0].start
    )
    at = 0
    for mention, entity in mentions:
        if mention.start > at:
            yield body[at : mention.start], None
        yield body[mention.start : mention.end], entity
        at = mention.end
    if at < len(body):
        yield body[at:], None


def _paragraphs(body: str, entities: Sequence[Entity]) -> str:
    painted = "".join(_marked(piece, entity) if entity else escape(piece) for piece, entity in pieces(body, entities))
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in painted.split("\n\n"))


def _marked(surface: str, entity: Entity) -> str:
    """A mention, with the entity's full name and titles as its tooltip, a place linked to its page at GeoNames."""
    hint = escape(", ".join((entity.name, *entity.titles, *entity.roles)))
    inner = escape(surface)
    if entity.link and entity.link.source == "geonames":
        inner = f'<a href="https://www.geonames.org/{escape(entity.link.id)}" rel="noreferrer">{inner}</a>'
    return f'<mark class="{entity.type.value.lower()}" title="{hint}">{inner}</mark>'


def _describe(entity: Entity) -> str:
    return escape(" · ".join((*entity.titles, *entity.roles)))


def _legend(entities: Sequence[Entity]) -> str:
    lists = []
    for entity_type, members in _by_type(entities):
        items = "".join(
            f"<li>{_marked(entity.name, entity)} <small>{_describe(entity)} ×{len(entity.mentions)}"
            f", {entity.salience:.2f}</small></li>"
            for entity in members
        )
        lists.append(f"<h2>{entity_type.value.capitalize()}</h2>\n<ul>{items}</ul>\n")
    return "".join(lists)


def _by_type(entities: Sequence[Entity]) -> Iterator[tuple[EntityType, list[Entity]]]:
    for entity_type in EntityType:
        if members := [entity for entity in entities if entity.type is entity_type]:
            yield entity_type, members


def _listed(entity: Entity) -> str:
    return f"{entity.name} ×{len(entity.mentions)}" if len(entity.mentions) > 1 else entity.name


def _printable(text: str) -> str:
    """The text without control characters, which could steer the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
