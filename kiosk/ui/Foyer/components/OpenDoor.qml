import QtQuick
import QtQuick.Shapes
import Foyer

// A door that opens: frame, daylight, leaf and the light it throws on the floor, each on its own.
// `openness` 0 is closed, 1 is open; the item is the opening itself, standing on the floor line.
Item {
    id: door

    property real openness: 1
    property bool hingeRight: false
    property color frame: Theme.welcomeFloor
    property real floorDepth: Theme.u(88)
    property real spillNear: 0.9
    property real spillFar: 2.6
    readonly property real k: width / 200
    readonly property real leaf: width * (1 - 0.56 * openness)

    // Mirrors a place in the opening for a door that hangs on the right.
    function at(x: real, y: real): point {
        return Qt.point(hingeRight ? width - x : x, y);
    }

    Shape {
        opacity: door.openness

        ShapePath {
            fillColor: Theme.light
            strokeColor: "transparent"

            PathPolyline {
                path: [Qt.point(0, door.height), Qt.point(door.width, door.height),
                    Qt.point(door.width + door.floorDepth * door.spillFar,
                             door.height + door.floorDepth),
                    Qt.point(door.floorDepth * door.spillNear, door.height + door.floorDepth),
                    Qt.point(0, door.height)]
            }
        }
    }

    Rectangle {
        x: -10 * door.k
        y: -10 * door.k
        width: door.width + 20 * door.k
        height: door.height + 10 * door.k
        radius: 4 * door.k
        color: door.frame
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.light
        opacity: door.openness
    }

    Shape {
        ShapePath {
            fillColor: Theme.woodEdge
            strokeColor: "transparent"

            PathPolyline {
                readonly property real edge: 7 * door.k * door.openness

                path: [door.at(door.leaf, 26 * door.k * door.openness),
                    door.at(door.leaf + edge, 25 * door.k * door.openness),
                    door.at(door.leaf + edge, door.height + 32 * door.k * door.openness),
                    door.at(door.leaf, door.height + 34 * door.k * door.openness),
                    door.at(door.leaf, 26 * door.k * door.openness)]
            }
        }

        ShapePath {
            fillColor: Theme.wood
            strokeColor: "transparent"

            PathPolyline {
                path: [door.at(0, 0), door.at(door.leaf, 26 * door.k * door.openness),
                    door.at(door.leaf, door.height + 34 * door.k * door.openness),
                    door.at(0, door.height), door.at(0, 0)]
            }
        }
    }

    Rectangle {
        x: door.at(door.leaf - 26 * door.k, 0).x - (door.hingeRight ? width : 0)
        y: door.height / 2 + 4 * door.k
        width: 14 * door.k
        height: 34 * door.k
        radius: width / 2
        color: Theme.light
    }
}
