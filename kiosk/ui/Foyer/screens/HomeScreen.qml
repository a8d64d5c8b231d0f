import QtQuick
import Foyer
import Foyer.Models

// At rest: the greeting, the place to hold up a code, two bricks, and what is free now.
Item {
    id: screen

    required property AppViewModel app
    required property real counterTop
    readonly property HomeViewModel home: app.home
    readonly property bool portrait: height > width
    readonly property real leftWidth: portrait ? width - 2 * Theme.margin
                                               : Math.round(width * 508 / 1280)
    readonly property real rightX: portrait ? Theme.margin : Theme.margin + leftWidth + Theme.u(36)
    readonly property real rightWidth: width - rightX - Theme.margin
    readonly property real lowest: counterTop - Theme.u(28)

    objectName: "homeScreen"

    WindowLight {
        anchors.fill: parent
        hour: screen.home.hour
        windows: screen.portrait
            ? [Qt.rect(420, -60, 340, 560), Qt.rect(60, 690, 420, 560)]
            : [Qt.rect(screen.rightX / Theme.unit + 98, -60, 340, 560),
               Qt.rect(screen.rightX / Theme.unit + 538, -90, 340, 560)]
    }

    Header {
        x: Theme.margin
        y: Theme.u(32)
        width: parent.width - 2 * Theme.margin
        context: screen.portrait ? screen.app.date_short : screen.app.date
        clock: screen.app.clock
        language: screen.app.other_language
        onLanguageTapped: screen.app.switch_language()

        Brand {
            anchors.verticalCenter: parent.verticalCenter
            name: screen.app.house
        }
    }

    Column {
        id: greeting

        x: Theme.margin
        y: Theme.u(screen.portrait ? 128 : 124)
        width: screen.leftWidth
        spacing: Theme.u(8)

        Label {
            objectName: "greeting"
            width: parent.width
            role: Type.greeting
            text: screen.home.greeting
        }

        Label {
            width: parent.width
            role: Type.second
            text: screen.home.invitation
            wrapMode: Text.WordWrap
        }
    }

    Item {
        id: place

        x: Theme.margin
        y: screen.portrait ? Math.max(Theme.u(276), greeting.y + greeting.height + Theme.u(28))
                           : Math.max(Theme.u(320), greeting.y + greeting.height + Theme.u(28))
        width: screen.leftWidth
        // In portrait a counter of several rows takes half of what it needs from here.
        height: screen.portrait
            ? Theme.u(Math.min(440, 356 + screen.height / Theme.unit - 1280))
              - (screen.height - screen.counterTop - Theme.u(56)) / 2
            : screen.lowest - y

        CameraView {
            objectName: "camera"
            anchors.fill: parent
            visible: screen.home.camera !== "none"
            live: screen.home.camera === "live"
            found: screen.app.screen !== "home"
            frame: screen.home.frame
            caption: screen.home.caption
            codeLabel: screen.home.code_label
            onCodeTapped: screen.app.open_code(false)
        }

        CodeInvitation {
            objectName: "codeInvitation"
            anchors.fill: parent
            anchors.bottomMargin: Theme.u(4)
            visible: screen.home.camera === "none"
            label: screen.home.code_label
            note: screen.home.code_note
            onTapped: screen.app.open_code(false)
        }
    }

    Row {
        id: tiles

        readonly property bool both: screen.home.camera !== "none"
        readonly property real room: screen.rightWidth - (both ? spacing : 0)

        x: screen.rightX
        y: screen.portrait ? place.y + place.height + Theme.u(28) : Theme.u(132)
        spacing: Theme.u(16)

        Tile {
            objectName: "typeCode"
            visible: tiles.both
            width: tiles.room * 9 / 20
            height: Theme.u(screen.portrait ? 120 : 136)
            primary: true
            icon: "keyboard"
            label: screen.home.code_label
            note: screen.home.code_short
            onTapped: screen.app.open_code(false)
        }

        Tile {
            objectName: "leave"
            width: tiles.both ? tiles.room * 11 / 20 : tiles.room
            height: Theme.u(screen.portrait ? 120 : 136)
            icon: "sign-out"
            label: screen.home.leave_label
            note: screen.home.leave_note
            onTapped: screen.app.open_code(true)
        }
    }

    FreeNow {
        x: screen.rightX
        y: tiles.y + tiles.height + Theme.u(screen.portrait ? 32 : 40)
        width: screen.rightWidth
        height: screen.lowest - y
        heading: screen.home.free_label
        nobody: screen.home.free_none
        rooms: screen.home.rooms
        hours: screen.home.hours
        now: screen.home.now
    }
}
