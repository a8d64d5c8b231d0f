"""Telling QML exactly which fields of a view-model's props have changed."""

from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject


def notify_changes(model: QObject, old: Any, new: Any) -> None:
    """Emit `<field>_changed` of `model` for each field in which the two props differ."""
    for field in fields(new):
        if getattr(old, field.name) != getattr(new, field.name):
            getattr(model, f"{field.name}_changed").emit()
