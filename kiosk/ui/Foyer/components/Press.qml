import QtQuick
import Foyer

// What can be pressed: a face on a ledge that goes down 3 units under the finger.
Item {
    id: press

    property color face: Theme.paper
    property color ledgeColour: Theme.edge
    property real ledge: 4
    property real corner: 18
    property color border: "transparent"
    property string spoken
    readonly property bool down: area.pressed
    default property alias content: plate.data

    signal tapped

    activeFocusOnTab: enabled
    Accessible.role: Accessible.Button
    Accessible.name: spoken
    Accessible.onPressAction: press.tapped()
    Keys.onReturnPressed: press.tapped()
    Keys.onSpacePressed: press.tapped()

    Rectangle {
        visible: press.ledge > 0 && press.enabled
        y: Theme.u(press.ledge)
        width: press.width
        height: press.height
        radius: Theme.u(press.corner)
        color: press.ledgeColour
    }

    Rectangle {
        id: plate

        width: press.width
        height: press.height
        radius: Theme.u(press.corner)
        color: press.face
        border.width: press.activeFocus ? Theme.u(4) : press.border.a > 0 ? Theme.u(2) : 0
        border.color: press.activeFocus ? Theme.accentText : press.border
        y: area.pressed ? Theme.u(press.ledge > 0 ? 3 : 1) : 0

        Behavior on y {
            NumberAnimation {
                duration: area.pressed ? Theme.press : Theme.release
                easing.type: area.pressed ? Easing.Linear : Easing.OutCubic
            }
        }
    }

    MouseArea {
        id: area

        anchors.fill: parent
        onClicked: press.tapped()
    }
}
