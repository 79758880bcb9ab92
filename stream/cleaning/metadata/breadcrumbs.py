"""Find the steps that lead from the home page to the article."""

import re
from typing import Any

from stream.cleaning.linked_data import LinkedData, text_of
from stream.cleaning.metadata.folding import fold
from stream.cleaning.metadata.found import Found
from stream.cleaning.metadata.html_page import HtmlPage
from stream.cleaning.values import Label

MAX_CRUMBS = 12
MAX_TRAILS = 3  # in JSON-LD

_STEP = re.compile(r"\s*(?:>>?|›|»|→|::|/|\|)\s*")
_THIS_PAGE = re.compile(r"story|article|artikel|beitrag|news ?details?|details?|content|正文|本文|기사", re.IGNORECASE)


def find_breadcrumbs(page: HtmlPage, found: Found) -> None:
    """What JSON-LD lists, else what was labelled as a breadcrumb; never the headline itself."""
    crumbs, source = _read_declared(page.data), "json-ld"
    if not crumbs:
        shown = page.texts(Label.BREADCRUMB)[:MAX_CRUMBS]
        crumbs, source = [step for text in shown for step in steps_of(text)], "text"
    headline = fold(found.values.get("headline") or "")
    crumbs = [crumb for crumb in crumbs if fold(crumb) and fold(crumb) != headline][:MAX_CRUMBS]
    found.put("breadcrumbs", tuple(crumbs), source)


def steps_of(trail: str) -> tuple[str, ...]:
    """The steps of a breadcrumb, without a last one that only says that this is the story."""
    steps = [step for step in (part.strip() for part in split_trail(trail)) if step]
    if steps and _THIS_PAGE.fullmatch(steps[-1]):
        steps.pop()
    return tuple(steps)


def split_trail(trail: str) -> list[str]:
    """The texts between the signs of a breadcrumb."""
    return _STEP.split(trail)


def _read_declared(data: LinkedData) -> list[str]:
    for trail in data.breadcrumbs[:MAX_TRAILS]:
        items = trail.get("itemListElement")
        names = [_name_of(item) for item in items[:MAX_CRUMBS]] if isinstance(items, list) else []
        if any(names):
            return [name for name in names if name]
    return []


def _name_of(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    name = item.get("name")
    inner = item.get("item")
    return text_of(name if name else inner.get("name") if isinstance(inner, dict) else None)
