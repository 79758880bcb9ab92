"""What a page says about itself in schema.org's words: the objects of its JSON-LD, and how their values are read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from stream.cleaning.shown import as_shown

Node = dict[str, Any]

MAX_NODES = 5000  # objects looked at in a page; real pages have a few dozen
MAX_DEPTH = 12  # how far a text or a name is followed into its object

# An object of these types, or og:article, is taken at its word: the page is an article.
TRUSTED_ARTICLE_TYPES = frozenset(
    """NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle ReviewNewsArticle
    LiveBlogPosting TechArticle ScholarlyArticle Report""".split()
)
# An object of any of these types tells of the page's article, if there is one. Those beyond the trusted ones prove
# nothing: forums and social networks use them for every entry, advertisers for their texts, others are misspelt.
ARTICLE_TYPES = TRUSTED_ARTICLE_TYPES | frozenset(
    """BackgroundNewsArticle AskPublicNewsArticle MedicalScholarlyArticle SatiricalArticle AdvertiserContentArticle
    SocialMediaPosting DiscussionForumPosting Blogposting ArticleNews""".split()
)

SCHEMA_ADDRESS = re.compile(r"^(?:https?://(?:www\.)?schema\.org[/#]|schema:)", re.IGNORECASE)
# Where the thing that a Role is about stands: under the same name as the Role itself.
_IN_ROLES = ("author", "creator", "contributor", "editor", "publisher", "provider")


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedData:
    """The objects of a page's JSON-LD by what they are, in page order.

    ``weak`` are pages and works that may stand for an article, ``types`` all types that were named. ``by_id`` resolves
    references. ``article_body`` is the first ``articleBody`` that is not empty, with single spaces; often it is cut
    short; ``article_paragraphs`` is the same in paragraphs.
    """

    articles: tuple[Node, ...] = ()
    weak: tuple[Node, ...] = ()
    breadcrumbs: tuple[Node, ...] = ()
    sites: tuple[Node, ...] = ()
    types: frozenset[str] = frozenset()
    by_id: Mapping[str, Node] = field(default_factory=dict)
    article_body: str = ""
    article_paragraphs: tuple[str, ...] = ()

    def resolve(self, value: Any) -> Any:
        """The object that a reference ({"@id": …} alone, or with a type) points to."""
        if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
            return self.by_id.get(value["@id"], value)
        return value

    def names_of(self, value: Any) -> list[str]:
        """The names of one or many people or organisations, given as texts, objects or references."""
        names: list[str] = []
        pending = [value]
        for _ in range(MAX_NODES):
            if not pending:
                break
            item = self.resolve(pending.pop())
            if isinstance(item, list):
                pending.extend(reversed(item))
            elif isinstance(item, dict):
                name = item.get("name") or " ".join(
                    part for part in (item.get("givenName"), item.get("familyName")) if isinstance(part, str)
                )
                if isinstance(name, str | list | dict) and name:
                    pending.append(name)
                else:
                    pending.extend(item[role] for role in _IN_ROLES if role in item)
            elif isinstance(item, str) and (shown := as_shown(item)):
                names.append(shown)
        return names


def types_of(node: Node) -> list[str]:
    """schema.org types of an object, without the schema's address."""
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return [SCHEMA_ADDRESS.sub("", kind) for kind in listed if isinstance(kind, str)]


def text_of(value: Any) -> str | None:
    """The text of a value that may be a text, a list of them, or an object with a value or name."""
    for _ in range(MAX_DEPTH):
        if isinstance(value, str):
            return as_shown(value) or None
        if isinstance(value, list):
            value = next((item for item in value if item), None)
        elif isinstance(value, dict):
            value = (
                value.get("@value") or value.get("@list") or value.get("name") or value.get("url") or value.get("@id")
            )
        else:
            return None
    return None
