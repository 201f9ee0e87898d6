"""What a pack has come to know of names, as the text of an `entities.toml` that can be shared."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model import EntityKey, EntityRule

_HEAD = """\
# Names in the documents of this pack, as corrected. Put this file into the pack's folder as entities.toml.
# Each [[entity]] is one thing with every form that means it; each [[reject]] is something that is no name.
"""


def entity_rules_toml(rules: Iterable[EntityRule], rejected: Iterable[EntityKey]) -> str:
    """`rules` and what is `rejected` as TOML, without a character that a terminal could act on."""
    tables = [_HEAD]
    for rule in rules:
        aliases = "".join(f"    {_quoted(alias)},\n" for alias in rule.aliases)
        listed = f"aliases = [\n{aliases}]\n" if aliases else ""
        tables.append(f'[[entity]]\ntype = "{rule.type}"\nname = {_quoted(rule.name)}\n{listed}')
    tables += [f'[[reject]]\ntype = "{type}"\nname = {_quoted(name)}\n' for type, name in rejected]
    return "\n".join(tables)


def _quoted(text: str) -> str:
    """A basic string of TOML 1.0: what is not printable is written as an escape."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
