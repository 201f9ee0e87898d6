"""What a pack has come to know of names, as the text of an `entities.toml` that can be shared."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import EntityKey, EntityRule
from briefing.storage.toml_text import quoted

_HEAD = """\
# Names in the documents of this pack, as corrected. Put this file into the pack's folder as entities.toml.
# Each [[entity]] is one thing with every form that means it; each [[reject]] is something that is no name.
"""


def entity_rules_toml(rules: Iterable[EntityRule], rejected: Iterable[EntityKey]) -> str:
    """`rules` and what is `rejected` as TOML, without a character that a terminal could act on."""
    tables = [_HEAD]
    for rule in rules:
        aliases = "".join(f"    {quoted(alias)},\n" for alias in rule.aliases)
        listed = f"aliases = [\n{aliases}]\n" if aliases else ""
        tables.append(f'[[entity]]\ntype = "{rule.type}"\nname = {quoted(rule.name)}\n{listed}')
    tables += [f'[[reject]]\ntype = "{type}"\nname = {quoted(name)}\n' for type, name in rejected]
    return "\n".join(tables)
