"""Finds the campaigns: each module beside this one with a `run_..._campaign` is one."""

import argparse
import asyncio
import importlib
import inspect
import pkgutil
import re
import tempfile
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import Any

import tests.campaigns

Campaign = Callable[..., Any]
"""Returns, or is a coroutine of, a summary whose `broken` lists the promises that did not hold."""

_RUNNER = re.compile(r"run_\w+_campaign")
_USUAL = {"seed": 1}
"""What a parameter is when neither the campaign nor the caller says."""


def campaigns() -> dict[str, Campaign]:
    """All campaigns by name."""
    found: dict[str, Campaign] = {}
    for module in pkgutil.iter_modules(tests.campaigns.__path__):
        if module.name.startswith(("test_", "__", "conftest")):
            continue
        loaded = importlib.import_module(f"tests.campaigns.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if _RUNNER.fullmatch(name) and function.__module__ == loaded.__name__:
                found[module.name] = function
    return found


def add_flags(parser: argparse.ArgumentParser, campaign: Campaign) -> None:
    """One flag per number the campaign takes; its first one is `--count` as well."""
    counted = False
    for name, parameter in inspect.signature(campaign).parameters.items():
        if parameter.annotation is not int:
            continue
        flags = [f"--{name.replace('_', '-')}"]
        if not counted and name != "seed":
            counted = True
            flags += [] if name == "count" else ["--count"]
        default = parameter.default
        if default is inspect.Parameter.empty:
            default = _USUAL.get(name)
        parser.add_argument(*flags, dest=name, type=int, default=default, required=default is None)


def run(campaign: Campaign, numbers: dict[str, int]) -> Any:
    """Run it in a folder of its own that is gone afterwards; the summary it gives."""
    with tempfile.TemporaryDirectory(prefix="foyer-campaign-") as folder:
        given: dict[str, Any] = dict(numbers)
        for name, parameter in inspect.signature(campaign).parameters.items():
            if parameter.annotation is Path:
                given[name] = Path(folder)
        result = campaign(**given)
        if inspect.iscoroutine(result):
            return asyncio.run(result)
        return result


def as_lines(summary: Any) -> dict[str, Any]:
    """The summary as something JSON can say."""
    if is_dataclass(summary) and not isinstance(summary, type):
        return asdict(summary)
    return summary if isinstance(summary, dict) else {"summary": summary}
