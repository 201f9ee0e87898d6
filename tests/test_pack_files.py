"""Packs on disk: what is read, what is passed over, and what is said of faults."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Basis, EntityRule, EntityType, PackError, Problem, Rating, Status
from briefing.storage import pack_files
from briefing.storage.bundled import bundled_folder, default_pack
from briefing.storage.pack_folder import open_pack, read_pack
from briefing.storage.toml_tables import TomlFile

SCENARIO = """\
question = "?"
actor = "Utopia"

[[role]]
id = "escort"
terms = ["escort*"]

[[constraint]]
id = "law"
terms = ["law*"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of two documents, with nothing said of them."""
    folder = tmp_path / "pack"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("Utopia may escort ships.\n")
    (folder / "deep" / "a.md").write_text("The laws of\nUtopia forbid it.\n")
    return folder


def faults(*paths: Path, scenario: Path | None = None) -> list[tuple[str, int | None, str]]:
    """File name, line and words of every fault that keeps the pack from opening."""
    with pytest.raises(PackError) as caught:
        read_pack(paths, scenario)
    return [(Path(one.path).name, one.line, f"{one.fault}; {one.remedy}") for one in caught.value.problems]


def fault_of(folder: Path, name: str, text: str) -> tuple[int | None, str]:
    """Line and words of the only fault of a settings file."""
    (folder / name).write_text(text)
    ((file, line, words),) = faults(folder)
    assert file == name
    return line, words


def test_folder_is_read_with_all_below_it(folder: Path) -> None:
    pack = read_pack([folder])
    assert [document.id for document in pack.documents] == ["b.txt", "deep/a.md"]
    assert (pack.name, pack.title, pack.marking, pack.scenario, pack.problems) == ("pack", "pack", "", None, ())


def test_hidden_and_foreign_files_are_no_documents(folder: Path) -> None:
    for name in (".hidden.txt", "picture.png", "notes.toml", ".briefing/journal.txt", ".git/a.md"):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    assert len(read_pack([folder]).documents) == 2


def test_settings_order_and_describe_the_documents(folder: Path) -> None:
    (folder / "briefing.toml").write_text(
        'title = "Ships"\nmarking = "OPEN"\nas_of = 2024-05-01\n[[document]]\nfile = "deep/a.md"\nlabel = "Laws"\n'
        'date = "2023-04"\norigin = "Gazette"\n'
    )
    pack = read_pack([folder])
    first = pack.documents[0]
    assert [document.id for document in pack.documents] == ["deep/a.md", "b.txt"]
    assert (first.label, first.date, first.origin) == ("Laws", "2023-04", "Gazette")
    assert (pack.title, pack.marking, pack.as_of) == ("Ships", "OPEN", date(2024, 5, 1))


def test_files_are_a_pack_relative_to_what_they_share(folder: Path) -> None:
    pack = read_pack([folder / "deep" / ".." / "deep" / "a.md", folder / "b.txt"])
    assert [document.id for document in pack.documents] == ["deep/a.md", "b.txt"]
    assert pack.name == "pack"
    single = read_pack([folder / "deep" / "a.md"])
    assert [document.id for document in single.documents] == ["a.md"]
    assert single.name == "a.md"


def test_the_same_file_named_twice_is_one_document(folder: Path) -> None:
    assert len(read_pack([folder / "b.txt", folder / "b.txt"]).documents) == 1


def test_scenario_can_be_borrowed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(
        SCENARIO + '[[assessment]]\nrole = "escort"\nconstraint = "law"\nrating = "low"\n'
        'quotes = [{ file = "gone.txt", text = "x" }]\n'
    )
    pack = open_pack([folder / "b.txt", folder / "deep" / "a.md"], other)
    assert pack.scenario is not None
    assert pack.scenario.assessments == ()
    assert [problem.fault for problem in pack.problems] == ["1 assessment rests on documents that are not in this pack"]
    assert pack.matrix is not None
    cell = pack.matrix.cell("escort", "law")
    assert (pack.matrix.rows[0].status, cell.basis, cell.origins) == (Status.POSSIBLE, Basis.INHERITED, 1)


def test_what_cannot_be_read_is_passed_over_and_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_files, "LARGEST", 100)
    (folder / "big.txt").write_text("x" * 101)
    (folder / "binary.txt").write_bytes(bytes(range(32)) * 3)
    (folder / "dir.txt").mkdir()
    (folder.parent / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.txt").symlink_to(folder / "nothing.txt")
    pack = read_pack([folder])
    assert [document.id for document in pack.documents] == ["b.txt", "deep/a.md"]
    assert sorted((problem.path, problem.fault) for problem in pack.problems) == [
        ("big.txt", "is larger than 64 MB and passed over"),
        ("binary.txt", "is not text"),
        ("dangling.txt", "is a link that leads nowhere"),
        ("loop", "is a link to a folder"),
        ("out.txt", "is a link out of the pack"),
    ]


def test_named_file_that_cannot_be_read_is_an_error(folder: Path) -> None:
    (folder / "binary.txt").write_bytes(bytes(range(32)) * 3)
    assert faults(folder / "binary.txt") == [("binary.txt", None, "is not text; convert it to .txt or .md")]
    assert faults(folder / "gone.txt")[0][2].startswith("there is no such file")
    assert faults(folder, folder / "b.txt")[0][2].startswith("is a folder among files")


def test_folder_without_documents_is_an_error(tmp_path: Path) -> None:
    assert faults(tmp_path)[0][2].startswith("holds no document")


def test_name_that_is_no_utf8_can_be_shown_and_encoded(folder: Path) -> None:
    try:
        (folder / b"\xff.txt".decode("utf-8", "surrogateescape")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    assert b"\\xff.txt" in [document.id.encode() for document in read_pack([folder]).documents]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('title = "x\n', 1, "broken TOML"),
        ('title = "x"\nmarked = "y"\n', 2, 'unknown key "marked"; did you mean "marking"?'),
        ("\n\nqqq = 1\n", 3, 'unknown key "qqq"; use one of: title'),
        ("title = 5\n", 1, "title must be text"),
        ('as_of = "2024-05"\n', 1, "as_of is no day"),
        ('as_of = "soon"\n', 1, "as_of is no date"),
        ('document = "x"\n', 1, "document must be a list of tables"),
        ('[[document]]\nlabel = "x"\n', 1, "file is missing"),
        (
            '[[document]]\nfile = "b.txt"\n[[document]]\nlabel = "x"\nfile = "gone.txt"\n',
            5,
            "there is no file gone.txt",
        ),
        ('[[document]]\nfile = "../x.txt"\n', 2, "lies outside the pack"),
        ('[[document]]\nfile = "b.txt"\n\n[[document]]\nfile = "b.txt"\n', 5, "listed twice"),
        ('[[document]]\nfile = "b.txt"\nencoding = "morse"\n', 3, "unknown encoding morse"),
        ('[[document]]\nfile = "b.txt"\nencoding = "idna"\n', 3, "unknown encoding idna"),
        ('[[document]]\nfile = "b.txt"\nencoding = "hex"\n', 3, "unknown encoding hex"),
        ('[[document]]\nfile = "b.txt"\ndate = "2024-13"\n', 3, "date is no date"),
    ],
)
def test_fault_in_the_settings(folder: Path, text: str, line: int, words: str) -> None:
    found = fault_of(folder, "briefing.toml", text)
    assert found[0] == line
    assert words in found[1]


@pytest.mark.parametrize(
    ("addition", "line", "words"),
    [
        ('[[role]]\nid = "escort"\nterms = []\n', 13, "role escort is named twice"),
        ('[[role]]\nname = "x"\nterms = []\n', 12, "id is missing"),
        ('[[role]]\nid = "x"\nterms = ["a*b"]\n', 14, '"a*b" is no term'),
        ('[[role]]\nid = "x"\nterms = [1]\n', 14, "terms must be a list of texts"),
        ('[[role]]\nid = "x"\nterms = []\nunles = []\n', 15, 'did you mean "unless"?'),
        (
            '[[constraint]]\nid = "x"\nterms = []\nreaches = ["escrt"]\n',
            15,
            'unknown role escrt; did you mean "escort"?',
        ),
    ],
)
def test_fault_in_the_scenario(folder: Path, addition: str, line: int, words: str) -> None:
    found = fault_of(folder, "scenario.toml", SCENARIO + "\n" + addition)
    assert found[0] == line
    assert words in found[1]


@pytest.mark.parametrize(
    ("keys", "line", "words"),
    [
        ({"role": "escrt"}, 13, 'did you mean "escort"?'),
        ({"constraint": "tax"}, 14, "unknown constraint tax; add a [[constraint]] of that id"),
        ({"rating": "lowish"}, 15, '"lowish" is no rating; did you mean "low"?'),
        ({"confidence": "sure"}, 16, '"sure" is no confidence; use one of: low, moderate, high'),
    ],
)
def test_fault_in_an_assessment(folder: Path, keys: dict[str, str], line: int, words: str) -> None:
    found = fault_of(folder, "scenario.toml", SCENARIO + assessment(SOUND | keys))
    assert found[0] == line
    assert words in found[1]


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ({"words": "never said"}, '"never said" does not stand in b.txt: the quote is passed over'),
        ({"words": "x" * 41}, f'"{"x" * 40}…" does not stand in b.txt: the quote is passed over'),
        ({"file": "gone.txt"}, 'there is no document "gone.txt": the quote is passed over'),
    ],
)
def test_a_quote_that_does_not_stand_is_passed_over_and_the_pack_opens(
    folder: Path, keys: dict[str, str], words: str
) -> None:
    sound = f'{{ file = "{SOUND["file"]}", text = "{SOUND["words"]}" }}'
    only = SCENARIO + assessment(SOUND | keys)
    for text, others in ((only, []), (only.replace("quotes = [", f"quotes = [{sound}, "), [SOUND])):
        (folder / "scenario.toml").write_text(text)
        pack = read_pack([folder])
        assert pack.scenario is not None
        # What is lost is kept as written, for what rested on it to be known.
        (drafted,) = pack.scenario.assessments
        assert [(one.document, one.text) for one in drafted.quotes] == [
            (one["file"], one["words"]) for one in (*others, SOUND | keys)
        ]
        (problem,) = pack.problems
        assert (problem.line, problem.fault) == (17, words)


SOUND = {
    "role": "escort",
    "constraint": "law",
    "rating": "high",
    "confidence": "low",
    "file": "b.txt",
    "words": "may",
}


def assessment(values: dict[str, str]) -> str:
    keys = [f'{key} = "{values[key]}"\n' for key in ("role", "constraint", "rating", "confidence")]
    quote = f'{{ file = "{values["file"]}", text = "{values["words"]}" }}'
    return f"\n[[assessment]]\n{''.join(keys)}quotes = [{quote}]\n"


def test_quotes_are_kept_as_they_stand_in_the_document(folder: Path) -> None:
    values = {"role": "escort", "constraint": "law", "rating": "HIGH", "confidence": "low"}
    text = SCENARIO + assessment(values | {"file": "deep/a.md", "words": "laws of Utopia"})
    (folder / "scenario.toml").write_text(text)
    scenario = read_pack([folder]).scenario
    assert scenario is not None
    (drafted,) = scenario.assessments
    assert (drafted.rating, drafted.drafted) == (Rating.HIGH, True)
    assert [quote.text for quote in drafted.quotes] == ["laws of\nUtopia"]


def test_all_faults_of_a_file_are_named_at_once(folder: Path) -> None:
    (folder / "scenario.toml").write_text('question = 1\n[[role]]\nterm = ["x"]\n')
    found = faults(folder)
    assert [line for _, line, _ in found] == sorted(line or 0 for _, line, _ in found)
    said = " ".join(words for _, _, words in found)
    assert all(
        words in said for words in ("question must be text", "actor is missing", "id is missing", 'unknown key "term"')
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[[entity]]\ntype = "SHIP"\nname = "Argo"\n', 2, '"SHIP" is no type; use one of: PERSON, ORG'),
        ('[[entity]]\nname = "Argo"\n', 1, "type is missing"),
        ('[[entity]]\ntype = "ORG"\nname = "A"\n[[entity]]\ntype = "ORG"\nname = "A"\n', 6, "named twice"),
    ],
)
def test_fault_in_the_entity_rules(folder: Path, text: str, line: int, words: str) -> None:
    found = fault_of(folder, "entities.toml", text)
    assert found[0] == line
    assert words in found[1]


def test_entity_rules_travel_with_the_pack(folder: Path) -> None:
    (folder / "entities.toml").write_text('[[entity]]\ntype = "org"\nname = "Fleet"\naliases = ["The Ships"]\n')
    assert read_pack([folder]).entity_rules == (EntityRule(EntityType.ORG, "Fleet", ("The Ships",)),)


def test_lines_are_counted_past_texts_of_several_lines(folder: Path) -> None:
    text = 'title = """\n[[document]]\nfile = "x"\n"""\n[[document]]\nfile = "gone.txt"\n'
    assert fault_of(folder, "briefing.toml", text)[0] == 6


@given(st.text(alphabet="ab=[]{}\"'\n. #\x00\\é1-", max_size=60))
def test_any_toml_is_read_or_refused_with_a_line(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("toml") / "x.toml"
    path.write_bytes(text.encode())
    problems: tuple[Problem, ...] = ()
    try:
        file = TomlFile(path)
        file.top.close()
        file.finish()
    except PackError as error:
        problems = error.problems
    # Nothing was asked for, so whatever the file says is either broken or unknown.
    assert bool(problems) != all(line.lstrip(" ").startswith("#") or not line.strip(" ") for line in text.split("\n"))
    assert all(problem.line is not None and 1 <= problem.line <= text.count("\n") + 1 for problem in problems)


def test_default_pack_is_the_current_folder_or_the_bundled_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert default_pack() == bundled_folder("seeds")
    (folder / "briefing.toml").write_text("")
    assert read_pack([default_pack()]).name == "pack"


def test_bundled_pack_is_sound(seeds: Path) -> None:
    pack = read_pack([seeds])
    assert pack.problems == ()
    assert pack.marking == "UNCLASSIFIED"
    assert [document.date for document in pack.documents] == [None, "2026-05-29", "2021-03"]
    assert pack.scenario is not None
    assert all(assessed.note and assessed.quotes and assessed.drafted for assessed in pack.scenario.assessments)
    assert all(role.terms for role in pack.scenario.roles)


def test_bundled_pack_is_filled_with_evidence(seeds: Path, tmp_path: Path) -> None:
    copy = tmp_path / "seeds"
    shutil.copytree(seeds, copy)
    pack = open_pack([copy])
    assert pack.matrix is not None
    status = {row.role.id: row.status for row in pack.matrix.rows}
    assert status["coordination"] is Status.ANNOUNCED
    assert status["funding"] is Status.DONE
    assert status["demining"] is Status.POSSIBLE
    training = pack.matrix.cell("training", "constitution")
    assert training.basis is Basis.INHERITED
    assert "Japan's constitution places constraints on its military activities." in [
        one.quote for one in training.inherited
    ]
    assert pack.matrix.cell("industry", "constitution").basis is Basis.NONE


def test_every_file_is_listed_as_it_is_at_that_moment(folder: Path) -> None:
    (folder / "c.txt").symlink_to("b.txt")
    (folder / "briefing.toml").write_text('[[document]]\nfile = "deep/a.md"\n', encoding="utf-8")
    sources = pack_files.list_pack([folder]).sources
    assert [source.id for source in sources] == ["deep/a.md", "b.txt", "c.txt"]
    for source in (*sources, *pack_files.list_pack([folder / "b.txt"]).sources):
        found = Path(source.path).stat()
        assert source.stamp == (found.st_size, found.st_mtime_ns, found.st_ino)
