import QtQuick
import Foyer

// The one brick of a form: where most people go next.
Press {
    id: button

    property string icon
    property string label
    property bool ready: true

    implicitHeight: Theme.u(68)
    face: ready ? Theme.accent : "transparent"
    ledgeColour: Theme.accentDeep
    ledge: ready ? 3 : 0
    border: ready ? "transparent" : Theme.edge
    corner: 12
    spoken: label

    Row {
        anchors.centerIn: parent
        spacing: Theme.u(10)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            role: Type.wideButton
            color: button.ready ? Theme.accentInk : Theme.ink2
            text: button.label
        }

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: button.icon !== ""
            name: button.icon
            size: 30
            tone: button.ready ? Theme.accentInk : Theme.ink2
        }
    }
}
