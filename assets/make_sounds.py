"""Makes the sounds of the house: wood and felt, no beeps. Run it and commit what it writes.

Every sound is a sum of decaying partials, as of struck wood: python assets/make_sounds.py
"""

import math
import random
import wave
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

RATE_HZ: Final = 22_050
PEAK: Final = 10 ** (-12 / 20)
"""-12 dBFS: heard across a lobby, never sharp."""
Samples = list[float]

MARIMBA: Final = ((1.0, 1.0, 1.0), (3.93, 0.22, 0.45), (9.6, 0.06, 0.2))
"""Partials of a rosewood bar: multiple of the pitch, loudness, length against the first."""
BELL: Final = ((1.0, 1.0, 1.0), (2.76, 0.5, 0.7), (5.4, 0.25, 0.4), (0.5, 0.2, 0.9))


def struck(
    pitch_hz: float,
    length_s: float,
    partials: Sequence[tuple[float, float, float]] = MARIMBA,
    attack_s: float = 0.003,
) -> Samples:
    """A bar struck once; `length_s` until it has died away to a thousandth."""
    sound = []
    for number in range(int(RATE_HZ * length_s)):
        t = number / RATE_HZ
        rise = min(1.0, t / attack_s)
        value = sum(
            loud
            * math.exp(-6.9 * t / (length_s * long))
            * math.sin(math.tau * pitch_hz * ratio * t)
            for ratio, loud, long in partials
        )
        sound.append(rise * value)
    return sound


def knock(pitch_hz: float, length_s: float, seed: int) -> Samples:
    """A dry knock on wood: a short low bar and the felt that hits it."""
    chance = random.Random(seed)  # noqa: S311 - a sound, not a secret
    body = struck(pitch_hz, length_s, ((1.0, 1.0, 1.0), (2.4, 0.35, 0.5)), attack_s=0.001)
    smooth, felt = 0.0, []
    for number in range(len(body)):
        smooth += 0.25 * (chance.uniform(-1, 1) - smooth)
        felt.append(0.8 * smooth * math.exp(-number / RATE_HZ * 220))
    return [a + b for a, b in zip(body, felt, strict=True)]


def together(*parts: tuple[float, float, Samples]) -> Samples:
    """Sounds laid over each other: (starts at seconds, loudness, sound)."""
    length = max(int(start * RATE_HZ) + len(sound) for start, _, sound in parts)
    mixed = [0.0] * length
    for start, loud, sound in parts:
        first = int(start * RATE_HZ)
        for number, value in enumerate(sound):
            mixed[first + number] += loud * value
    return mixed


SOUNDS: Final[dict[str, Callable[[], Samples]]] = {
    # Two notes, a fifth up, 350 ms from the first to the end of the second's weight.
    "welcome": lambda: together((0.0, 0.9, struck(392.0, 0.5)), (0.16, 1.0, struck(588.0, 0.6))),
    # One low knock with a soft third below it.
    "later": lambda: together((0.0, 1.0, knock(196.0, 0.35, 1)), (0.05, 0.5, struck(155.6, 0.5))),
    "jam": lambda: together((0.0, 1.0, knock(150.0, 0.16, 2)), (0.2, 1.0, knock(150.0, 0.16, 2))),
    "tap": lambda: knock(520.0, 0.026, 3),
    "ring": lambda: struck(1318.5, 1.6, BELL, attack_s=0.001),
}


def write(path: Path, sound: Iterable[float]) -> None:
    """One channel of 16 bits, its loudest point at PEAK, its end faded to nothing."""
    values = list(sound)
    fade = min(len(values), RATE_HZ // 200)
    for number in range(fade):
        values[-1 - number] *= number / fade
    scale = PEAK * 32767 / max(abs(value) for value in values)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(array("h", (round(value * scale) for value in values)).tobytes())


def main() -> None:
    folder = Path(__file__).parent / "sounds"
    folder.mkdir(exist_ok=True)
    for name, make in SOUNDS.items():
        write(folder / f"{name}.wav", make())


if __name__ == "__main__":
    main()
