import QtQuick
import QtQuick.Shapes
import Foyer

// The arrow from the door that jams to the one that works.
Shape {
    id: arrow

    ShapePath {
        strokeColor: Theme.jamInk
        strokeWidth: Theme.u(14)
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin

        PathMultiline {
            paths: [[Qt.point(0, arrow.height / 2), Qt.point(arrow.width, arrow.height / 2)],
                [Qt.point(arrow.width - arrow.height / 2, 0),
                    Qt.point(arrow.width, arrow.height / 2),
                    Qt.point(arrow.width - arrow.height / 2, arrow.height)]]
        }
    }
}
