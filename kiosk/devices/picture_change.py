"""Whether something moved in front of the camera, told from a very small grey picture."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

_GRID: Final = (32, 18)
_LEVELS: Final = 8
"""A cell averages hundreds of pixels: sensor noise stays far below this many grey levels."""
_CELLS: Final = 3
"""A sheet of paper or a phone covers more cells than this at any readable distance."""


class PictureChange:
    """Compares each picture with the last one that counted as changed.

    The reference moves only with a change, so that a slow hand is noticed as well.
    """

    def __init__(self) -> None:
        self._reference: NDArray[Any] | None = None

    def changed(self, pixels: NDArray[np.uint8]) -> bool:
        """Whether enough cells differ; the first picture and a new size count as a change."""
        # Every third row and column is enough for the averages, at a ninth of the cost.
        thin = pixels[1::3, 1::3, 1] if min(pixels.shape[:2]) >= 360 else pixels[:, :, 1]
        small = cv2.resize(np.ascontiguousarray(thin), _GRID, interpolation=cv2.INTER_AREA)
        reference = self._reference
        if reference is not None:
            moved = np.count_nonzero(cv2.absdiff(small, reference) >= _LEVELS)
            if moved < _CELLS:
                return False
        self._reference = small
        return True
