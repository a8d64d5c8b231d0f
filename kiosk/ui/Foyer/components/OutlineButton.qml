import QtQuick
import Foyer

// A quiet button: an edge, an icon and a word. `filled` sets it on paper.
Press {
    id: button

    property string icon
    property string label
    property bool filled: true
    property bool large: false
    property TypeRole role: large ? Type.largeButton : Type.button

    implicitWidth: line.implicitWidth + Theme.u(large ? 56 : 48)
    implicitHeight: Theme.u(large ? 80 : 64)
    face: filled ? Theme.paper : "transparent"
    border: Theme.edge
    ledge: 0
    corner: large ? 18 : 14
    spoken: label

    Row {
        id: line

        anchors.centerIn: parent
        spacing: Theme.u(12)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            name: button.icon
            size: button.large ? 36 : 28
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            role: button.role
            text: button.label
        }
    }
}
