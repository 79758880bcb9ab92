"""Lay out small pages of every kind, as sites of a few pages have them: real ones are few and mostly large."""

import random
from collections.abc import Callable, Iterator

from evaluation.written_pages import HEADLINES, LISTING_LAYOUTS, PARAGRAPHS, TEASERS, page
from stream.events import PageKind

PAGES = 40  # of each kind
ARTICLES = 160  # as many as the four kinds that are likeliest taken for one

_THINGS = [
    "storm lantern", "rope ladder", "Taschenuhr", "lampe à huile", "cafetera", "ullpläd", "mosterdpot", "bottiglia",
    "kubek", "чайник", "急須", "brass compass", "Wanderstock", "couteau pliant", "oil can", "sea chart",
]  # fmt: skip
_LINES = [
    "Works as it should since I cleaned it twice.", "Hat jemand eine Idee, woran das liegt?", "Thanks, that was it!",
    "Chez moi c'était la même chose l'hiver dernier.", "Prueba primero con una mecha nueva.", "I would not do that.",
    "Look at the holes below the burner, mine were full of moths, and it smoked until I had them out.",
    "Det hjälpte inte, men tack ändå. Jag provar med en annan olja i helgen och skriver sedan hur det gick.",
]  # fmt: skip
_PROMISES = [
    "Put right within a week.", "Schnell, freundlich und zum festen Preis.", "Un devis gratuit sous deux jours.",
    "Ask us for a quote.", "Más de veinte años de experiencia.", "Repairs, advice and spare parts from one hand.",
]  # fmt: skip
_CODE = ["lamp trim --by 2", "from lamps import trim\ntrim(2)", "[lamp]\nwick = 2", "GET /lamps/3", "lampctl status"]


def lay_out() -> Iterator[tuple[str, str, PageKind]]:
    """Address, HTML and kind of each page; the same ones every time."""
    chance = random.Random(7)
    for kind, write in _WRITERS.items():
        for number in range(ARTICLES if kind is PageKind.ARTICLE else PAGES):
            path, title, body = write(chance)
            yield f"https://site{number}.example{path}", page(title, body), kind


def _pick(chance: random.Random, *choices: str) -> str:
    return chance.choice(choices)


def _article(chance: random.Random) -> tuple[str, str, str]:
    title = chance.choice(HEADLINES)
    name = title.lower().replace(" ", "-")
    texts = chance.choices(PARAGRAPHS, k=chance.randint(1, 9))
    signed = _pick(chance, "", "<p class=byline>By Ann Lee</p>", "<div class=meta><time>14 March 2025</time></div>")
    body = f"<h1>{title}</h1>{signed}" + "".join(f"<p>{text}</p>" for text in texts)
    wrap = _pick(chance, "<article>{}</article>", "<main>{}</main>", "<div class=content>{}</div>", "{}")
    around = _pick(chance, "", "<aside><h3>More</h3>{}</aside>", "<section class=comments>{}</section>")
    more = "".join(f"<p><a href=/a/{n}>{text}</a></p>" for n, text in enumerate(chance.sample(HEADLINES, 3)))
    path = _pick(
        chance, f"/{name}", f"/news/{name}", f"/2025/03/{name}", f"/a/{chance.randint(1, 99999)}", f"/n/{name[:20]}"
    )
    return path, title, wrap.format(body) + around.format(more)


def _listing(chance: random.Random) -> tuple[str, str, str]:
    layout = chance.choice(list(LISTING_LAYOUTS.values()))
    names = chance.sample(HEADLINES, chance.randint(6, 12))
    items = (layout.format(n=n, headline=headline, teaser=chance.choice(TEASERS)) for n, headline in enumerate(names))
    title = _pick(chance, "News", "Sport", "Ann Lee", "Blog", "Latest", "Kultur", "Actualités")
    return (
        f"/{_pick(chance, 'news/', 'sport', 'tag/sea', 'author/ann-lee', 'blog/', 'search?q=sea', '')}",
        title,
        (f"<main><h1>{title}</h1>{''.join(items)}</main>"),
    )


def _price(chance: random.Random) -> str:
    amount = chance.randint(3, 200)
    return _pick(chance, f"${amount}.00", f"{amount},90 €", f"£{amount}", f"{amount} zł", f"CHF {amount}.-")


def _collection(chance: random.Random) -> tuple[str, str, str]:
    card = _pick(chance, "product-card", "item card", "grid-item", "tile")
    button = _pick(chance, "Add to basket", "In den Warenkorb", "Ajouter au panier", "Buy", "")
    cards = "".join(
        f"<li class='{card}'><a href=/p/{n}>{thing}</a><span class=price>{_price(chance)}</span><button>{button}</button></li>"
        for n, thing in enumerate(chance.sample(_THINGS, chance.randint(6, 14)))
    )
    title = _pick(chance, "Lamps", "Sale", "Alle Produkte", "Nouveautés")
    intro = _pick(chance, "", f"<p>{chance.choice(PARAGRAPHS)}</p>")
    path = _pick(chance, "/collections/lamps", "/shop/", "/category/lamps", "/c/12", "/lampen")
    return path, title, f"<h1>{title}</h1>{intro}<div class=filters>Filter</div><ul>{cards}</ul>"


def _product(chance: random.Random) -> tuple[str, str, str]:
    thing = f"{chance.choice(_THINGS)}, {_pick(chance, '34 cm', 'brass', 'No. 12', 'schwarz')}"
    names = _pick(chance, "product", "product-page", "pdp", "item-detail")
    rows = "".join(f"<tr><td>{name}<td>{chance.randint(1, 90)}</tr>" for name in ("Height", "Gewicht", "Taille", "SKU"))
    told = "".join(f"<p>{text}</p>" for text in chance.choices(PARAGRAPHS + _PROMISES, k=chance.randint(1, 4)))
    button = _pick(chance, "Add to basket", "In den Warenkorb", "Ajouter au panier", "Comprar")
    body = (
        f"<div class={names}><h1 class=product-title>{thing}</h1><span class=price>{_price(chance)}</span>"
        f"<p class=stock>{_pick(chance, 'In stock', 'Lieferbar', 'En stock')}</p><button class=add-to-cart>{button}</button>"
        f"<div class=description>{told}</div><table>{rows}</table></div>"
    )
    more = "".join(f"<a class=card href=/p/{n}>{other} {_price(chance)}</a>" for n, other in enumerate(_THINGS[:4]))
    path = _pick(chance, "/products/lamp", "/p/1234", "/lampe-34-cm-40118.html", "/shop/lamp", "/item/77")
    return path, thing, body + _pick(chance, "", f"<section class=related-products>{more}</section>")


def _forum(chance: random.Random) -> tuple[str, str, str]:
    post = _pick(chance, "post", "message", "reply", "comment", "answer")
    title = _pick(chance, "The wick smokes", "Lampe rußt", "Welche Seekarte?", "Quelle huile choisir ?")
    posts = "".join(
        f"<div class={post} id=p{n}><div class={post}-author><a href=/u/{n}>{_pick(chance, 'keeper', 'joe', 'möwe')}{n}</a>"
        f"</div><div class={post}-date>{chance.randint(1, 28)} March 2025, 1{n % 10}:4{n % 10}</div>"
        f"<div class={post}-body>{' '.join(chance.choices(_LINES, k=chance.randint(1, 4)))}</div>"
        f"<a href=#>{_pick(chance, 'Reply', 'Zitieren', 'Répondre')}</a></div>"
        for n in range(chance.randint(3, 14))
    )
    path = _pick(
        chance, "/forum/viewtopic.php?t=9", "/threads/wick.123/", "/t/wick/123", "/questions/9/wick", "/board/9-wick"
    )
    return path, title, f"<main class={_pick(chance, 'thread', 'topic', 'forum')}><h1>{title}</h1>{posts}</main>"


def _service(chance: random.Random) -> tuple[str, str, str]:
    title = _pick(chance, "Lamp repair", "Unsere Leistungen", "About us", "Nos services", "Pricing", "Restauración")
    boxes = "".join(
        f"<div class={_pick(chance, 'feature', 'service', 'benefit')}><h3>{chance.choice(_THINGS).title()}</h3>"
        f"<p>{chance.choice(_PROMISES + PARAGRAPHS[:2])}</p><a href=/contact>{_pick(chance, 'Learn more', 'Kontakt', 'Devis')}</a></div>"
        for _ in range(chance.randint(3, 8))
    )
    call = f"<section class=cta><h2>{_pick(chance, 'Talk to us', 'Rufen Sie an')}</h2><p>+44 20 555 01 42</p></section>"
    path = _pick(chance, "/services/", "/leistungen", "/about-us", "/pricing", "/services/lamp-repair", "/")
    return path, title, f"<section class=hero><h1>{title}</h1><p>{chance.choice(_PROMISES)}</p></section>{boxes}{call}"


def _documentation(chance: random.Random) -> tuple[str, str, str]:
    title = _pick(chance, "lamp trim", "Installation", "Configuration reference", "Getting started", "Lampen-API")
    pieces = "".join(
        f"<h2>{_pick(chance, 'Usage', 'Options', 'Beispiel', 'Parameters', 'Notes')}</h2><p>{chance.choice(_LINES)}</p>"
        f"<pre><code>{chance.choice(_CODE)}</code></pre>"
        for _ in range(chance.randint(1, 6))
    )
    menu = "".join(f"<li><a href=/docs/{n}>{name}</a>" for n, name in enumerate(("Install", "Use", "API", "FAQ")))
    path = _pick(chance, "/docs/trim", "/en/latest/trim.html", "/reference/api", "/manual/2.4/trim", "/wiki/Trim")
    return path, title, f"<nav class=sidebar><ul>{menu}</ul></nav><main class=markdown><h1>{title}</h1>{pieces}</main>"


_WRITERS: dict[PageKind, Callable[[random.Random], tuple[str, str, str]]] = {
    PageKind.ARTICLE: _article,
    PageKind.LISTING: _listing,
    PageKind.COLLECTION: _collection,
    PageKind.PRODUCT: _product,
    PageKind.FORUM: _forum,
    PageKind.SERVICE: _service,
    PageKind.DOCUMENTATION: _documentation,
}
