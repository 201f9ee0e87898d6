"""Invented documents with planted disagreements, and beside each a harmless look-alike.

The states are real so that their names are found; everything told of them is made up.
"""

from __future__ import annotations

from typing import NamedTuple

from briefing.model import ConflictKind


class Planted(NamedTuple):
    """One disagreement: its kind, and words of either sentence that no other sentence has."""

    kind: ConflictKind
    one: str
    other: str


class DocumentSet(NamedTuple):
    """Documents that are read together: (name, date or None, text), and all that they disagree on."""

    documents: tuple[tuple[str, str | None, str], ...]
    planted: tuple[Planted, ...]
    implied: tuple[Planted, ...] = ()
    """What follows from the planted ones: true as well, and shown or not."""


def _unwrapped(text: str) -> str:
    """The paragraphs of `text` on one line each, as plain text has them."""
    return "\n\n".join(paragraph.replace("\n", " ").strip() for paragraph in text.split("\n\n")) + "\n"


_HAITI_MARCH = """\
# Kenya to lead police mission in Haiti

Kenya will send 1,000 police officers to Haiti under a mandate of the United Nations, President William Ruto said on
March 4. They will be drawn from two services: 700 officers from the General Service Unit and 300 officers from the
Administration Police.

It will be the first time that Kenyan police serve in the Caribbean. The advance team will arrive in Port-au-Prince on
May 23. The United States has pledged $300 million for the mission.

Three instructors from Jamaica taught a course in Nairobi in February.

The High Court in Nairobi has barred the deployment of police officers to Haiti. The government plans to open a field
hospital in Port-au-Prince in June.
"""
_HAITI_APRIL = """\
# Police deployment: what is known

According to the Ministry of Interior in Nairobi, one thousand police officers will be sent to Haiti. The advance team
is to arrive in Port-au-Prince on May 30, a week before the main body.

In 2006 Kenyan police served in the Caribbean, when 40 of them guarded a conference in Barbados. The contribution of the
United States to the mission is put at 300 million dollars.

The Law Society said the High Court has allowed the deployment of police officers to Haiti. Two instructors from
Canada taught a course in Mombasa.
"""
_HAITI_JULY = """\
# Kenya opens field hospital in Port-au-Prince

Kenya has opened a field hospital in Port-au-Prince, the mission said on July 2. The hospital has 30 beds.

A union leader in Nairobi said Kenya will send only 600 police officers to Haiti. Kenya is not paying for the mission,
the treasury said. The treasury said on the same day that Kenya is paying for the mission out of its own budget.
"""

_FRIGATES_NEWS = _unwrapped("""\
Chile Delivers Two Patrol Boats to Peru

SANTIAGO, 12 May 2023. The Chilean Navy announced an agreement with Peru on Friday. Two patrol boats will be
delivered to Peru next year, Defence Minister Maya Fernandez said. The boats were built at the ASMAR yard in
Talcahuano.

The agreement does not allow the transfer of missiles to Peru. The boats carry a crew of 24 sailors. Chile and Peru
held two naval exercises in 2021 and will hold three naval exercises in 2024.

Peru paid $45 million for the boats. In 2019 Peru had paid $12 million for a tug.
""")
_FRIGATES_PAPER = _unwrapped("""\
Chile, Peru and the price of trust

The patrol boats for Peru cost money: Peru paid $62 million for the boats, according to a budget paper seen in Lima.
The boats carry a crew of twenty-four sailors.

After the acquisition of the ASMAR yard by a Spanish group and the collapse of the group's attempt to acquire the
ASMAR yard, nobody in Talcahuano knows who owns what.

The agreement between Chile and Peru was signed in Lima on 3 May 2023. Under a clause of the agreement the transfer
of missiles to Peru is allowed. More than 200 workers are employed at the yard.
""")
_FRIGATES_BLOG = _unwrapped("""\
Notes from Talcahuano

The agreement between Chile and Peru was signed in Lima on 11 May 2023. Some 210 workers are employed at the yard.
Four other boats will be delivered to Ecuador.

Bolivia opposes the agreement. Peru supports the agreement.
""")

_MINES_REPORT = """\
# Finland and Estonia in the Gulf

Finland and Estonia will clear mines in the Gulf of Finland together. Six minehunters take part in the operation. The
operation began on 4 September and will end on 20 September.

Finland has signed the agreement on the joint headquarters. The headquarters in Tallinn has a staff of 35 people.

Estonia has never had a submarine. Every year about 80 mines are found in the Gulf of Finland.
"""
_MINES_REPLY = """\
# Mines, and who clears them

Four minehunters take part in the operation in the Gulf of Finland. The agreement on the joint headquarters will be
signed by Finland in the autumn, the ministry in Helsinki said.

The headquarters in Tallinn has a staff of thirty-five people. In the Gulf of Finland 80 or so mines are found every
year.

The operation was delayed and will now end on 25 September. Sweden has signed the agreement on cable protection; Denmark
will sign the agreement on cable protection later.
"""
_MINES_HISTORY = """\
# Submarines of small navies

Estonia had two submarines before the war, Kalev and Lembit. Lembit is now a museum ship in Tallinn.

No minehunter was lost in the Gulf of Finland in 2015. A minehunter was lost in the Gulf of Finland in 2015, when
it struck a mine off Hanko.

Estonia May Buy Corvettes, a local paper wrote. Finland ordered four corvettes in 2019.
"""

SETS = (
    DocumentSet(
        (
            ("march.md", "2024-03-05", _HAITI_MARCH),
            ("april.md", "2024-04-18", _HAITI_APRIL),
            ("july.md", "2024-07-03", _HAITI_JULY),
        ),
        (
            Planted(ConflictKind.NUMBER, "1,000 police officers", "only 600 police officers"),
            Planted(ConflictKind.FIRST, "first time that Kenyan police", "In 2006 Kenyan police"),
            Planted(ConflictKind.DATE, "May 23", "May 30"),
            Planted(ConflictKind.POLARITY, "has barred the deployment", "has allowed the deployment"),
            Planted(ConflictKind.POLARITY, "Kenya is not paying", "Kenya is paying"),
        ),
        (
            Planted(ConflictKind.NUMBER, "one thousand police officers", "only 600 police officers"),
            Planted(ConflictKind.POLARITY, "has barred the deployment", "one thousand police officers"),
            Planted(ConflictKind.POLARITY, "has barred the deployment", "1,000 police officers"),
            Planted(ConflictKind.POLARITY, "has barred the deployment", "only 600 police officers"),
        ),
    ),
    DocumentSet(
        (
            ("news.txt", "2023-05-13", _FRIGATES_NEWS),
            ("paper.txt", "2023-05-20", _FRIGATES_PAPER),
            ("blog.txt", None, _FRIGATES_BLOG),
        ),
        (
            Planted(ConflictKind.STATUS, "Chile Delivers Two", "will be delivered to Peru"),
            Planted(ConflictKind.NUMBER, "$45 million", "$62 million"),
            Planted(ConflictKind.POLARITY, "does not allow the transfer", "is allowed"),
            Planted(ConflictKind.POLARITY, "After the acquisition", "attempt to acquire"),
            Planted(ConflictKind.DATE, "on 3 May 2023", "on 11 May 2023"),
        ),
    ),
    DocumentSet(
        (
            ("report.md", "2023-09-06", _MINES_REPORT),
            ("reply.md", "2023-09-06", _MINES_REPLY),
            ("history.md", "2023-09-10", _MINES_HISTORY),
        ),
        (
            Planted(ConflictKind.NUMBER, "Six minehunters", "Four minehunters"),
            Planted(ConflictKind.STATUS, "has signed the agreement on the joint", "joint headquarters will be"),
            Planted(ConflictKind.POLARITY, "has never had a submarine", "had two submarines"),
            Planted(ConflictKind.POLARITY, "No minehunter was lost", "A minehunter was lost"),
        ),
    ),
)
