"""Pages of every kind that we wrote ourselves, because third parties' are not ours to publish: listings to paywalls."""

HEADLINES = [
    "Harbour pilots call off their strike after eight days",
    "Council votes to keep the old clock tower open",
    "Why the lamplighters of Ghent still walk at dusk",
    "Beekeepers count their losses after a cold spring",
    "Three ferries cancelled as fog closes the strait",
    "A museum of broken umbrellas opens in Leeds",
    "Wheat prices fall for a fourth month in a row",
    "Night trains return to the northern line in May",
    "Students build a bridge out of recycled paper",
    "The last lighthouse keeper hands over her keys",
    "Salt works reopen and the flamingos come back",
    "Chess club wins appeal over its noisy clock",
]
TEASERS = [
    "Both sides signed shortly after four in the morning.",
    "The vote was close, and the debate was loud.",
    "Two of them are left, and they have no plans to stop.",
    "A third of the hives did not survive the frost.",
]
PARAGRAPHS = [
    "Pilots who guide ships through the canal went back to work on Monday, ending a strike that had left more than a "
    "hundred vessels waiting at anchor on both sides of the isthmus, the union and the port authority said.",
    "The two sides agreed shortly after four in the morning on a rise in pay over two years and on a limit of ten hours "
    "at a time on the bridge, according to a statement that both of them signed.",
    "“Nobody won this, and the sea does not care who won,” said the woman who led the talks for the union. “What matters "
    "is that a tired man no longer brings a ship of three hundred metres through the narrows.”",
    "The backlog would be cleared within nine days, the administrator told reporters. Ships with perishable goods would "
    "go first, and those that had turned back to sail around the cape would have to wait for their turn again.",
]


def page(title: str, body: str, head: str = "") -> str:
    menu = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Culture", "Opinion", "Weather")
    )
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><header><nav><ul>{menu}</ul></nav>"
        f"</header>{body}<footer><p>© 2025 The Ledger. All rights reserved.</p><a href=/terms>Terms</a></footer></body></html>"
    )


def cards(wrap: str) -> str:
    """Announcements of articles; ``wrap`` is one of them with {n}, {headline} and {teaser}."""
    return "".join(
        wrap.format(n=n, headline=headline, teaser=TEASERS[n % len(TEASERS)]) for n, headline in enumerate(HEADLINES)
    )


LISTING_LAYOUTS = {
    "cards": '<article><h2><a href="/a/{n}">{headline}</a></h2><p>{teaser}</p></article>',
    "cards that are links": '<a href="/a/{n}"><h3>{headline}</h3><p>{teaser}</p></a>',
    "list": '<li><a href="/a/{n}">{headline}</a></li>',
    "list with dates": '<li><span>14 March 2025</span> <a href="/a/{n}">{headline}</a></li>',
    "table": '<table><tr><td><a href="/a/{n}">{headline}</a></td><td>14 March</td></tr></table>',
    "divs": '<div class=item><div class=title><a href="/a/{n}">{headline}</a></div><div class=text>{teaser}</div></div>',
    "pictures": '<figure><img src="{n}.jpg"><figcaption><a href="/a/{n}">{headline}</a></figcaption></figure>',
    "teaser then more": '<section><h3>{headline}</h3><p>{teaser}</p><a href="/a/{n}">Read more: {headline}</a></section>',
    "definition list": '<dt><a href="/a/{n}">{headline}</a></dt><dd>{teaser}</dd>',
    "blog roll": '<div class=post><h2 class=entry-title><a href="/a/{n}" rel=bookmark>{headline}</a></h2><div class=entry-summary>'
    "<p>{teaser}</p></div></div>",
}
ERRORS = [
    ("404 Not Found", "<h1>404</h1><p>The page that you are looking for is not here.</p>"),
    ("Page not found - The Ledger", "<h1>Oops!</h1><p>We can't find that page. Try the search or go home.</p>"),
    ("The Ledger", "<h1>Sorry, this page does not exist</h1><p>It may have been moved.</p>"),
    ("Error 500 - Internal Server Error", "<p>Something went wrong on our side. Please try again in some minutes.</p>"),
    ("403 Forbidden", "<center><h1>403 Forbidden</h1></center><hr><center>nginx</center>"),
    ("Access Denied", "<h1>Access Denied</h1>You don't have permission to access this page on this server."),
    (
        "Just a moment...",
        "<h1>Checking your browser before accessing ledger.example</h1><p>This process is automatic.</p>",
    ),
    ("Seite nicht gefunden", "<h1>Seite nicht gefunden</h1><p>Leider konnten wir die Seite nicht finden.</p>"),
    ("Page introuvable", "<h1>Page introuvable</h1><p>La page demandée n'existe plus ou a été déplacée.</p>"),
    ("Página no encontrada", "<h1>Error 404</h1><p>Lo sentimos, la página que busca ya no está disponible.</p>"),
    ("Страница не найдена", "<h1>Страница не найдена</h1><p>Проверьте адрес или вернитесь на главную.</p>"),
    ("ページが見つかりません", "<h1>404</h1><p>お探しのページは見つかりませんでした。</p>"),
    (
        "Service Unavailable",
        "<h1>Service Unavailable</h1><p>The site is under maintenance. Please come back later.</p>",
    ),
    ("Article removed", "<h1>This article is no longer available</h1><p>The publisher has taken it down.</p>"),
]
CONSENTS = [
    "<h2>We value your privacy</h2><p>We and our 713 partners store and/or access information on a device, such as "
    "cookies, and process personal data.</p><button>Accept all</button><button>Manage options</button>",
    "<div class=cmp><p>Wir und unsere Partner verwenden Cookies und verarbeiten personenbezogene Daten. Mit Ihrer "
    "Zustimmung zeigen wir personalisierte Werbung.</p><button>Alle akzeptieren</button><button>Ablehnen</button></div>",
    "<div id=didomi><p>Avec votre consentement, nos partenaires et nous utilisons des cookies pour traiter des données "
    "personnelles.</p><a>Continuer sans accepter</a><button>Accepter</button></div>",
    "<p>Usamos cookies propias y de terceros para analizar nuestros servicios y respetar su privacidad mientras "
    "navega.</p><button>Aceptar</button><button>Rechazar</button>",
]
PAYWALLS = [
    "<p>This article is for subscribers only. Already a subscriber? Log in.</p>",
    "<div class=wall><h3>Subscribe to continue reading</h3><p>From one coin a week.</p></div>",
    "<p>Exklusiv für Abonnenten</p><p>Jetzt weiterlesen mit dem Abo.</p>",
    "<p>Cet article est réservé aux abonnés. Il vous reste 80 % de cet article à lire.</p>",
    "<p>Suscríbete para seguir leyendo</p>",
]
