pragma ComponentBehavior: Bound

import QtQuick
import Foyer
import Foyer.Models

// Beside the answer: the house and the clock, then Wi-Fi or remedies, then leaving and the time left.
Item {
    id: side

    required property AppViewModel app
    required property bool portrait
    readonly property AnswerViewModel answer: app.answer
    readonly property real contentTop: portrait ? 0 : Theme.u(86)
    readonly property real footTop: height - timer.height

    Brand {
        visible: !side.portrait
        height: Theme.u(42)
        name: side.app.house
        small: true
    }

    Label {
        visible: !side.portrait
        anchors.right: parent.right
        height: Theme.u(42)
        verticalAlignment: Text.AlignVCenter
        role: Type.clockSmall
        text: side.app.clock
    }

    WifiPlate {
        id: wifi

        objectName: "wifi"
        y: side.contentTop
        width: parent.width
        visible: side.answer.wifi_name !== ""
        upright: false
        label: side.answer.wifi_label
        name: side.answer.wifi_name
        password: side.answer.wifi_password
        code: side.answer.wifi_code
    }

    Column {
        id: remedies

        readonly property real room: side.footTop - Theme.u(20) - y
        readonly property real each: (room - spacing * (list.count - 1)) / Math.max(1, list.count)

        y: side.contentTop
        width: parent.width
        spacing: Theme.u(side.portrait ? 16 : 20)

        Repeater {
            id: list

            model: side.answer.remedies

            RemedyButton {
                id: remedy

                required property int index
                required property string sign
                required property string name
                required property string words
                required property bool first
                required property bool back

                objectName: back ? "back" : "remedy" + index
                width: remedies.width
                height: Math.min(Theme.u(back && list.count > 3 ? 96 : 132), remedies.each
                                 + (back || list.count < 4 || side.portrait ? 0 : Theme.u(12)))
                icon: remedy.sign
                label: remedy.name
                note: remedy.words
                primary: remedy.first
                onTapped: remedy.back ? side.app.go_home() : side.answer.choose(remedy.index)
            }
        }
    }

    Row {
        id: buttons

        anchors.bottom: timer.top
        anchors.bottomMargin: Theme.u(24)
        width: parent.width
        spacing: Theme.u(14)
        visible: side.answer.done_label !== ""

        OutlineButton {
            objectName: "leaving"
            visible: side.answer.leave_label !== ""
            width: Math.round((parent.width - parent.spacing) * (side.portrait ? 0.5 : 0.58))
            large: true
            role: Type.wideButton
            icon: "sign-out"
            label: side.answer.leave_label
            onTapped: side.answer.leave()
        }

        OutlineButton {
            objectName: "done"
            width: parent.width - x
            large: true
            role: Type.wideButton
            filled: false
            label: side.answer.done_label
            onTapped: side.app.go_home()
        }
    }

    Countdown {
        id: timer

        anchors.bottom: parent.bottom
        width: parent.width
        share: side.app.left_share
        text: side.app.left_text
    }
}
