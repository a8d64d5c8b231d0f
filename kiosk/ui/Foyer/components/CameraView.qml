pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// The live mirrored picture, or what to do when no picture comes. The corners are painted over
// because the software renderer clips to rectangles only.
Item {
    id: view

    property bool live: true
    property bool found: false
    property int frame: 0
    property string caption
    property string codeLabel
    readonly property real band: Theme.u(64)

    signal codeTapped

    Rectangle {
        anchors.fill: parent
        anchors.margins: 1
        radius: Theme.u(24)
        color: "#332821"
    }

    Image {
        anchors.fill: parent
        visible: view.live && view.frame > 0
        cache: false
        sourceSize: Qt.size(view.width, view.height)
        source: view.live && view.frame > 0 ? `image://camera/${view.frame}` : ""
    }

    Brackets {
        id: brackets

        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.u(2) - view.band / 2
        width: 2 * Math.min(view.width * 0.30, (view.height - view.band) * 0.40)
        height: width
        visible: view.live
        found: view.found
    }

    PhoneOutline {
        anchors.centerIn: brackets
        width: brackets.width * 0.42
        height: brackets.width * 0.75
        visible: view.live && !view.found
    }

    OutlineButton {
        anchors.centerIn: brackets
        objectName: "cameraCode"
        visible: !view.live
        icon: "keyboard"
        label: view.codeLabel
        large: true
        onTapped: view.codeTapped()
    }

    Rectangle {
        anchors.bottom: parent.bottom
        width: parent.width
        height: view.band
        color: Theme.shade
        opacity: 0.82
    }

    Icon {
        id: sign

        x: Theme.u(24)
        anchors.verticalCenter: words.verticalCenter
        name: view.live ? "camera" : "camera-slash"
        tone: Theme.shadeInk
    }

    Label {
        id: words

        anchors.left: sign.right
        anchors.leftMargin: Theme.u(12)
        anchors.right: parent.right
        anchors.rightMargin: Theme.u(16)
        y: view.height - view.band / 2 - height / 2
        role: Type.small
        color: Theme.shadeInk
        text: view.caption
        wrapMode: Text.WordWrap
    }

    Repeater {
        model: [0, 90, 180, 270]

        Icon {
            required property int modelData

            x: modelData === 90 || modelData === 180 ? view.width - width : 0
            y: modelData >= 180 ? view.height - height : 0
            name: "corner"
            weight: "brand"
            size: 24
            tone: Theme.wall
            rotation: modelData
        }
    }
}
