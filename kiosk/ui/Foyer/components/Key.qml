import QtQuick
import Foyer

// One key, 68 units high: a letter on paper, or a modifier with an edge and an icon.
Press {
    id: key

    property string text
    property string icon

    implicitHeight: Theme.u(68)
    face: icon !== "" ? "transparent" : Theme.paper
    border: icon !== "" ? Theme.edge : "transparent"
    ledge: icon !== "" ? 0 : 2
    corner: 12
    activeFocusOnTab: false

    Label {
        anchors.centerIn: parent
        visible: key.icon === ""
        role: Type.key
        text: key.text
    }

    Icon {
        anchors.centerIn: parent
        visible: key.icon !== ""
        name: key.icon
        size: 34
    }
}
