"""How a command ends: what it prints and its exit code."""

import sys
from collections.abc import Callable
from typing import Final

from ledger.disk_trouble import sentence_of
from ledger.errors import LedgerError, LedgerUnavailable
from sync_server.admin.answers import Answer, Json
from sync_server.key_store import NotSetUp
from sync_server.settings import BadSettings
from sync_server.use_cases.refusal import Refusal

DONE: Final = 0
FAILED: Final = 1
WRONG_USE: Final = 2


def show(answer: Answer, text: Callable[[Json], str]) -> int:
    """Print what came out, or say on stderr why nothing did."""
    if isinstance(answer, Refusal):
        return fail(answer.sentence)
    out(text(answer))
    return DONE


def out(text: str) -> None:
    if text:
        sys.stdout.write(text + "\n")


def fail(sentence: str, code: int = FAILED) -> int:
    sys.stderr.write(f"foyer-server: {sentence}\n")
    return code


def guarded(command: Callable[[], int]) -> int:
    """Run a command; whatever is expected to go wrong becomes a sentence and an exit code."""
    try:
        return command()
    except BadSettings as error:
        return fail(str(error), WRONG_USE)
    except LedgerUnavailable as error:
        return fail(f"The database is not available ({error}). See that it runs and try again.")
    except (NotSetUp, LedgerError) as error:
        return fail(str(error))
    except OSError as error:
        return fail(sentence_of(error))
    except KeyboardInterrupt:
        return FAILED
