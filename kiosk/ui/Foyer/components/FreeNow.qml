pragma ComponentBehavior: Bound

import QtQuick
import Foyer

// What is free now: up to six rooms in two columns, as many as there is room for.
Item {
    id: free

    property string heading
    property string nobody
    property var rooms: null
    // Hour labels of the day under each column: {"text": "12", "share": 0..1}.
    property var hours: []
    property real now: -1
    readonly property real gap: Theme.u(28)
    readonly property real column: (width - gap) / 2
    readonly property real listTop: title.height + Theme.u(12)
    readonly property real axis: Theme.u(30)
    readonly property real least: Theme.u(92)
    readonly property int fits: Math.max(1, Math.floor((height - listTop - axis) / least))
    readonly property int lines: Math.min(fits, Math.ceil(list.count / 2))
    readonly property real pitch: Math.min(Theme.u(108),
                                           (height - listTop - axis + Theme.u(8)) / Math.max(1, lines))

    Label {
        id: title

        role: Type.label
        color: Theme.ink2
        text: free.heading
    }

    Label {
        y: free.listTop
        width: parent.width
        visible: free.nobody !== ""
        role: Type.second
        text: free.nobody
        wrapMode: Text.WordWrap
    }

    Repeater {
        id: list

        model: free.rooms

        RoomFree {
            id: entry

            required property int index
            required property string title
            required property string note
            required property var bricks

            objectName: "room" + index
            x: (index % 2) * (free.column + free.gap)
            y: free.listTop + Math.floor(index / 2) * free.pitch
            width: free.column
            visible: index < free.lines * 2
            name: entry.title
            until: entry.note
            course: entry.bricks
            now: free.now
        }
    }

    Repeater {
        model: list.count > 1 ? 2 : list.count

        Item {
            id: axisLine

            required property int index

            x: index * (free.column + free.gap)
            y: free.listTop + free.lines * free.pitch - Theme.u(18)
            width: free.column

            Repeater {
                model: free.hours

                Label {
                    required property var modelData

                    x: Math.max(0, Math.min(axisLine.width - width,
                                            modelData.share * axisLine.width - width / 2))
                    role: Type.small
                    color: Theme.ink2
                    text: modelData.text
                }
            }
        }
    }
}
