"""What a person sees in a window: its visible items, texts, pictures and touch targets."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem, QQuickWindow


def visible_items(window: QQuickWindow) -> Iterator[QQuickItem]:
    """Every item that is shown, parents first."""
    waiting = [window.contentItem()]
    while waiting:
        item = waiting.pop(0)
        if not item.isVisible() or item.opacity() == 0:
            continue
        yield item
        waiting.extend(item.childItems())


def is_a(item: QQuickItem, name: str) -> bool:
    """Whether the item is of this Qt Quick type."""
    kind = item.metaObject()
    while kind is not None:
        if kind.className() == name:
            return True
        kind = kind.superClass()
    return False


def texts(window: QQuickWindow) -> list[QQuickItem]:
    """The text items with something to read."""
    return [i for i in visible_items(window) if is_a(i, "QQuickText") and i.property("text")]


def pictures(window: QQuickWindow) -> list[str]:
    """Sources of the pictures that are shown."""
    found = (i for i in visible_items(window) if is_a(i, "QQuickImage"))
    return [i.property("source").toString() for i in found]


def targets(window: QQuickWindow) -> list[QQuickItem]:
    """What can be touched."""
    return [i for i in visible_items(window) if is_a(i, "QQuickMouseArea") and i.isEnabled()]


def place(item: QQuickItem) -> QRectF:
    """Where the item stands in the window."""
    corner = item.mapToScene(QPointF(0, 0))
    return QRectF(corner.x(), corner.y(), item.width(), item.height())


def named(window: QQuickWindow, name: str) -> QQuickItem:
    """The visible item with this object name."""
    found = [i for i in visible_items(window) if i.objectName() == name]
    assert found, f"{name} is not shown"
    return found[0]
