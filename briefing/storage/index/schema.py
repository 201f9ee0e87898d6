"""The tables of an index.

Places are characters of a document's text, and hold for the text of that digest alone. Lists and mappings are JSON.
"""

from __future__ import annotations

APPLICATION = 0x42524946
"""What says that a SQLite file is one of ours: "BRIF"."""
VERSION = 4
"""Of these tables and of all that is found by the rules; to be raised whenever either changes."""

_SIGNS = (
    (0x20A0, 0x20CF),
    (0x2300, 0x23FF),
    (0x2700, 0x2700),
    (0x2B00, 0x2BFF),
    (0x2E00, 0x2E7F),
    (0x1F000, 0x1F0FF),
    (0x1F300, 0x1FAFF),
)
"""The blocks of Unicode (its file Blocks.txt) of currency signs, technical signs, arrows, punctuation and pictures, and
the first of the dingbats. SQLite knows the signs of Unicode 6.1. It would take younger ones for letters of the word
beside them, which nobody would find then."""
_SEPARATORS = "".join(chr(sign) for first, last in _SIGNS for sign in range(first, last + 1))
TOKENIZER = f"""tokenize = "unicode61 remove_diacritics 2 separators '{_SEPARATORS}'\" """
"""What parts texts, names and what is looked for into words: the same for all of them."""

_TEXTS = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- Every file of the pack, also those that could not be read: then with the fault and the way out. `settings`: what the
-- pack says of it.
CREATE TABLE file(
    id TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, digest TEXT NOT NULL,
    fault TEXT NOT NULL DEFAULT '', remedy TEXT NOT NULL DEFAULT '', settings TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

-- `place` is its order in the pack; `cited` is the source that it rests on as a whole, "" for none; `sketch` is what
-- near-duplicates have in common. `source`: all that its reading rests on; `found`: all that its mentions and claims
-- rest on, "" until they are found.
CREATE TABLE document(
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, digest TEXT NOT NULL, place INTEGER NOT NULL,
    format TEXT NOT NULL, title TEXT NOT NULL, label TEXT NOT NULL, date TEXT, origin TEXT,
    words INTEGER NOT NULL, characters INTEGER NOT NULL, claims INTEGER NOT NULL DEFAULT 0,
    cited TEXT NOT NULL DEFAULT '', sketch BLOB NOT NULL, problems TEXT NOT NULL, source TEXT NOT NULL,
    found TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_place ON document(place);

-- By what copies are found: how many shingles a document has, and their fingerprints, eight bytes each.
CREATE TABLE wording(document INTEGER PRIMARY KEY, shingles INTEGER NOT NULL, fingerprints BLOB NOT NULL);

-- How many words of a document lie in shingles of another one, for those that were held against each other.
CREATE TABLE covered(
    within INTEGER NOT NULL, document INTEGER NOT NULL, words INTEGER NOT NULL, PRIMARY KEY(within, document)
) WITHOUT ROWID;
CREATE INDEX covered_document ON covered(document);

-- Every block that is shown, as it is shown; its place, whether what it says is evidence, and how what is shown is made
-- from what stands there: see `passages.making_of`. The first letters of words are listed as words are, since a list of
-- all that begins with "t" takes longer than a key may.
CREATE VIRTUAL TABLE passage USING fts5(text, {0}, prefix = '1 2 3');
CREATE TABLE passage_place(
    passage INTEGER PRIMARY KEY, document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    counts INTEGER NOT NULL, making TEXT
);
CREATE INDEX passage_document ON passage_place(document, start);

"""

FORMS = f"""
CREATE VIRTUAL TABLE {{0}}entity_form USING fts5(form, entity UNINDEXED, {TOKENIZER}, prefix = '1 2 3');
"""
"""Every form of the name of every entity, to be found by its words as passages are. `{0}` as in `NAMES`."""

NAMES = """
CREATE TABLE {0}entity(
    number INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL,
    mentions INTEGER NOT NULL, documents INTEGER NOT NULL, aliases TEXT NOT NULL, UNIQUE(type, name)
);
CREATE TABLE {0}mention(
    document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, entity INTEGER NOT NULL,
    text TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY(document, start)
) WITHOUT ROWID;
CREATE INDEX {0}mention_entity ON {1}mention(entity, document);
"""
"""Who and what is named. `{1}` is put before each name, `{0}` is that with the database they are in before it."""

CLAIMS = """
CREATE TABLE {0}claim(
    document INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, line INTEGER NOT NULL,
    quote TEXT NOT NULL, roles TEXT NOT NULL, constraints TEXT NOT NULL, stance TEXT NOT NULL, stage TEXT NOT NULL,
    voice TEXT NOT NULL, as_of TEXT, heading INTEGER NOT NULL, cues TEXT NOT NULL, PRIMARY KEY(document, start)
) WITHOUT ROWID;
-- "role:training", "constraint:cost".
CREATE TABLE {0}claim_label(
    label TEXT NOT NULL, document INTEGER NOT NULL, start INTEGER NOT NULL, PRIMARY KEY(label, document, start)
) WITHOUT ROWID;

"""
"""What is said; `{0}` as in `NAMES`."""

_COMPARED = """
-- Of every claim in a document, in order, its kind, its place and its date in a few bytes: see `StoredClaims`.
CREATE TABLE evidence(document INTEGER PRIMARY KEY, claims BLOB NOT NULL, digest BLOB NOT NULL);
CREATE TABLE claim_kind(
    number INTEGER PRIMARY KEY, roles TEXT NOT NULL, constraints TEXT NOT NULL, stance TEXT NOT NULL,
    stage TEXT NOT NULL, heading INTEGER NOT NULL
);
CREATE TABLE claim_date(number INTEGER PRIMARY KEY, date TEXT NOT NULL);

-- What the rules hold against each other, the most telling first.
CREATE TABLE conflict(place INTEGER PRIMARY KEY, data TEXT NOT NULL);

-- What the rules read in a text, before names are linked across documents; by `document.source`.
CREATE TABLE reading(digest TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID;
"""

TABLES = _TEXTS.format(TOKENIZER) + FORMS.format("") + NAMES.format("", "") + CLAIMS.format("") + _COMPARED

LAID_OVER = """
CREATE TEMP TABLE old_entity(number INTEGER PRIMARY KEY);
CREATE TEMP VIEW entity AS
    SELECT * FROM main.entity WHERE number NOT IN (SELECT number FROM old_entity)
    UNION ALL SELECT * FROM new_entity;
CREATE TEMP VIEW mention AS
    SELECT * FROM main.mention WHERE entity NOT IN (SELECT number FROM old_entity)
    UNION ALL SELECT * FROM new_mention;
CREATE TEMP TABLE old_claim(document INTEGER NOT NULL, start INTEGER NOT NULL, PRIMARY KEY(document, start));
CREATE TEMP VIEW claim AS
    SELECT * FROM main.claim one
    WHERE NOT EXISTS (SELECT 1 FROM old_claim old WHERE old.document = one.document AND old.start = one.start)
    UNION ALL SELECT * FROM new_claim;
CREATE TEMP VIEW claim_label AS
    SELECT * FROM main.claim_label one
    WHERE NOT EXISTS (SELECT 1 FROM old_claim old WHERE old.document = one.document AND old.start = one.start)
    UNION ALL SELECT * FROM new_claim_label;
"""
"""What officers put right, in `FORMS`, `NAMES` and `CLAIMS` of the database "temp" called "new_", over what is stored:
that but for the `old` entities and claims, and the `new` ones. Since "temp" comes first, this is what is found where a
table is asked for by its bare name."""
