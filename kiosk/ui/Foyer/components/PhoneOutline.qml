import QtQuick
import Foyer

// A phone with a code: what to hold up. It rises now and then; nothing else here ever loops.
Item {
    id: phone

    property bool resting: true
    readonly property real s: width / 112

    rotation: -5
    antialiasing: true

    Rectangle {
        anchors.fill: parent
        radius: 20 * phone.s
        color: Theme.plateInk
        antialiasing: true

        Rectangle {
            anchors.fill: parent
            anchors.margins: 7 * phone.s
            radius: 14 * phone.s
            color: Theme.plate
            antialiasing: true
        }

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 15 * phone.s
            width: 40 * phone.s
            height: 7 * phone.s
            radius: height / 2
            color: Theme.plateInk
        }

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            y: 48 * phone.s
            name: "sample-code"
            weight: "brand"
            size: 72 * phone.s / Theme.unit
            tone: Theme.plateInk
        }

        Rectangle {
            x: 20 * phone.s
            y: parent.height - 46 * phone.s
            width: 70 * phone.s
            height: 9 * phone.s
            radius: height / 2
            color: "#DCD4C8"
        }

        Rectangle {
            x: 20 * phone.s
            y: parent.height - 30 * phone.s
            width: 45 * phone.s
            height: 9 * phone.s
            radius: height / 2
            color: "#DCD4C8"
        }
    }

    SequentialAnimation on anchors.verticalCenterOffset {
        running: phone.visible && phone.resting && !Theme.reduced
        loops: Animation.Infinite

        PauseAnimation { duration: 6000 }
        NumberAnimation { from: 0; to: -Theme.u(8); duration: 800; easing.type: Easing.InOutSine }
        NumberAnimation { from: -Theme.u(8); to: 0; duration: 800; easing.type: Easing.InOutSine }
    }
}
