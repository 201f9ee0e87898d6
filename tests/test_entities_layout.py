"""Names in all the shapes a document may have: wire copy, communiqués, transcripts, Markdown with its markup, HTML."""

from __future__ import annotations

import pytest

from tests.marked_text import found, marks

PROSE = """
[KHARTOUM|PLACE], [Sudan|PLACE] ([AP|ORG]) — Army planes struck a market in [Omdurman|PLACE] on [Sunday|DATE], killing
40.

[NAIROBI|PLACE], [Oct. 3|DATE] ([Reuters|ORG]) - [Kenyan|DEMONYM] police fired tear gas at crowds in [Kisumu|PLACE].

We, the Heads of State and Government of the [African Union|ORG], gathered in [Malabo|PLACE], adopt this declaration.

The two Leaders welcomed the results of the [Pacific Islands Forum|ORG] and looked forward to the next meeting in
[Nuku'alofa|PLACE].

Q: Will [Austria|PLACE] send troops? A: No, and neither will [Switzerland|PLACE].

This brief was first published by [Chatham House|ORG] in [September 2015|DATE].

[Boko Haram|ORG] and the [Islamic State West Africa Province|ORG] fight each other on the shores of [Lake Chad|PLACE].

[Embraer|ORG] and [Saab|ORG] opened a plant in [Gavião Peixoto|PLACE], [Brazil|PLACE].

[Frontex|ORG] moved two patrol boats from [Lampedusa|PLACE] to [Crete|PLACE].

[Rheinmetall|ORG] shares rose after the [Bundestag|ORG] vote.

According to [Le Monde|ORG], [Paris|PLACE] warned [N'Djamena|PLACE] in [April|DATE].

[Médecins Sans Frontières|ORG] closed its hospital in [Kunduz|PLACE].

The [Stockholm International Peace Research Institute|ORG] ([SIPRI|ORG]) counts 12,121 warheads; [SIPRI|ORG] does not
count the retired ones.

"[Havana|PLACE] will not beg," Foreign Minister [Bruno Rodríguez|PERSON] told the [General Assembly|ORG].

The [Gulf Cooperation Council|ORG] ([GCC|ORG]) met in [Muscat|PLACE]; [Oman|PLACE] chairs the [GCC|ORG] this time.

The [Royal Bhutan Army|ORG] has no tanks.

The [Ministry of Defence and Military Veterans|ORG] in [Pretoria|PLACE] denied it.

Negotiators from [Serbia|PLACE] and [Kosovo|PLACE] dined in [Ohrid|PLACE], [North Macedonia|PLACE].

The [Kurdistan Workers' Party|ORG] ([PKK|ORG]) laid down its arms near [Sulaymaniyah|PLACE] in [July 2025|DATE].

The [Swedish Defence Research Agency|ORG] ([FOI|ORG]) ran the game.

[Jakarta|PLACE] - The [Indonesian Navy|ORG] will buy two frigates, Admiral [Muhammad Ali|PERSON] said.

[Emeka Okafor|PERSON] is a researcher at the [Lowy Institute|ORG] in [Sydney|PLACE].

The [1st Marine Division|ORG] landed near [Subic Bay|PLACE].
"""

MARKDOWN = [
    pytest.param("# The defence of [Estonia|PLACE]\n\nTroops moved.\n", id="heading with small words"),
    pytest.param(
        "## What [Chile|PLACE] Wants From the [Arms Trade Treaty|LAW]\n\nIt wants peace.\n", id="title-case heading"
    ),
    pytest.param("# Lessons Learned And Next Steps For Planners\n\nNone.\n", id="heading without a name"),
    pytest.param(
        "[Bogotá|PLACE] and Its Neighbours\n==================\n\nThe border is open.\n", id="underlined heading"
    ),
    pytest.param(
        "- [Fiji|PLACE]: one patrol boat\n- [Tonga|PLACE]: none\n- [Papua New Guinea|PLACE]: two [C-130|EQUIPMENT]s\n",
        id="list",
    ),
    pytest.param(
        "1. Signature of the [Seabed Treaty|LAW]\n2. Visit to [Honiara|PLACE] by Admiral [John Aquilino|PERSON]\n",
        id="numbered list",
    ),
    pytest.param(
        "* Ministry officials\n  * from [Nepal|PLACE]\n  * from the [Asian Development Bank|ORG]\n", id="nested list"
    ),
    pytest.param("- [ ] call [Lima|PLACE]\n- [x] write to the [Red Cross|ORG]\n", id="list of tasks"),
    pytest.param(
        "| State | Signed |\n|---|---|\n| [Ghana|PLACE] | [1994|DATE] |\n| [Togo|PLACE] | [3 May 1996|DATE] |\n",
        id="table",
    ),
    pytest.param(
        "| Body | Seat |\n|:--|--:|\n| **[African Union|ORG]** | [Addis Ababa|PLACE] |\n", id="table with markup"
    ),
    pytest.param(
        "Talks with [[Norway|PLACE]](https://example.org/Sweden) and the"
        " [[World Bank|ORG]](https://example.org/a_(b)) began.\n",
        id="names as links",
    ),
    pytest.param(
        "See [the report on [Angola|PLACE]](https://example.org/Angola/Luanda).\n", id="name within a link's text"
    ),
    pytest.param(
        'It is [here](https://example.org "Lisbon Office") for [Portugal|PLACE].\n', id="title of a link is no text"
    ),
    pytest.param("![A map](London.png)\n\nThe map shows [Mali|PLACE].\n", id="picture"),
    pytest.param(
        "Write to peru@example.org or see https://example.org/Peru and www.example.org/Bolivia in [Quito|PLACE].\n",
        id="addresses",
    ),
    pytest.param("Run `Paris.deploy()` before you fly to [Vienna|PLACE].\n", id="inline code"),
    pytest.param("```\nOslo = Madrid\n```\n\nThe code was written in [Prague|PLACE].\n", id="fenced code"),
    pytest.param("    Oslo = Madrid\n\nThe code was read in [Sofia|PLACE].\n", id="indented code"),
    pytest.param("<div>\n<!-- Rome -->\n</div>\n\nThe page was made in [Tunis|PLACE].\n", id="HTML block"),
    pytest.param("Forces left <b>[Mosul|PLACE]</b> and <i>[Erbil|PLACE]</i>.\n", id="HTML in a line"),
    pytest.param("The **[Arms Trade** Treaty|LAW] and *[Lake* Chad|PLACE] matter.\n", id="markup in a name"),
    pytest.param(
        "They crossed the [Gulf of\nAden|PLACE] to meet [Ahmed\nWarsame|PERSON], an officer from [Hargeisa|PLACE].\n",
        id="line break in a name",
    ),
    pytest.param("> We stand with [Cyprus|PLACE],\n> said the envoy of [Greece|PLACE].\n", id="quotation"),
    pytest.param(
        "The pact[^1] holds.\n\n[^1]: Signed in [Doha|PLACE] on [29 February 2020|DATE].\n",
        id="footnote",
    ),
    pytest.param("***[Ecuador|PLACE]*** *and* __[Paraguay|PLACE]__ agreed.\n", id="emphasis around names"),
]


@pytest.mark.parametrize("row", [" ".join(row.split()) for row in PROSE.strip().split("\n\n")])
def test_names_in_prose(row: str) -> None:
    assert found(row) == marks(row)


@pytest.mark.parametrize("row", MARKDOWN)
def test_names_in_markdown(row: str) -> None:
    assert found(row, "row.md") == marks(row)
