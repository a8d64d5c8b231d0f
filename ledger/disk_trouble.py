"""What the disk would not do, as a sentence for whoever runs the program."""

import errno
from typing import Final

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_RIGHT: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER: Final = frozenset({errno.EEXIST, errno.ENOTDIR})


def sentence_of(error: OSError) -> str:
    """What happened, where, and what to do about it."""
    said = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return f"The disk is full ({said}). Make room and try again."
    if error.filename is None:
        return f"The system said: {said}. Try again."
    if error.errno in _NO_RIGHT:
        return f"{error.filename} may not be used ({said}). Run this as its owner, or elsewhere."
    if error.errno in _NO_FOLDER:
        return f"{error.filename} needs a folder where there is a file. Name another with --data."
    return f"{error.filename}: {said}. Look at its name and try again."
