"""The program run from an archive: what ships with it has a path there, and no place on the disk."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefing.cli import main
from briefing.model import Pack
from briefing.package_text import package_text
from briefing.storage import bundled
from briefing.storage.bundled import bundled_folder, default_pack, readable
from briefing.storage.journal import Journal, journal_folders
from briefing.storage.pack_folder import open_pack

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The archive that the program believes to run from, with the seeds and the themes."""
    path = tmp_path / "one.pyz"
    with zipfile.ZipFile(path, "w") as opened:
        for folder in ("seeds", "themes"):
            for file in sorted((ROOT / folder).iterdir()):
                if file.is_file():
                    opened.write(file, f"briefing/{folder}/{file.name}")
    monkeypatch.setattr(bundled, "_PACKAGE", path / "briefing")
    monkeypatch.chdir(tmp_path)
    bundled._archived_package.cache_clear()
    yield path
    bundled._archived_package.cache_clear()


def test_the_bundled_pack_is_read_out_of_the_archive(archive: Path, seeds_pack: Pack) -> None:
    assert default_pack() == archive / "briefing" / "seeds"
    pack = open_pack([default_pack()])
    assert (pack.title, pack.marking, pack.problems) == (seeds_pack.title, seeds_pack.marking, ())
    found = [(document.id, document.label, document.text) for document in pack.documents]
    assert found == [(document.id, document.label, document.text) for document in seeds_pack.documents]
    assert pack.mentions == seeds_pack.mentions
    assert pack.scenario == seeds_pack.scenario


def test_a_pack_in_an_archive_lists_every_document(seeds: Path, seeds_pack: Pack) -> None:
    listed = [line for line in (seeds / "briefing.toml").read_text().splitlines() if line.startswith("file = ")]
    assert [f'file = "{document.id}"' for document in seeds_pack.documents] == listed


def test_its_journal_lies_in_the_state_folder(archive: Path, home: Path) -> None:
    (folder,) = journal_folders([default_pack()])
    assert folder.parent == home / ".local" / "state" / "briefing" / "journal"
    assert folder.name.startswith("seeds-")
    assert Journal([folder]).officer
    assert list(archive.parent.iterdir()) == [archive]


def test_the_themes_are_found(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["open", "--help"])
    assert "contrast, dark, light, plain, red, sixteen" in " ".join(capsys.readouterr().out.split())
    assert "background" in (readable(bundled_folder("themes")) / "dark.toml").read_text(encoding="utf-8")


def test_a_pack_on_the_disk_is_read_from_the_disk(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = archive.parent / "reports"
    folder.mkdir()
    (folder / "quay.txt").write_text("The quay is new.\n")
    assert readable(folder) is folder
    assert main(["documents", "reports", "--format", "json"]) == 0
    assert [row["doc"] for row in json.loads(capsys.readouterr().out)] == ["quay.txt"]


def test_what_is_not_in_the_archive_is_missed_in_one_line(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["documents", str(archive / "briefing" / "harvest")]) == 3
    assert "there is no such file or folder" in capsys.readouterr().err


def test_texts_beside_the_code() -> None:
    assert package_text("briefing.tui", "desk.tcss") == (ROOT / "briefing/tui/desk.tcss").read_text(encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        package_text("briefing.tui", "no such sheet")
