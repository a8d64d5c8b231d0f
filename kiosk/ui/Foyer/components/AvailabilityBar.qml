pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// The day of a room as a course of bricks: laid is taken, an opening is free.
Item {
    id: bar

    // Runs in order: {"state": "free" | "taken" | "past", "share": 0..1 of the day}.
    required property var course
    // Where now is, 0..1 of the day; below 0 there is no line.
    property real now: -1

    implicitHeight: Theme.u(16)

    Row {
        id: run

        readonly property real room: bar.width - spacing * (bar.course.length - 1)

        spacing: Theme.u(3)

        Repeater {
            model: bar.course

            Rectangle {
                required property var modelData

                width: Math.max(Theme.u(6), run.room * modelData.share)
                height: bar.height
                radius: Theme.u(3)
                color: modelData.state === "taken" ? Theme.edge
                     : modelData.state === "past" ? Theme.hair : "transparent"
                border.width: modelData.state === "free" ? Theme.u(2) : 0
                border.color: Theme.edge
            }
        }
    }

    Rectangle {
        visible: bar.now >= 0
        x: bar.now * bar.width - width / 2
        y: -Theme.u(7)
        width: Theme.u(3)
        height: bar.height + Theme.u(14)
        radius: width / 2
        color: Theme.ink
    }
}
