"""Makes one entity of all the mentions that name one thing, under its fullest name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from stream.cleaning.addresses import hostname_of
from stream.entities.canonicalise.dates import is_ahead, read_day, resolve_date
from stream.entities.canonicalise.mentions import TitledMention, find_missed_mentions, separate_titles
from stream.entities.canonicalise.organisations import find_defined_acronyms, identify_organisations
from stream.entities.canonicalise.people import PersonName, group_people
from stream.entities.canonicalise.sums import normalise_sum, value_of_sum
from stream.entities.canonicalise.surnames import share_out_surnames
from stream.entities.canonicalise.type_votes import agree_on_types, as_organisation
from stream.entities.names import fold, make_key, set_title_case, straighten
from stream.entities.tables.aliases import expand_alias
from stream.entities.tables.demonyms import ADJECTIVE_OF
from stream.entities.tables.people import expand_surname
from stream.entities.titles import normalise_title
from stream.entities.values import Canonicalised, Recognised
from stream.events import Article, Entity, EntityType, Mention

MAX_TITLES = 5


class Canonicalise:
    """``Recognised`` to ``Canonicalised``: entities in order of first mention, each with all its mentions.

    Surfaces keep the characters of ``articleBody``; names are compared on a copy with straight quotes.
    """

    name = "canonicalise"
    version = "2"

    def __call__(self, recognised: Recognised) -> Canonicalised:
        body = recognised.body
        text = straighten(body)
        mentions = agree_on_types(text, separate_titles(text, recognised.spans))
        organisations = (mention.span for mention in mentions if mention.span.type is EntityType.ORGANIZATION)
        acronyms = find_defined_acronyms(text, organisations)
        mentions = [as_organisation(mention) if mention.surface in acronyms else mention for mention in mentions]
        mentions += find_missed_mentions(text, mentions, (*acronyms, *acronyms.values()))
        mentions.sort(key=lambda mention: mention.span.start)
        identities = _identify(mentions, acronyms)
        values = _resolve_values(recognised.article, text, mentions)
        alone = share_out_surnames(text, mentions, identities) | values
        things: dict[tuple[EntityType, str], list[TitledMention]] = defaultdict(list)
        for mention in mentions:
            entity_type = mention.span.type
            identity = alone.get(mention.span.start) or identities[entity_type, mention.folded]
            things[entity_type, identity].append(mention)
        entities = tuple(
            _make_entity(body, *thing, of_thing, values.get(of_thing[0].span.start))
            for thing, of_thing in things.items()
        )
        return Canonicalised(recognised.article, entities, recognised.recogniser)


def _resolve_values(article: Article, text: str, mentions: Sequence[TitledMention]) -> dict[int, str]:
    """The value of each date and each sum that has one, by its offset."""
    published = read_day(article.datePublished)
    domain = hostname_of(article.url).rpartition(".")[2]
    values: dict[int, str | None] = {}
    for mention in mentions:
        start = mention.span.start
        if mention.span.type is EntityType.DATE:
            values[start] = resolve_date(mention.surface, published, ahead=is_ahead(text, start))
        elif mention.span.type is EntityType.MONEY:
            values[start] = value_of_sum(normalise_sum(mention.surface), domain)
    return {start: value for start, value in values.items() if value}


def _identify(mentions: Sequence[TitledMention], acronyms: Mapping[str, str]) -> dict[tuple[EntityType, str], str]:
    """For each type and folded name, the folded name of the thing it names; equal identities are one entity."""
    by_type: dict[EntityType, dict[str, list[TitledMention]]] = defaultdict(lambda: defaultdict(list))
    for mention in mentions:
        by_type[mention.span.type][mention.folded].append(mention)
    return {
        (entity_type, folded): known_as
        for entity_type, names in by_type.items()
        for folded, known_as in _identify_within_type(entity_type, names, acronyms).items()
    }


def _identify_within_type(
    entity_type: EntityType, names: Mapping[str, list[TitledMention]], acronyms: Mapping[str, str]
) -> dict[str, str]:
    if entity_type is EntityType.PERSON:
        return _identify_people(names)
    surfaces = {folded: group[0].surface for folded, group in names.items()}
    if entity_type is EntityType.ORGANIZATION:
        return identify_organisations(surfaces, acronyms)
    if entity_type is EntityType.NATIONALITY:
        return {folded: fold(ADJECTIVE_OF.get(surface, surface)) for folded, surface in surfaces.items()}
    if entity_type is EntityType.MONEY:
        return {folded: normalise_sum(surface) for folded, surface in surfaces.items()}
    return {folded: expand_alias(entity_type, folded) for folded in names}


def _identify_people(names: Mapping[str, list[TitledMention]]) -> dict[str, str]:
    folded = list(names)
    forms = [
        PersonName.of(
            name, (normalise_title(title) for mention in names[name] for title in (*mention.titles, *mention.roles))
        )
        for name in folded
    ]
    return {
        folded[index]: expand_surname(
            max((folded[one] for one in group), key=lambda name: (name.count(" "), len(name)))
        )
        for group in group_people(forms)
        for index in group
    }


def _make_entity(
    body: str, entity_type: EntityType, identity: str, titled_mentions: Sequence[TitledMention], value: str | None
) -> Entity:
    spans = [mention.span for mention in titled_mentions]
    mentions = tuple(Mention(surface=body[span.start : span.end], start=span.start, end=span.end) for span in spans)
    titled = [mention for mention in titled_mentions if mention.titles or mention.roles]
    titles = dict.fromkeys(title for mention in titled for title in mention.titles) if titled else ()
    roles = dict.fromkeys(role for mention in titled for role in mention.roles) if titled else ()
    is_written = value is None and entity_type is not EntityType.MONEY
    return Entity(
        type=entity_type,
        name=_choose_name([mention.surface for mention in mentions], entity_type),
        key=make_key(entity_type, identity) if is_written else f"{entity_type.lower()}:{identity}",
        mentions=mentions,
        titles=tuple(titles)[:MAX_TITLES],
        roles=tuple(roles)[:MAX_TITLES],
        value=value,
    )


def _choose_name(surfaces: Sequence[str], entity_type: EntityType) -> str:
    """The surface with the most words, of those the longest; shouted names are set in normal case if need be."""
    if entity_type is EntityType.NATIONALITY:
        return ADJECTIVE_OF.get(surfaces[0], surfaces[0])
    distinct = dict.fromkeys(surfaces)
    if len(distinct) == 1 and not _is_shouted(surfaces[0]):
        return surfaces[0]
    best = max(distinct, key=lambda surface: (surface.count(" "), not _is_shouted(surface), len(surface)))
    return set_title_case(best) if _is_shouted(best) and entity_type is not EntityType.ORGANIZATION else best


def _is_shouted(surface: str) -> bool:
    return surface.isupper() and len(surface) > 4
