"""The directory's key: outlives a crash at any instant, ends with the power."""

from pathlib import Path

import pytest

from kiosk.services.directory import DirectoryKey

KEY = "5a" * 32


def test_the_key_is_there_after_a_crash_and_gone_after_a_power_cut(tmp_path: Path) -> None:
    DirectoryKey("k", tmp_path).learn(KEY)
    again = DirectoryKey("k", tmp_path).seal
    assert again is not None
    assert again.open(again.close("Jana K.")) == "Jana K."
    for file in tmp_path.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        file.unlink()
    assert DirectoryKey("k", tmp_path).seal is None


@pytest.mark.parametrize("left", ["", "5a" * 7, "no key at all"])
def test_half_a_key_left_by_a_crash_is_no_key_and_no_harm(tmp_path: Path, left: str) -> None:
    (tmp_path / "foyer-k.key").write_text(left)
    key = DirectoryKey("k", tmp_path)
    assert key.seal is None
    key.learn(KEY)
    assert DirectoryKey("k", tmp_path).seal is not None


def test_a_forgotten_key_stays_forgotten(tmp_path: Path) -> None:
    key = DirectoryKey("k", tmp_path)
    key.learn(KEY)
    key.forget()
    assert key.seal is None
    assert DirectoryKey("k", tmp_path).seal is None
