pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// A closed door with a clock: come back later. The hands turn to the time it opens.
Item {
    id: door

    // Minutes after midnight that the hands show, and where they come from.
    property real minutes: 240
    property real turned: 1
    readonly property real clock: width * 0.66

    Rectangle {
        x: -Theme.u(12)
        y: -Theme.u(12)
        width: door.width + Theme.u(24)
        height: door.height + Theme.u(12)
        radius: Theme.u(4)
        color: Theme.laterInk
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.laterLeaf
    }

    Rectangle {
        x: door.width - Theme.u(30)
        y: door.height / 2 + Theme.u(22)
        width: Theme.u(14)
        height: Theme.u(34)
        radius: width / 2
        color: Theme.light
    }

    Rectangle {
        id: face

        anchors.horizontalCenter: parent.horizontalCenter
        y: door.height * 0.30 - door.width * 0.03 - height / 2 + Theme.u(6)
        width: door.clock
        height: width
        radius: width / 2
        color: Theme.light

        component Hand: Rectangle {
            id: hand

            property real reach
            property real angle

            x: face.width / 2 - width / 2
            y: face.height / 2 - height + width / 2
            width: face.width * 0.075
            height: face.width / 2 * reach + width
            radius: width / 2
            color: Theme.laterInk
            antialiasing: true

            transform: Rotation {
                origin.x: hand.width / 2
                origin.y: hand.height - hand.width / 2
                angle: hand.angle
            }
        }

        Hand {
            reach: 0.62
            angle: (door.minutes % 60) * 6 * door.turned
        }

        Hand {
            reach: 0.5
            angle: (door.minutes % 720) / 2 * door.turned
        }
    }
}
