import QtQml

// One row of the type scale: sizes in units, tracking and word spacing as shares of the size.
QtObject {
    required property string family
    required property int weight
    required property real size
    required property real line
    property real tracking: 0
    property real words: 0
    // Ascent plus descent of the face as a share of its size; centres a line in its line height.
    readonly property real natural: family === "Bricolage Grotesque" ? 1.2 : 1.303
}
