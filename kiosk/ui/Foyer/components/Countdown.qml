import QtQuick
import Foyer

// How long this screen stays. Any touch starts it again.
Item {
    id: countdown

    property real share: 1
    property string text

    implicitHeight: Theme.u(26)

    Rectangle {
        id: line

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - words.width - Theme.u(16)
        height: Theme.u(6)
        radius: height / 2
        color: Theme.hair

        Rectangle {
            width: Math.max(height, parent.width * countdown.share)
            height: parent.height
            radius: parent.radius
            color: Theme.ink2

            Behavior on width {
                enabled: !Theme.reduced

                NumberAnimation { duration: 250 }
            }
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
