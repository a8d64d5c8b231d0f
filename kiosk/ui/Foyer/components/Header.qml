import QtQuick
import Foyer

// The top of every screen: on the left what is given, on the right the context and the clock.
Item {
    id: header

    property string context
    property string clock
    property string language
    default property alias content: left.data

    signal languageTapped

    height: Theme.u(64)

    Item {
        id: left

        height: parent.height
        width: childrenRect.width
    }

    Row {
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.u(20)

        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, header.width - left.width - time.width
                            - (other.visible ? other.width + Theme.u(28) : 0) - Theme.u(60))
            role: Type.rowPlain
            color: Theme.ink2
            text: header.context
            elide: Text.ElideRight
        }

        Label {
            id: time

            anchors.verticalCenter: parent.verticalCenter
            role: Type.clock
            text: header.clock
        }

        Item {
            visible: other.visible
            width: Theme.u(8) + other.width - parent.spacing + Theme.u(20)
            height: header.height

            OutlineButton {
                id: other

                anchors.right: parent.right
                objectName: "language"
                visible: header.language !== ""
                icon: "globe"
                label: header.language
                onTapped: header.languageTapped()
            }
        }
    }
}
