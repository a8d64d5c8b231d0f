"""Secrets are written whole, for their owner alone, and not used once others can read them."""

from pathlib import Path

import pytest

from ledger.data_dir import DataDir
from ledger.errors import BrokenKeyFile, OpenToOthers
from ledger.seal import SigningKey
from ledger.secret_file import make_key, open_to_others, read_key, read_secret, write_secret


def test_a_key_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "a.seed"
    make_key(file)
    key = read_key(file)
    make_key(file)
    assert read_key(file) == key
    assert len(key) == 32
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["a.seed"]


def test_what_a_crash_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.seed.new").write_text("half")
    make_key(tmp_path / "a.seed")
    read_key(tmp_path / "a.seed")


@pytest.mark.parametrize("content", [b"", b"abc", b"zz" * 32, b"aa" * 31, b"aa" * 33, b"\xff\xfe"])
def test_what_is_no_key_is_not_used(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.seed"
    write_secret(file, "")
    file.write_bytes(content)
    with pytest.raises(BrokenKeyFile, match="backup") as raised:
        SigningKey.load_or_make(file)
    assert content.decode("latin1") not in str(raised.value) or not content
    assert file.read_bytes() == content


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o620, 0o604])
def test_a_secret_that_others_get_at_is_refused_with_what_mends_it(
    tmp_path: Path, mode: int
) -> None:
    file = tmp_path / "a key"
    make_key(file)
    file.chmod(mode)
    with pytest.raises(OpenToOthers, match=f"mode {mode:o}.*chmod 600 '.*a key'"):
        read_secret(file)
    file.chmod(0o400)
    read_secret(file)


def test_a_data_directory_tells_which_of_its_places_are_open(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "data")
    data.make()
    assert data.open_to_others() == []
    data.root.chmod(0o755)
    data.sqlite.touch(mode=0o644)
    data.sqlite.chmod(0o644)
    assert data.open_to_others() == [open_to_others(data.root), open_to_others(data.sqlite)]
    assert f"chmod 700 {data.root}" in data.open_to_others()[0]
