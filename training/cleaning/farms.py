"""Lay real bodies and headlines out as content farms do: the text pages that no renderer of ours would make."""

import random
from collections.abc import Sequence

from evaluation.pages import GoldPage

SECTIONS = ("Stocks", "Sports", "Finance", "Entertainment", "Politics", "World", "Business", "News", "Health", "Tech")
SITES = (
    "消息",
    "Wealth Nexus",
    "Daily Ledger",
    "GlobalInvest",
    "Capital Watch",
    "新闻网",
    "MarketEdge",
    "FutureFinance",
)
LISTS = ("Related", "Ranking", "Recommendation", "Popular", "Hot News", "Latest", "You may like", "Trending", "Random")
LIKES = ("veryGood! ({n})", "Like ({n})", "{n} likes", "({n})", "Share on Facebook", "Views: {n}", "Thumbs up ({n})")
BULLETS = ("- ", "", "• ", "* ", "{i}. ")


def lay_out(page: GoldPage, headlines: Sequence[str], seed: int) -> str:
    """One text page: breadcrumb and headline, counters, the body, then lists of other stories' headlines."""
    rng = random.Random(seed)
    body: tuple[str, ...] = page.body or ()
    title = str(page.gold.get("title") or body[0][:70])
    section, site = rng.choice(SECTIONS), rng.choice(SITES)
    lines = [
        rng.choice(
            (
                f"Current:Home > {section}{title} -{site}",
                f"Current:Home/{section}/{title}",
                f"{section}>>{title}-{site}",
                f"Home » {section} » {title}",
                f"{title} - {site}",
            )
        )
    ]
    if rng.random() < 0.7:
        lines.append(title)
    counters = [
        "View",
        f"Date:2024-0{rng.randint(1, 9)}-1{rng.randint(0, 9)} 1{rng.randint(0, 9)}:02:3{rng.randint(0, 9)}",
    ]
    counters += [f"{rng.randint(1, 999)} views", f"Author: {site}", f"Source: {site}", "Font size: A A A"]
    lines += rng.sample(counters, rng.randint(1, 4))
    lines += body
    if rng.random() < 0.8:
        lines.append(rng.choice(LIKES).format(n=rng.randint(1, 9999)))
    pool = rng.sample(list(headlines), min(len(headlines), 14))
    for name in rng.sample(LISTS, rng.randint(1, 3)):
        lines.append(name)
        bullet = rng.choice(BULLETS)
        some = rng.choices(pool, k=rng.randint(4, 10))
        lines += [bullet.format(i=number) + headline for number, headline in enumerate(some, 1)]
    if rng.random() < 0.4:
        lines += [f"Copyright © 2024 {site}", "About us | Contact | Sitemap"]
    return ("\n\n" if rng.random() < 0.2 else "\n").join(lines)
