"""Packs made for measuring: documents that read like news and statements about no country there is.

Every document is made of its own number, so a larger pack begins with the documents of a smaller one.
"""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random

WORDS = 500
"""Words in a document, at the least."""
IN_A_FOLDER = 1000
"""Documents in one folder."""
FIRST_TITLE = "Harbour talks open"
"""Begins the first document."""

_MONTHS = tuple(month_name)[1:]
_GIVEN = (
    "Alma",
    "Bruno",
    "Carla",
    "Denis",
    "Edda",
    "Fabian",
    "Greta",
    "Hugo",
    "Irene",
    "Jonas",
    "Karin",
    "Leo",
    "Mira",
    "Nils",
    "Olga",
    "Paul",
    "Rosa",
    "Stefan",
)
_BEGINS = (
    "Al",
    "Bel",
    "Cor",
    "Dan",
    "El",
    "Fal",
    "Gar",
    "Hol",
    "Isk",
    "Kar",
    "Lor",
    "Mal",
    "Nor",
    "Or",
    "Pel",
    "Ros",
    "Sal",
    "Tar",
    "Ul",
    "Ver",
    "Wes",
    "Zan",
)
_MIDDLES = (
    "a",
    "an",
    "ba",
    "da",
    "e",
    "en",
    "ga",
    "in",
    "la",
    "mar",
    "mi",
    "no",
    "or",
    "ra",
    "ri",
    "sa",
    "ta",
    "ven",
    "vi",
)
_PERSON_ENDS = ("berg", "dt", "ek", "ford", "ic", "in", "kov", "land", "ler", "man", "nen", "ov", "sen", "ski", "ström")
_PLACE_ENDS = ("burg", "by", "ford", "grad", "haven", "holm", "ia", "minster", "mouth", "stad", "ton", "vik")
_OFFICES = (
    "Foreign Minister",
    "Defence Minister",
    "President",
    "Prime Minister",
    "Ambassador",
    "General",
    "Admiral",
    "Colonel",
    "Senator",
    "Spokesperson",
)
_BODIES = (
    "{place} Harbour Authority",
    "Ministry of Defence of {place}",
    "{place} Institute for Strategic Affairs",
    "Northern Maritime Council",
    "{place} Coast Guard",
    "Committee on Foreign Relations",
    "{place} University",
    "Joint Training Command",
    "{place} Gazette",
)
_SUBJECTS = (
    "a joint exercise",
    "the training of pilots",
    "the escort of convoys",
    "mine clearance in the strait",
    "the repair of damaged bridges",
    "a new logistics hub",
    "sanctions on shipping",
    "the supply of spare parts",
    "a coastal radar network",
    "the exchange of intelligence",
    "demining equipment",
    "medical evacuation",
    "the treaty on transit",
    "cyber defence",
)
_HINDRANCES = (
    "the budget for next year is not settled",
    "the constitution allows it only with the consent of parliament",
    "public opinion remains divided",
    "there are too few trained crews",
    "the law on exports would have to be amended",
    "winter closes the northern route",
    "neighbouring capitals have objected",
    "the equipment is needed at home",
)
_CLAUSES = (
    "{person} said that {subject} would begin in {month} {year}",
    "{office} {person} announced in {place} that {body} had agreed to {subject}",
    "officials in {place} expect {subject} to cost {number} million crowns",
    "{body} called {subject} possible, although {hindrance}",
    "on {day} {month} {year} some {number} officers arrived in {place} to prepare {subject}",
    '"We cannot wait for {subject}," {person} told reporters, "even if {hindrance}"',
    "{body} has sent {number} specialists to {place} since {year}",
    "the government is considering {subject}, but {hindrance}",
    "{person}, who leads {body}, described {subject} as the first step",
    "talks between {place} and {place} on {subject} were broken off in {month}",
    "a report by {body} counts {number} cases in which {subject} was delayed",
    "parliament approved {subject} by {number} votes",
    "{office} {person} ruled out {subject} as long as {hindrance}",
    "no decision has been taken on {subject}, {body} said in a statement",
    "the two sides signed a memorandum on {subject} during a visit to {place}",
    "in {place}, where {hindrance}, few expect {subject} before {year}",
)
_JOINS = (". ", ". ", ". ", "; meanwhile, ", ". At the same time ", ". According to local media, ", ", while ")
_HEADINGS = ("Background", "What was agreed", "Reactions", "What comes next", "Costs and limits")
_SETTINGS = 'title = "Made for measuring"\nmarking = "UNCLASSIFIED"\nas_of = 2026-06-01\n'
_SCENARIO = """\
question = "Which roles could the council take in the strait?"
actor = "The council"
actor_terms = ["council", "officials", "government", "parliament", "minister*"]
"""
_ROLES = {
    "training": ["training", "trained", "exercise*"],
    "escort": ["escort*", "convoy*"],
    "clearance": ["mine clear*", "demining"],
    "logistics": ["logistic*", "spare parts", "supply"],
    "warning": ["radar*", "intelligence"],
}
_CONSTRAINTS = {
    "cost": ["cost*", "budget*", "million"],
    "law": ["constitution*", "law*", "treaty"],
    "opinion": ["public opinion", "voters"],
    "means": ["too few", "needed at home", "equipment"],
    "timing": ["winter", "delayed", "wait"],
}


def write_pack(folder: Path, documents: int) -> int:
    """Make a pack of so many documents in `folder`; how many words they have."""
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(_SETTINGS, encoding="utf-8")
    (folder / "scenario.toml").write_text(_scenario(), encoding="utf-8")
    words = 0
    for number in range(documents):
        path = folder / f"{number // IN_A_FOLDER:03}" / f"{number:06}.{'md' if number % 4 == 3 else 'txt'}"
        path.parent.mkdir(exist_ok=True)
        text = document_text(number)
        path.write_text(text, encoding="utf-8")
        words += len(text.split())
    return words


def write_long_document(folder: Path, size: int, first: str, last: str) -> None:
    """Make a pack of one document of `size` characters, with a word at its beginning and one at its end."""
    folder.mkdir(parents=True)
    (folder / "briefing.toml").write_text(_SETTINGS, encoding="utf-8")
    (folder / "scenario.toml").write_text(_scenario(), encoding="utf-8")
    with (folder / "long.txt").open("w", encoding="utf-8") as file:
        written = file.write(f"A long document\n\n{first}.\n\n")
        number = 0
        while written < size:
            written += file.write(document_text(number) + "\n\n")
            number += 1
        file.write(f"{last}.\n")


def document_text(number: int) -> str:
    """The document of that number."""
    random = Random(number)  # noqa: S311 - the same text every time
    markdown = number % 4 == 3
    people = [f"{random.choice(_GIVEN)} {_name(random, _PERSON_ENDS)}" for _ in range(5)]
    places = [_name(random, _PLACE_ENDS) for _ in range(4)]
    title = f"{FIRST_TITLE if not number else random.choice(_SUBJECTS).capitalize()} in {places[0]}"
    year = random.randint(2019, 2026)
    parts = [
        f"# {title}" if markdown else title,
        f"{places[0]}, {random.randint(1, 28)} {random.choice(_MONTHS)} {year}",
    ]
    words = 0
    while words < WORDS:
        if len(parts) % 4 == 0:
            parts.append(("## " if markdown else "") + random.choice(_HEADINGS))
        parts.append(_paragraph(random, people, places))
        words += len(parts[-1].split())
    return "\n\n".join(parts) + "\n"


def _paragraph(random: Random, people: list[str], places: list[str]) -> str:
    pieces: list[str] = []
    for _ in range(random.randint(3, 6)):
        clause = random.choice(_CLAUSES)
        while "{" in clause:
            begin, end = clause.index("{"), clause.index("}")
            clause = clause[:begin] + _word(clause[begin + 1 : end], random, people, places) + clause[end + 1 :]
        join = random.choice(_JOINS)
        pieces.append((clause if pieces and not pieces[-1].endswith(". ") else clause[0].upper() + clause[1:]) + join)
    text = "".join(pieces)
    return text[: text.rindex(join)] + "."


def _word(kind: str, random: Random, people: list[str], places: list[str]) -> str:
    own: Mapping[str, Sequence[str]] = {
        "person": people,
        "place": places,
        "month": _MONTHS,
        "office": _OFFICES,
        "body": _BODIES,
    }
    own = {**own, "subject": _SUBJECTS, "hindrance": _HINDRANCES}
    numbers = {"year": (2019, 2028), "day": (1, 28), "number": (2, 900)}
    return str(random.randint(*numbers[kind])) if kind in numbers else random.choice(own[kind])


def _name(random: Random, ends: Sequence[str]) -> str:
    return random.choice(_BEGINS) + random.choice(_MIDDLES) * random.randint(0, 1) + random.choice(ends)


def _scenario() -> str:
    return _SCENARIO + "".join(_entries("role", _ROLES)) + "".join(_entries("constraint", _CONSTRAINTS))


def _entries(kind: str, terms: dict[str, list[str]]) -> Iterator[str]:
    for id, words in terms.items():
        listed = ", ".join(f'"{word}"' for word in words)
        yield f'\n[[{kind}]]\nid = "{id}"\nname = "{id.capitalize()}"\nterms = [{listed}]\n'
