pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// Where a site has no picture to show: the short code as the way in, its ten places as bricks.
Press {
    id: invitation

    property string label
    property string note

    face: Theme.accent
    ledgeColour: Theme.accentDeep
    corner: 24
    spoken: label + ". " + note

    Icon {
        x: Theme.u(36)
        y: Theme.u(32)
        name: "keyboard"
        size: 64
        tone: Theme.accentInk
    }

    Row {
        id: slots

        readonly property real brick: (invitation.width - Theme.u(72) - Theme.u(10 * 9 + 16)) / 10

        x: Theme.u(36)
        anchors.bottom: heading.top
        anchors.bottomMargin: Theme.u(28)
        spacing: Theme.u(10)

        Repeater {
            model: 10

            Item {
                required property int index

                width: slots.brick + (index === 4 ? Theme.u(16) : 0)
                height: Theme.u(56)

                Rectangle {
                    width: slots.brick
                    height: parent.height
                    radius: Theme.u(6)
                    color: "transparent"
                    border.width: Theme.u(2)
                    border.color: Theme.accentInk
                }
            }
        }
    }

    Label {
        id: heading

        x: Theme.u(36)
        width: parent.width - Theme.u(72)
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.u(8)
        role: Type.second
        font.weight: 600
        color: Theme.accentInk
        text: invitation.label
        wrapMode: Text.WordWrap
    }

    Label {
        id: foot

        x: Theme.u(36)
        width: parent.width - Theme.u(72)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.u(32)
        role: Type.body
        color: Theme.accentInk
        text: invitation.note
        wrapMode: Text.WordWrap
    }
}
