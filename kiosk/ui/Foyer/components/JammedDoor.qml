pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// A door that hangs askew in its frame. `tilt` is degrees; the mark is on the door, never on people.
Item {
    id: door

    property real tilt: 5

    Rectangle {
        x: -Theme.u(12)
        y: -Theme.u(12)
        width: door.width + Theme.u(24)
        height: door.height + Theme.u(12)
        radius: Theme.u(4)
        color: Theme.jamDark
    }

    Rectangle {
        x: Theme.u(6)
        y: Theme.u(18)
        width: door.width - Theme.u(14)
        height: door.height - Theme.u(20)
        color: Theme.jamLeaf
        antialiasing: true

        transform: Rotation {
            origin.x: -Theme.u(6)
            origin.y: door.height - Theme.u(18)
            angle: door.tilt
        }
    }

    Repeater {
        model: [45, -45]

        Rectangle {
            required property int modelData

            x: door.width / 2 + Theme.u(14) - width / 2
            y: door.height * 0.42 - height / 2
            width: door.width * 0.85
            height: door.width * 0.085
            radius: height / 2
            color: Theme.jamDark
            rotation: modelData
            antialiasing: true
        }
    }
}
