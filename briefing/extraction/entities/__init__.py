"""Finds who and what documents speak of, by rules over word lists, and links what means the same.

`extract_mentions` is the way in; `group_entities` gathers its mentions by entity. Rules: dates, listed names, acronyms
that the text spells out, capitalised names by their head noun, weapons, people by title and given name; then, for what
is left, all the contexts of a name in a document taken together.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from briefing.extraction.entities.linking import link
from briefing.extraction.entities.names import NameIndex, forms_of
from briefing.extraction.entities.reading import read_document
from briefing.extraction.model_names import NameModel
from briefing.model import Document, Entity, EntityRule, EntityType, Mention

__all__ = ["aliases_of", "exchanged", "extract_mentions", "group_entities"]


def extract_mentions(
    documents: Sequence[Document], rules: Sequence[EntityRule] = (), model: NameModel | None = None
) -> tuple[Mention, ...]:
    """Every mention in `documents`, in their order and then by place, without overlap, each linked to its entity.

    What `rules` name wins over everything else; `model` adds only what overlaps nothing else. The time taken grows with
    the words of the documents alone.
    """
    pack = NameIndex.of(entry for rule in rules for entry in forms_of(rule.type, rule.name, rule.forms))
    return tuple(link([read_document(document, pack, model) for document in documents], pack))


def group_entities(
    mentions: Sequence[Mention], documents: Sequence[Document], rules: Sequence[EntityRule] = ()
) -> tuple[Entity, ...]:
    """The entities that `mentions` mean, the most mentioned first, then by name and type.

    Mentions are put in the order of `documents`. The aliases of `rules` that no document uses stand after those in use.
    """
    order = {document.id: place for place, document in enumerate(documents)}
    given = {(rule.type, rule.name): rule.aliases for rule in rules}
    groups: dict[tuple[EntityType, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.key].append(mention)
    entities = []
    for (type, name), group in groups.items():
        group.sort(key=lambda mention: (order.get(mention.document, len(order)), mention.span))
        forms = Counter(mention.form for mention in group)
        entities.append(Entity(type, name, aliases_of(name, forms, given.get((type, name), ())), tuple(group)))
    return tuple(sorted(entities, key=_order))


def exchanged(entities: Iterable[Entity], gone: Iterable[Entity], new: Iterable[Entity]) -> tuple[Entity, ...]:
    """`entities` with `new` ones in their places and those `gone` left out; in the order of `group_entities`.

    The time taken hardly grows with the entities that stay.
    """
    left_out = set(map(id, gone))
    listed = [entity for entity in entities if id(entity) not in left_out]
    for entity in new:
        insort(listed, entity, key=_order)
    return tuple(listed)


def _order(entity: Entity) -> tuple[int, str, EntityType]:
    return -len(entity.mentions), entity.name, entity.type


def aliases_of(name: str, forms: Mapping[str, int], given: Sequence[str]) -> tuple[str, ...]:
    """Every form but the `name` itself: the most frequent of `forms` first, then those that the pack gives."""
    used = sorted(forms, key=lambda form: (-forms[form], form))
    return tuple(form for form in dict.fromkeys((*used, *given)) if form != name)
