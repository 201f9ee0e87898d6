"""What a pack has come to know of names, as the text of an `entities.toml` that can be shared."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import AddName, Correction, EntityKey, EntityRule, Merge, Reject, Retype, Split
from briefing.storage.toml_text import quoted

_HEAD = """\
# Names in the documents of this pack, as corrected. Put this file into a pack's folder as entities.toml.
# Each [[entity]] is one thing with every form that means it; each [[reject]] is something that is no name.
# Each [[correction]] puts right what is found then; they hold in this order, so leave it as it is.
"""


def entity_rules_toml(
    rules: Iterable[EntityRule], rejected: Iterable[EntityKey], corrections: Iterable[Correction]
) -> str:
    """`rules`, what is `rejected` and `corrections` as TOML, without a character that a terminal could act on."""
    tables = [_HEAD]
    for rule in rules:
        aliases = "".join(f"    {quoted(alias)},\n" for alias in rule.aliases)
        listed = f"aliases = [\n{aliases}]\n" if aliases else ""
        tables.append(f"[[entity]]\n{_key(rule.type, rule.name)}{listed}")
    tables += [f"[[reject]]\n{_key(*entity)}" for entity in rejected]
    tables += [f"[[correction]]\n{_said(correction)}" for correction in corrections]
    return "\n".join(tables)


def _key(type: str, name: str) -> str:
    return f'type = "{type}"\nname = {quoted(name)}\n'


def _said(correction: Correction) -> str:
    entity = _key(*correction.entity)
    match correction:
        case Merge(_, (type, name)):
            return f'do = "merge"\n{entity}into_type = "{type}"\ninto = {quoted(name)}\n'
        case Split(_, form):
            return f'do = "split"\n{entity}form = {quoted(form)}\n'
        case Reject():
            return f'do = "reject"\n{entity}'
        case Retype(_, new_type):
            return f'do = "retype"\n{entity}new_type = "{new_type}"\n'
        case AddName(_, document, span):
            place = f"file = {quoted(document)}\nstart = {span.start}\nend = {span.end}\n" if document else ""
            return f'do = "add"\n{entity}{place}'
