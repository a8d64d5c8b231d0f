import QtQuick
import Foyer

// How long this screen stays. Any touch starts it again.
Item {
    id: countdown

    property real share: 1
    property real drawn: share
    property string text

    implicitHeight: Theme.u(26)

    // The share slides, not the width: when the words grow, the bar makes room at once.
    Behavior on drawn {
        enabled: !Theme.reduced

        NumberAnimation { duration: 250 }
    }

    Rectangle {
        id: line

        objectName: "countdownLine"
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - words.width - Theme.u(16)
        height: Theme.u(6)
        radius: height / 2
        color: Theme.hair

        Rectangle {
            objectName: "countdownLeft"
            width: Math.max(height, parent.width * countdown.drawn)
            height: parent.height
            radius: parent.radius
            color: Theme.ink2
        }
    }

    Label {
        id: words

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        role: Type.small
        color: Theme.ink2
        text: countdown.text
    }
}
