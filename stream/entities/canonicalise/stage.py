"""Makes one entity of all the mentions that name one thing, under its fullest name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from stream.entities.canonicalise.evidence import typed_alike
from stream.entities.canonicalise.mentions import Named, missed, with_titles
from stream.entities.canonicalise.organizations import defined_acronyms, identities
from stream.entities.canonicalise.people import Form, joined
from stream.entities.canonicalise.sums import worth
from stream.entities.canonicalise.titles import normal_title
from stream.entities.names import fold, key_of, straight, title_cased
from stream.entities.tables.aliases import expand_alias
from stream.entities.tables.demonyms import ADJECTIVE_OF
from stream.entities.values import Canonicalised, Recognised
from stream.events import Entity, EntityType, Mention

_MAX_TITLES = 5


class Canonicalise:
    """``Recognised`` to ``Canonicalised``: entities in order of first mention, each with all its mentions.

    Surfaces keep the characters of ``articleBody``; names are compared on a copy with straight quotes.
    """

    name = "canonicalise"
    version = "1"

    def __call__(self, recognised: Recognised) -> Canonicalised:
        body = recognised.article.articleBody
        text = straight(body)
        named = typed_alike(with_titles(text, recognised.spans))
        acronyms = defined_acronyms(text, (name.span for name in named if name.span.type is EntityType.ORGANIZATION))
        named = sorted([*named, *missed(text, named, acronyms)], key=lambda name: name.span.start)
        identity = _identities(named, acronyms)
        things: dict[tuple[EntityType, str], list[Named]] = defaultdict(list)
        for name in named:
            things[name.span.type, identity[name.span.type, name.folded]].append(name)
        entities = tuple(_entity(body, entity_type, key, names) for (entity_type, key), names in things.items())
        return Canonicalised(recognised.article, entities, recognised.recogniser)


def _identities(named: Sequence[Named], acronyms: Mapping[str, str]) -> dict[tuple[EntityType, str], str]:
    """For each type and folded name, the folded name of the thing it names; equal identities are one entity."""
    by_type: dict[EntityType, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    for name in named:
        by_type[name.span.type][name.folded].append(name)
    return {
        (entity_type, folded): known_as
        for entity_type, names in by_type.items()
        for folded, known_as in _known_as(entity_type, names, acronyms).items()
    }


def _known_as(entity_type: EntityType, names: Mapping[str, list[Named]], acronyms: Mapping[str, str]) -> dict[str, str]:
    if entity_type is EntityType.PERSON:
        return _people(names)
    surfaces = {folded: group[0].surface for folded, group in names.items()}
    if entity_type is EntityType.ORGANIZATION:
        return identities(surfaces, acronyms)
    if entity_type is EntityType.NATIONALITY:
        return {folded: fold(ADJECTIVE_OF.get(surface, surface)) for folded, surface in surfaces.items()}
    if entity_type is EntityType.MONEY:
        return {folded: worth(surface) for folded, surface in surfaces.items()}
    return {folded: expand_alias(entity_type, folded) for folded in names}


def _people(names: Mapping[str, list[Named]]) -> dict[str, str]:
    folded = list(names)
    forms = [Form.of(name, (normal_title(title) for named in names[name] for title in named.titles)) for name in folded]
    return {
        folded[index]: max((folded[member] for member in group), key=lambda name: (name.count(" "), len(name)))
        for group in joined(forms)
        for index in group
    }


def _entity(body: str, entity_type: EntityType, identity: str, names: Sequence[Named]) -> Entity:
    mentions = tuple(
        Mention(surface=body[name.span.start : name.span.end], start=name.span.start, end=name.span.end)
        for name in names
    )
    titles = dict.fromkeys(title for name in names for title in name.titles)
    return Entity(
        type=entity_type,
        name=_fullest([mention.surface for mention in mentions], entity_type),
        key=f"money:{identity}" if entity_type is EntityType.MONEY else key_of(entity_type, identity),
        mentions=mentions,
        titles=tuple(titles)[:_MAX_TITLES],
    )


def _fullest(surfaces: Sequence[str], entity_type: EntityType) -> str:
    """The surface with the most words, of those the longest; shouted names are set in normal case if need be."""
    if entity_type is EntityType.NATIONALITY:
        return ADJECTIVE_OF.get(surfaces[0], surfaces[0])
    distinct = dict.fromkeys(surfaces)
    if len(distinct) == 1 and not _shouted(surfaces[0]):
        return surfaces[0]
    best = max(distinct, key=lambda surface: (surface.count(" "), not _shouted(surface), len(surface)))
    return title_cased(best) if _shouted(best) and entity_type is not EntityType.ORGANIZATION else best


def _shouted(surface: str) -> bool:
    return surface.isupper() and len(surface) > 4
