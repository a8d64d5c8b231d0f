import QtQuick
import Foyer

// A room that is free now: its name, until when, and the rest of its day.
Column {
    id: room

    property string name
    property string until
    property var course: []
    property real now: -1

    Accessible.role: Accessible.StaticText
    Accessible.name: name + ", " + until

    Label {
        width: parent.width
        role: Type.label
        text: room.name
        elide: Text.ElideRight
    }

    Label {
        width: parent.width
        role: Type.small
        color: Theme.ink2
        text: room.until
        elide: Text.ElideRight
    }

    Item {
        width: 1
        height: Theme.u(12)
    }

    AvailabilityBar {
        width: parent.width
        course: room.course
        now: room.now
    }
}
