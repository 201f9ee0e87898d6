"""A folder with a pack in it that is large enough to be opened from its index, and the ways to open it."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import Document, Pack
from briefing.storage.index.analysed import analyse_indexed
from briefing.storage.index.listed import ListedPack
from briefing.storage.index.stored import StoredMentions
from briefing.storage.listed_document import ListedDocument
from briefing.storage.pack_files import PackFiles
from briefing.storage.pack_folder import Reader
from tests.open_folder import SCENARIO, OpenFolder

SENTENCES = (
    "The Port Authority may lend two tugs.",
    "Tugs cost money, said Ann Taran.",
    "The law forbids the port to lend pilots.",
    "Minister Lars Berg of Norway met Ann Taran in Oslo on 4 May 2024.",
    "Ms Taran said that the cost of the pilots is too high for the port.",
    "The Harbour Council (HC) was against it.",
    "The HC lent its tugs to Kenya in March 2024.",
    "Norway will send four officers to the harbour of Mombasa.",
    "Norway will send six officers to the harbour of Mombasa.",
)


def words_of(number: int) -> str:
    """What stands in document `number`: a title of its own, and three of the sentences."""
    three = (SENTENCES[(number + step) % len(SENTENCES)] for step in (0, 1, 3))
    return "\n\n".join((f"Report {number}", *three)) + "\n"


def name_of(number: int) -> str:
    """What the file of document `number` is called."""
    return f"{number:02}.{'md' if number % 5 == 0 else 'txt'}"


@dataclass(slots=True)
class LargeFolder(OpenFolder):
    """The folder, with that many documents."""

    documents: int = 30

    def fill(self) -> LargeFolder:
        """Put the pack there; the folder."""
        self.indexed = True
        self.put("scenario.toml", SCENARIO)
        for number in range(self.documents):
            self.put(name_of(number), words_of(number))
        return self

    def reader(self, files: PackFiles) -> Reader:
        """What opens the documents: from the index those that it knows."""
        return ListedPack([self.folder], files, None, private=True)

    def listed(self) -> Pack:
        """The pack as its documents are listed, nothing being looked for in them."""
        return self.watched().open(self.reader)

    def stored(self) -> Pack:
        """The pack with what is found in it, both looked up in its index, which is made for that if need be."""
        if not any(isinstance(document, ListedDocument) for document in self.listed().documents):
            self.opened_from_index()
        pack = self.opened_from_index()
        assert isinstance(pack.found, StoredMentions)
        return pack

    def opened_from_index(self) -> Pack:
        """The pack as its documents are listed, and what is found in them: in the index, or now."""
        return self.analysed(self.listed())

    def analysed(self, pack: Pack) -> Pack:
        """`pack` with what is found in it: in the index, or now."""
        return analyse_indexed(pack, [self.folder])


def was_read(document: Document) -> bool:
    """Whether anybody has looked at the words of a document that is listed."""
    assert isinstance(document, ListedDocument)
    return document._contents is not None
