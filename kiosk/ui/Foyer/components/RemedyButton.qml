import QtQuick
import Foyer

// A way out of a refusal: the verb first, what it leads to below.
Press {
    id: remedy

    property string icon
    property string label
    property string note
    property bool primary: false
    readonly property bool low: height < Theme.u(116)

    face: primary ? Theme.accent : Theme.paper
    ledgeColour: primary ? Theme.accentDeep : Theme.edge
    corner: 20
    spoken: label + ". " + note

    Icon {
        id: sign

        x: Theme.u(28)
        anchors.verticalCenter: parent.verticalCenter
        name: remedy.icon
        size: 52
        tone: remedy.primary ? Theme.accentInk : Theme.accentText
    }

    Column {
        anchors.left: sign.right
        anchors.leftMargin: Theme.u(22)
        anchors.right: parent.right
        anchors.rightMargin: Theme.u(20)
        anchors.verticalCenter: parent.verticalCenter
        spacing: remedy.low ? 0 : Theme.u(4)

        Label {
            width: parent.width
            role: remedy.low ? Type.tile : Type.remedy
            color: remedy.primary ? Theme.accentInk : Theme.ink
            text: remedy.label
            wrapMode: Text.WordWrap
        }

        Label {
            width: parent.width
            role: remedy.low ? Type.small : Type.body
            color: remedy.primary ? Theme.accentInk : Theme.ink2
            text: remedy.note
            visible: text !== ""
            wrapMode: Text.WordWrap
        }
    }
}
