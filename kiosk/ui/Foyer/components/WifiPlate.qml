import QtQuick
import Foyer

// The Wi-Fi of the house: a code on a white plate with its margin of four modules, and the words.
Item {
    id: wifi

    property string label
    property string name
    property string password
    property string code
    property bool upright: false

    implicitHeight: upright ? words.y + words.height : plate.height

    Row {
        id: heading

        visible: wifi.upright
        spacing: Theme.u(10)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "wifi-high"
            tone: Theme.ink2
        }

        Label {
            anchors.verticalCenter: parent.verticalCenter
            role: Type.label
            color: Theme.ink2
            text: wifi.label
        }
    }

    Rectangle {
        id: plate

        y: wifi.upright ? heading.height + Theme.u(12) : 0
        width: Theme.u(wifi.upright ? 168 : 184)
        height: width
        radius: Theme.u(16)
        color: Theme.plate

        Image {
            anchors.centerIn: parent
            width: plate.width
            height: width
            smooth: false
            sourceSize: Qt.size(width, height)
            source: wifi.code === "" ? "" : "image://qr/" + wifi.code
        }
    }

    Column {
        id: words

        x: wifi.upright ? 0 : plate.width + Theme.u(22)
        y: wifi.upright ? plate.y + plate.height + Theme.u(10) : (plate.height - height) / 2
        width: wifi.width - x
        spacing: Theme.u(2)

        Row {
            visible: !wifi.upright
            spacing: Theme.u(10)
            bottomPadding: Theme.u(6)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "wifi-high"
                tone: Theme.ink2
            }

            Label {
                anchors.verticalCenter: parent.verticalCenter
                role: Type.label
                color: Theme.ink2
                text: wifi.label
            }
        }

        Label {
            width: parent.width
            role: wifi.upright ? Type.label : Type.row
            text: wifi.name
            wrapMode: Text.Wrap
        }

        Label {
            width: parent.width
            role: wifi.upright ? Type.small : Type.body
            color: Theme.ink2
            text: wifi.password
            wrapMode: Text.Wrap
        }
    }
}
