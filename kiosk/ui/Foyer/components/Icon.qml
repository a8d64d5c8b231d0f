import QtQuick
import Foyer

// One icon of the house set in a token's colour, drawn at its final pixel size.
Image {
    property string name
    property string weight: "regular"
    property color tone: Theme.ink
    property real size: 28

    width: Theme.u(size)
    height: width
    sourceSize: Qt.size(width, height)
    source: name === "" ? "" : `image://icon/${name}/${weight}/${Theme.hex(tone)}`
}
