import QtQuick
import Foyer

// A state in one word with its icon, in the counter or beside a row.
Row {
    id: badge

    property string icon
    property string text
    property color tone: Theme.counterInk
    property bool strong: false

    spacing: Theme.u(7)

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: badge.icon
        weight: badge.icon === "warning" ? "fill" : "regular"
        size: 24
        tone: badge.tone
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        role: badge.strong ? Type.note : Type.small
        color: badge.tone
        text: badge.text
    }
}
