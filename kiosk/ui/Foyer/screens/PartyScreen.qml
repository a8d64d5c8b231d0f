pragma ComponentBehavior: Bound

import QtQuick
import Foyer
import Foyer.Models

// A group's pass: how many of them are here already, and large numbers for those who just came.
Item {
    id: screen

    required property AppViewModel app
    required property real counterTop
    readonly property PartyViewModel party: app.party
    readonly property bool portrait: height > width
    readonly property real room: width - 2 * Theme.margin
    readonly property real gap: Theme.u(16)
    readonly property int columns: 5

    objectName: "partyScreen"

    Rectangle {
        anchors.fill: parent
        color: Theme.wall
    }

    WindowLight {
        anchors.fill: parent
        hour: screen.app.home.hour
        windows: screen.portrait
            ? [Qt.rect(420, -60, 340, 560), Qt.rect(60, 690, 420, 560)]
            : [Qt.rect(screen.width / Theme.unit - 520, -60, 340, 560),
               Qt.rect(screen.width / Theme.unit - 160, -90, 340, 560)]
    }

    Header {
        x: Theme.margin
        y: Theme.u(32)
        width: screen.room
        context: screen.party.occasion
        clock: screen.app.clock

        OutlineButton {
            objectName: "back"
            icon: "arrow-left"
            label: screen.party.back_label
            onTapped: screen.app.go_home()
        }
    }

    Column {
        id: question

        x: Theme.margin
        y: Theme.u(screen.portrait ? 160 : 144)
        width: screen.portrait ? screen.room : screen.room - Theme.u(436)
        spacing: Theme.u(12)

        Label {
            objectName: "partyHeadline"
            width: parent.width
            role: Type.count
            text: screen.party.headline
            wrapMode: Text.WordWrap
        }

        Label {
            width: parent.width
            role: Type.question
            text: screen.party.question
            wrapMode: Text.WordWrap
        }
    }

    Grid {
        x: screen.portrait ? Theme.margin : screen.width - Theme.margin - width
        y: screen.portrait ? question.y + question.height + Theme.u(40) : Theme.u(176)
        columns: screen.party.seats.length > 8 ? 6 : 4
        columnSpacing: Theme.u(screen.party.seats.length > 8 ? 8 : 20)
        rowSpacing: Theme.u(12)

        Repeater {
            model: screen.party.seats

            Icon {
                required property bool modelData

                name: "user"
                weight: modelData ? "fill" : "regular"
                size: screen.party.seats.length > 8 ? 58 : 84
                tone: modelData ? Theme.accentText : Theme.edge
            }
        }
    }

    Grid {
        id: numbers

        // Without more numbers below, these grow down to the counter.
        readonly property real high: more.visible
            ? more.y - Theme.u(24) - y : Math.min(Theme.u(260), screen.counterTop - Theme.u(32) - y)
        readonly property real each: (screen.room - screen.gap * (screen.columns - 1))
                                     / screen.columns

        x: Theme.margin
        y: !screen.portrait ? Theme.u(424)
          : more.visible ? more.y - height - Theme.u(24) : more.y + more.height - height
        columns: screen.columns
        spacing: screen.gap

        Repeater {
            model: screen.party.numbers

            Press {
                id: number

                required property int modelData

                objectName: "number" + modelData
                width: numbers.each
                height: screen.portrait ? Theme.u(160) : numbers.high
                spoken: String(modelData)
                onTapped: screen.party.choose(modelData)

                Label {
                    anchors.centerIn: parent
                    role: Type.bigNumber
                    text: number.modelData
                }
            }
        }
    }

    OutlineButton {
        id: more

        objectName: "more"
        x: Theme.margin
        y: screen.counterTop - Theme.u(20) - height
        width: (screen.room - 2 * screen.gap) / (screen.portrait ? 2 : 3)
        visible: screen.party.more_label !== ""
        large: true
        icon: "users-three"
        label: screen.party.more_label
        onTapped: screen.party.show_more()
    }
}
