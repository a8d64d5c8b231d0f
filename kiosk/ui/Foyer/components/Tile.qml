import QtQuick
import Foyer

// A brick of the home screen: icon, what it costs or means, and what it does.
Press {
    id: tile

    property string icon
    property string label
    property string note
    property bool primary: false
    readonly property color tone: primary ? Theme.accentInk : Theme.ink

    face: primary ? Theme.accent : Theme.paper
    ledgeColour: primary ? Theme.accentDeep : Theme.edge
    spoken: label

    Icon {
        id: sign

        x: Theme.u(24)
        y: Theme.u(20)
        name: tile.icon
        size: text.lineCount > 1 ? 36 : 46
        tone: tile.primary ? Theme.accentInk : Theme.accentText
    }

    Label {
        anchors.right: parent.right
        anchors.rightMargin: Theme.u(24)
        y: Theme.u(24)
        width: Math.min(implicitWidth, tile.width - sign.x - sign.width - Theme.u(40))
        horizontalAlignment: Text.AlignRight
        role: Type.note
        color: tile.primary ? Theme.accentInk : Theme.ink2
        text: tile.note
        wrapMode: Text.WordWrap
        visible: text.lineCount < 2
    }

    Label {
        id: text

        x: Theme.u(24)
        width: tile.width - Theme.u(48)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.u(20)
        role: Type.tile
        color: tile.tone
        text: tile.label
        wrapMode: Text.WordWrap
    }
}
