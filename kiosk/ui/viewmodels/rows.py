"""Lists for QML: rows of one frozen dataclass, its fields as roles, changed row by row."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

_NOWHERE = QModelIndex()


class Rows(QAbstractListModel):
    """Rows of `row_type`; `show` keeps rows that stay and tells which changed, came or went."""

    def __init__(self, row_type: type[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._names = [field.name for field in fields(row_type)]
        self._rows: list[Any] = []

    @property
    def rows(self) -> tuple[Any, ...]:
        """What is shown now."""
        return tuple(self._rows)

    def show(self, rows: Sequence[Any]) -> None:
        """Show `rows` in place of what was shown."""
        common = min(len(rows), len(self._rows))
        for place in range(common):
            if self._rows[place] != rows[place]:
                self._rows[place] = rows[place]
                index = self.index(place)
                self.dataChanged.emit(index, index)
        if len(rows) > common:
            self.beginInsertRows(_NOWHERE, common, len(rows) - 1)
            self._rows.extend(rows[common:])
            self.endInsertRows()
        elif len(self._rows) > common:
            self.beginRemoveRows(_NOWHERE, common, len(self._rows) - 1)
            del self._rows[common:]
            self.endRemoveRows()

    def rowCount(  # noqa: N802
        self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE
    ) -> int:
        """Qt's call."""
        return 0 if parent.isValid() else len(self._rows)

    def roleNames(self) -> dict[int, QByteArray]:  # noqa: N802
        """Qt's call."""
        first = int(Qt.ItemDataRole.UserRole)
        return {first + i: QByteArray(name.encode()) for i, name in enumerate(self._names)}

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Qt's call."""
        place = role - int(Qt.ItemDataRole.UserRole)
        if not 0 <= place < len(self._names) or not 0 <= index.row() < len(self._rows):
            return None
        value = getattr(self._rows[index.row()], self._names[place])
        return list(value) if isinstance(value, tuple) else value
