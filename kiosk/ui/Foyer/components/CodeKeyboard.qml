pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// The keyboard for short codes: the 32 characters they are made of, backspace and next.
Rectangle {
    id: keyboard

    property string characters: "0123456789ABCDEFGHIJKLMNOPQRSTUV"
    property string nextLabel
    property string eraseLabel
    property bool ready: false
    readonly property int columns: width < Theme.u(1000) ? 8 : 10
    readonly property int rows: Math.floor(characters.length / columns)
    readonly property real gap: Theme.u(10)
    readonly property real keyWidth: (width - 2 * Theme.margin - gap * (columns - 1)) / columns
    readonly property string rest: characters.slice(rows * columns)

    signal typed(character: string)
    signal erased
    signal confirmed

    implicitHeight: (rows + 1) * (Theme.u(68) + gap) - gap + Theme.u(44)
    color: Theme.sunk

    Grid {
        id: grid

        x: Theme.margin
        y: Theme.u(20)
        columns: keyboard.columns
        spacing: keyboard.gap

        Repeater {
            model: keyboard.characters.slice(0, keyboard.rows * keyboard.columns).split("")

            Key {
                required property string modelData

                objectName: "key" + modelData
                width: keyboard.keyWidth
                height: implicitHeight
                text: modelData
                spoken: modelData
                onTapped: keyboard.typed(modelData)
            }
        }
    }

    Row {
        id: last

        x: Theme.margin
        y: grid.y + grid.height + keyboard.gap
        spacing: keyboard.gap

        Repeater {
            model: keyboard.rest.split("")

            Key {
                required property string modelData

                objectName: "key" + modelData
                width: keyboard.keyWidth
                height: implicitHeight
                text: modelData
                spoken: modelData
                onTapped: keyboard.typed(modelData)
            }
        }
    }

    Key {
        objectName: "erase"
        anchors.right: next.left
        anchors.rightMargin: keyboard.gap
        y: last.y
        width: keyboard.keyWidth * 2 + keyboard.gap
        height: implicitHeight
        icon: "backspace"
        spoken: keyboard.eraseLabel
        onTapped: keyboard.erased()
    }

    PrimaryButton {
        id: next

        objectName: "confirm"
        anchors.right: parent.right
        anchors.rightMargin: Theme.margin
        y: last.y
        width: keyboard.keyWidth * 3 + keyboard.gap * 2
        height: implicitHeight
        icon: "arrow-right"
        label: keyboard.nextLabel
        ready: keyboard.ready
        onTapped: keyboard.confirmed()
    }
}
