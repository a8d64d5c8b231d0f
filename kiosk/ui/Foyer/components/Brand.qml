import QtQuick
import Foyer

// The house: its mark and its name.
Row {
    id: brand

    property string name
    property bool small: false

    spacing: Theme.u(14)

    BrickMark {
        anchors.verticalCenter: parent.verticalCenter
        size: brand.small ? 36 : 44
    }

    Label {
        anchors.verticalCenter: parent.verticalCenter
        role: brand.small ? Type.brandSmall : Type.brand
        text: brand.name
    }
}
