import QtQuick
import Foyer
import Foyer.Models

// The short code, typed: ten places above the house's own keyboard; a real keyboard works too.
Item {
    id: screen

    required property AppViewModel app
    readonly property CodeViewModel code: app.code
    readonly property bool portrait: height > width
    readonly property real room: width - 2 * Theme.margin

    objectName: "codeScreen"

    Rectangle {
        anchors.fill: parent
        color: Theme.wall
    }

    Header {
        id: header

        x: Theme.margin
        y: Theme.u(32)
        width: screen.room
        context: screen.portrait ? "" : screen.code.purpose
        clock: screen.app.clock

        OutlineButton {
            objectName: "back"
            icon: "arrow-left"
            label: screen.code.back_label
            onTapped: screen.app.go_home()
        }
    }

    Column {
        x: Theme.margin
        y: Theme.u(screen.portrait ? 160 : 128)
        width: screen.room
        spacing: Theme.u(10)

        Label {
            objectName: "codeHeadline"
            width: parent.width
            role: Type.lead
            text: screen.code.headline
            wrapMode: Text.WordWrap
        }

        Label {
            width: parent.width
            role: Type.second
            text: screen.code.invitation
            wrapMode: Text.WordWrap
        }
    }

    Item {
        id: entry

        x: Theme.margin
        y: keyboard.y - height - Theme.u(screen.portrait ? 48 : 16)
        width: Math.min(screen.room, Theme.u(900))
        height: slots.height + Theme.u(8) + help.height

        CodeSlots {
            id: slots

            objectName: "codeSlots"
            width: parent.width
            height: Theme.u(80)
            text: screen.code.text
            wrong: screen.code.wrong
        }

        Row {
            id: help

            y: slots.height + Theme.u(8)
            spacing: Theme.u(10)

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: screen.code.wrong
                name: "warning"
                size: 26
            }

            Label {
                objectName: "codeHelp"
                width: Math.min(implicitWidth, entry.width - Theme.u(36))
                role: screen.code.wrong ? Type.note : Type.small
                color: screen.code.wrong ? Theme.ink : Theme.ink2
                text: screen.code.help
                wrapMode: Text.WordWrap
            }
        }
    }

    CodeKeyboard {
        id: keyboard

        y: parent.height - height
        width: parent.width
        nextLabel: screen.code.next_label
        eraseLabel: screen.code.erase_label
        ready: screen.code.complete
        onTyped: character => screen.code.type_key(character)
        onErased: screen.code.erase()
        onConfirmed: screen.code.confirm()
    }
}
