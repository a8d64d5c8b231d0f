pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// The oak counter: one sentence, always in the same place, and how each part of the house is.
// When both do not fit beside each other the parts take a second row.
Rectangle {
    id: line

    property string icon: "check-circle"
    property string sentence
    property bool urgent: false
    property var parts: null
    readonly property real oneRow: Theme.u(56)
    readonly property real space: width - 2 * Theme.margin
    readonly property bool wraps: row.implicitWidth + Theme.u(24) + single.width > space
    readonly property color tone: urgent ? Theme.laterInk : Theme.counterInk

    objectName: "counter"
    implicitHeight: wraps ? oneRow + flow.height + Theme.u(6) : oneRow
    color: urgent ? Theme.later : Theme.counter

    Rectangle {
        width: parent.width
        height: Theme.u(4)
        color: line.urgent ? Theme.laterFloor : Theme.counterEdge
    }

    Row {
        id: row

        x: Theme.margin
        y: Theme.u(2) + (line.oneRow - height) / 2
        spacing: Theme.u(14)

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: line.icon
            weight: line.icon === "check-circle" || line.icon === "warning" ? "fill" : "regular"
            size: 26
            tone: line.tone
        }

        Label {
            objectName: "sentence"
            anchors.verticalCenter: parent.verticalCenter
            role: Type.small
            color: line.tone
            text: line.sentence
        }
    }

    component Part: Badge {
        id: part

        required property string sign
        required property string words
        required property bool alert

        icon: part.sign
        text: part.words
        strong: part.alert
        tone: line.tone
        rightPadding: line.wraps ? Theme.u(10) : 0
    }

    // Measures the parts in one row and shows them when there is room beside the sentence.
    Row {
        id: single

        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: row.y + (row.height - height) / 2
        visible: !line.wraps
        spacing: Theme.u(18)

        Repeater {
            model: line.parts
            delegate: Part {}
        }
    }

    Flow {
        id: flow

        x: Theme.margin
        y: line.oneRow - Theme.u(4)
        width: line.space
        visible: line.wraps
        spacing: Theme.u(8)

        Repeater {
            model: line.parts
            delegate: Part {}
        }
    }
}
