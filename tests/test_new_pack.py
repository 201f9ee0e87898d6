"""New packs: the files that an officer begins with open at once, say what can be said, and replace nothing."""

from __future__ import annotations

import errno
import os
import re
import stat
import tomllib
from datetime import date
from pathlib import Path

import pytest

from briefing.model import NameFinder, Pack, PackError, Rating
from briefing.storage.new_pack import new_pack
from briefing.storage.pack_folder import open_pack

SET = re.compile(r"^# (?=\[\[|[a-z_]+ = |  \{ |\]$)", re.MULTILINE)
"""What makes a comment of a key or a table that is not set."""
REPORT = "The actor may send instructors.\n\nThe law limits training. Exact words of the report.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one document, and nothing said of it."""
    folder = tmp_path / "Harbour talks"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT)
    return folder


def opened(folder: Path) -> Pack:
    """The pack in `folder`, which opens without a fault."""
    pack = open_pack([folder])
    assert pack.problems == ()
    return pack


def listed(folder: Path) -> list[str]:
    settings = tomllib.loads((folder / "briefing.toml").read_text(encoding="utf-8"))
    return [document["file"] for document in settings.get("document", [])]


def refused(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        new_pack(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_new_pack_opens_without_a_fault(folder: Path) -> None:
    paths = new_pack(folder)
    assert paths == (folder / "briefing.toml", folder / "scenario.toml")
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]
    pack = opened(folder)
    assert (pack.title, pack.marking, pack.as_of) == ("Harbour talks", "", None)
    assert listed(folder) == ["report.txt"]
    assert pack.scenario is not None
    assert [role.id for role in pack.scenario.roles] == ["training"]
    assert [constraint.id for constraint in pack.scenario.constraints] == ["law", "cost"]
    assert pack.scenario.assessments == ()
    assert "The law limits training." in [claim.quote for claim in pack.claims]


def test_every_key_is_shown_and_right_when_it_is_set(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    for path in new_pack(folder):
        path.write_text(SET.sub("", path.read_text(encoding="utf-8")), encoding="utf-8")
    (folder / "report.txt").write_text(REPORT)
    pack = opened(folder)
    assert (pack.title, pack.marking, pack.as_of, pack.ner) == (
        "empty", "UNCLASSIFIED", date(2024, 5, 31), NameFinder.RULES,
    )  # fmt: skip
    (document,) = pack.documents
    assert (document.label, document.date) == ("Report of the harbour office", "2024-05-31")
    assert document.origin == "harbour office, by mail"
    assert pack.scenario is not None
    (assessment,) = pack.scenario.assessments
    assert (assessment.rating, assessment.by, assessment.quotes[0].text) == (
        Rating.MODERATE, "draft", "Exact words of the report.",
    )  # fmt: skip
    assert [constraint.reaches for constraint in pack.scenario.constraints] == [None, ("training",)]
    assert all(one.unless for one in pack.scenario.roles)


def test_what_is_said_of_a_listed_document_counts(folder: Path) -> None:
    (settings, _) = new_pack(folder)
    text = settings.read_text(encoding="utf-8")
    for key, value in (("label", "Harbour"), ("date", "2024-05"), ("origin", "by mail")):
        assert f'\n# {key} = ""\n' in text
        text = text.replace(f'\n# {key} = ""\n', f'\n{key} = "{value}"\n')
    settings.write_text(text, encoding="utf-8")
    (document,) = opened(folder).documents
    assert (document.label, document.date, document.origin) == ("Harbour", "2024-05", "by mail")


def test_the_documents_that_are_found_are_listed_in_order(folder: Path) -> None:
    for name in ("b.md", "deep/a.txt", ".hidden.txt", ".git/c.txt", "picture.png", 'x "y" \\ {$z}\x1b.txt'):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("Words.\n")
    (folder / "link.txt").symlink_to("b.md")
    (folder / os.fsdecode(b"\xff.txt")).write_text("Words.\n")
    new_pack(folder)
    assert listed(folder) == ["b.md", "deep/a.txt", "report.txt", 'x "y" \\ {$z}\x1b.txt']
    assert "\x1b" not in (folder / "briefing.toml").read_text(encoding="utf-8")
    ids = [document.id for document in opened(folder).documents]
    assert ids == [*listed(folder), "\\xff.txt", "link.txt"]


def test_of_very_many_documents_the_first_are_listed(folder: Path) -> None:
    for number in range(230):
        (folder / f"a{number:03}.txt").write_text("Words.\n")
    new_pack(folder)
    assert listed(folder) == [f"a{number:03}.txt" for number in range(200)]
    assert (folder / "briefing.toml").read_text(encoding="utf-8").endswith("\n# 31 more documents follow by name.\n")
    assert len(opened(folder).documents) == 231


def test_a_folder_that_is_not_there_is_made_for_the_officer_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert new_pack(folder) == (folder / "briefing.toml", folder / "scenario.toml")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "report.txt").write_text(REPORT)
    assert opened(folder).title == "b"


@pytest.mark.parametrize("name", ["briefing.toml", "scenario.toml"])
def test_nothing_is_overwritten(name: str, folder: Path) -> None:
    (folder / name).symlink_to("nowhere")
    fault = f"{folder / name}: is there already; change it by hand, or move it away and do this again"
    assert refused(folder) == [fault]
    assert sorted(path.name for path in folder.iterdir()) == sorted([name, "report.txt"])
    (folder / name).unlink()
    new_pack(folder)
    assert len(refused(folder)) == 2


def test_a_folder_that_cannot_be_made_is_named(folder: Path) -> None:
    (said,) = refused(folder / "report.txt")
    assert said.startswith(f"{folder / 'report.txt'}: cannot be read or written: File exists; ")
    (said,) = refused(folder / "report.txt" / "deep")
    assert "cannot be read or written: Not a directory; " in said


def test_a_disk_that_is_full_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def full(path: Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if Path(path).name == "scenario.toml":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return real(path, flags, mode, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", full)
    (said,) = refused(folder)
    assert said.startswith(f"{folder / 'scenario.toml'}: cannot be read or written: No space left on device; ")
    assert [path.name for path in folder.iterdir()] == ["report.txt"]
