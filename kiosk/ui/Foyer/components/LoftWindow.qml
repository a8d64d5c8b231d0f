pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Foyer

// Where a house has no door to show, its window: daylight in the panes and on the floor.
// `light` 0 is dusk, 1 is day. The item is the window; the light falls on the floor below it.
Item {
    id: loft

    property real light: 1
    property color frame: Theme.welcomeFloor
    property real sill: Theme.u(72)
    property real floorDepth: Theme.u(88)
    readonly property real bar: Theme.u(8)

    // The light of one column of panes on the floor, slanted like the light through a door.
    function patch(column: int): var {
        const wide = width / 3, ground = height + sill, reach = floorDepth * 0.62;
        const left = column * wide + bar, right = (column + 1) * wide - bar;
        const top = ground + floorDepth * 0.16, bottom = top + reach;
        const lean = y => (y - ground) * 1.15 + sill * 0.5;
        return [Qt.point(left + lean(top), top), Qt.point(right + lean(top) + bar, top),
            Qt.point(right + lean(bottom) + bar * 3, bottom),
            Qt.point(left + lean(bottom) + bar * 2, bottom), Qt.point(left + lean(top), top)];
    }

    Rectangle {
        x: -Theme.u(10)
        y: -Theme.u(10)
        width: loft.width + Theme.u(20)
        height: loft.height + Theme.u(20)
        radius: Theme.u(4)
        color: loft.frame
    }

    Grid {
        columns: 3
        spacing: loft.bar
        opacity: 0.35 + 0.65 * loft.light

        Repeater {
            model: 12

            Rectangle {
                width: (loft.width - 2 * loft.bar) / 3
                height: (loft.height - 3 * loft.bar) / 4
                color: Theme.light
            }
        }
    }

    Rectangle {
        x: -Theme.u(22)
        y: loft.height + Theme.u(10)
        width: loft.width + Theme.u(44)
        height: Theme.u(14)
        radius: Theme.u(3)
        color: Theme.wood
    }

    Shape {
        opacity: loft.light

        ShapePath {
            fillColor: Theme.light
            strokeColor: "transparent"

            PathMultiline {
                paths: [0, 1, 2].map(column => loft.patch(column))
            }
        }
    }
}
