pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Foyer

// The four brackets around the place for a code; they close when one was found.
Item {
    id: brackets

    property bool found: false
    property color tone: found ? Theme.light : Theme.accentInk
    readonly property real r: width / 2
    readonly property real long: Math.min(r, Theme.u(44))
    readonly property real round: Theme.u(18)

    scale: found ? 0.6 : 1

    Behavior on scale {
        NumberAnimation { duration: Theme.motion(160) }
    }

    Repeater {
        model: [[1, 1], [-1, 1], [1, -1], [-1, -1]]

        Shape {
            id: bracket

            required property var modelData
            readonly property real h: modelData[0]
            readonly property real v: modelData[1]

            x: brackets.r
            y: brackets.r

            ShapePath {
                strokeColor: brackets.tone
                strokeWidth: Theme.u(7)
                fillColor: "transparent"
                capStyle: ShapePath.RoundCap
                startX: bracket.h * brackets.r
                startY: bracket.v * (brackets.r - brackets.long)

                PathLine {
                    x: bracket.h * brackets.r
                    y: bracket.v * (brackets.r - brackets.round)
                }

                PathQuad {
                    x: bracket.h * (brackets.r - brackets.round)
                    y: bracket.v * brackets.r
                    controlX: bracket.h * brackets.r
                    controlY: bracket.v * brackets.r
                }

                PathLine {
                    x: bracket.h * (brackets.r - brackets.long)
                    y: bracket.v * brackets.r
                }
            }
        }
    }
}
