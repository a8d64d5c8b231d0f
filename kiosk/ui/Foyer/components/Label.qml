import QtQuick
import Foyer

// Text in one role of the type scale, its lines centred in their line height.
Text {
    property TypeRole role: Type.body
    readonly property int px: Theme.u(role.size)
    // Qt sets a line at the top of its line height and counts the last one at its natural height:
    // half of what is left over goes above it, and the text is as high as its lines.
    readonly property real slack: (Theme.u(role.line) - px * role.natural) / 2

    color: Theme.ink
    font.family: role.family
    font.weight: role.weight
    font.pixelSize: px
    font.letterSpacing: role.tracking * px
    font.wordSpacing: role.words * px
    lineHeightMode: Text.FixedHeight
    lineHeight: Theme.u(role.line)
    topPadding: slack
    bottomPadding: -Math.abs(slack)
    textFormat: Text.PlainText
}
