import QtQuick
import Foyer

// One fact beside a closed door: what is compared, and its time or place.
Item {
    id: fact

    property string icon
    property string label
    property string value

    implicitHeight: Math.max(Theme.u(92), words.implicitHeight + Theme.u(16))

    Icon {
        id: sign

        anchors.verticalCenter: parent.verticalCenter
        name: fact.icon
        size: 52
        tone: Theme.laterInk
    }

    Column {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.u(22)
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            role: Type.rowPlain
            color: Theme.laterInk
            text: fact.label
            wrapMode: Text.WordWrap
        }

        Label {
            width: parent.width
            role: Type.remedy
            color: Theme.laterInk
            text: fact.value
            wrapMode: Text.WordWrap
        }
    }
}
