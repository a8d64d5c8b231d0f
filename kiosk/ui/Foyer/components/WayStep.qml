import QtQuick
import Foyer

// One step of the way; the last stands in the light.
Item {
    id: step

    property string icon
    property string text
    property bool first: false
    property bool last: false

    implicitHeight: Math.max(Theme.u(76), words.implicitHeight + Theme.u(12))

    Rectangle {
        visible: !step.first
        x: Theme.u(27)
        y: -(step.height - Theme.u(56)) / 2
        width: Theme.u(2)
        height: step.height - Theme.u(56)
        color: Theme.welcomeLine
    }

    Rectangle {
        id: circle

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.u(56)
        height: width
        radius: width / 2
        color: step.last ? Theme.light : Theme.welcome
        border.width: Theme.u(2)
        border.color: step.last ? Theme.light : Theme.welcomeLine

        Icon {
            anchors.centerIn: parent
            name: step.icon
            size: 34
            tone: step.last ? Theme.lightInk : Theme.welcomeInk
        }
    }

    Label {
        id: words

        anchors.left: circle.right
        anchors.leftMargin: Theme.u(22)
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        role: Type.wayStep
        color: Theme.welcomeInk
        text: step.text
        wrapMode: Text.WordWrap
    }
}
