pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// Ten places in two groups of five; a typed character stands in each, a caret in the next.
Row {
    id: slots

    property string text
    property bool wrong: false
    readonly property real slotWidth: (width - 9 * spacing - gap) / 10
    readonly property real gap: Theme.u(20)

    spacing: Theme.u(8)

    Repeater {
        model: 10

        Item {
            id: slot

            required property int index
            readonly property bool next: index === slots.text.length

            width: slots.slotWidth + (index === 4 ? slots.gap : 0)
            height: Theme.u(80)

            Rectangle {
                width: slots.slotWidth
                height: parent.height
                radius: Theme.u(14)
                color: Theme.paper
                border.width: Theme.u(slot.next || slots.wrong ? 4 : 2)
                border.color: slots.wrong ? Theme.ink : slot.next ? Theme.accentText : Theme.edge

                Label {
                    anchors.centerIn: parent
                    role: Type.code
                    text: slots.text.charAt(slot.index)
                }
            }
        }
    }
}
