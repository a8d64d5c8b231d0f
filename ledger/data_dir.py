"""The data directory: keys, mails and the database, owned by one process at a time."""

from contextlib import AbstractContextManager
from pathlib import Path

from ledger.ownership import owned
from ledger.secret_file import open_to_others


class DataDir:
    """Paths under `--data DIR`. Everything in it is for its owner's eyes only (mode 0700)."""

    def __init__(self, root: Path) -> None:
        self.root = root.absolute()
        self.keys = self.root / "keys"
        self.mails = self.root / "mails"
        self.files = self.root / "files"
        """Pictures of the operator's, by names of their content."""
        self.sqlite = self.root / "foyer.sqlite"
        self.admin_socket = self.root / "admin.sock"

    @property
    def sqlite_url(self) -> str:
        return f"sqlite:///{self.sqlite}"

    def make(self) -> None:
        """Make what is missing and close it to everybody else."""
        for folder in (self.root, self.keys, self.mails, self.files):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)

    def open_to_others(self) -> list[str]:
        """A sentence, with the command that mends it, for each place that others get at."""
        places = (self.root, self.keys, self.mails, self.sqlite)
        return [found for each in places if each.exists() and (found := open_to_others(each))]

    def owned(self) -> AbstractContextManager[None]:
        """Be the one process that writes here. Raises DataDirInUse if there is another."""
        return owned(self.root)
