pragma Singleton

import QtQuick

// Every colour, duration and the one scale of the kiosk. Main sets `dark`, `reduced` and `unit`;
// nothing else is ever written. Contrast of each pair was computed for both themes.
QtObject {
    property bool dark: false
    property bool reduced: false
    // Pixels of one unit: the short side of the window is always 800 units.
    property real unit: 1

    readonly property color wall: dark ? "#1A1512" : "#F1EDE6"
    readonly property color paper: dark ? "#28211C" : "#FFFFFF"
    readonly property color sunk: dark ? "#120E0B" : "#E7E1D7"
    readonly property color sun: dark ? "#221B16" : "#F9F5EA"
    readonly property color ink: dark ? "#F6F0E6" : "#221C17"
    readonly property color ink2: dark ? "#C4B8A9" : "#5E544A"
    readonly property color edge: dark ? "#8C7F72" : "#857A6E"
    readonly property color hair: dark ? "#3A312A" : "#DCD4C8"

    readonly property color accent: dark ? "#BE4929" : "#A23B22"
    readonly property color accentInk: "#FFFFFF"
    readonly property color accentDeep: dark ? "#772E1A" : "#742A18"
    readonly property color accentText: dark ? "#E4927B" : "#A23B22"

    readonly property color counter: dark ? "#3B2B1F" : "#DDBF93"
    readonly property color counterEdge: dark ? "#5A4330" : "#B98F5C"
    readonly property color counterInk: dark ? "#F1E4D1" : "#221C17"

    readonly property color welcome: dark ? "#256B51" : "#1E5A44"
    readonly property color welcomeFloor: dark ? "#174534" : "#154233"
    readonly property color welcomeLine: dark ? "#93CDB4" : "#8FC3AC"
    readonly property color welcomeInk: "#FFFFFF"
    readonly property color later: dark ? "#E3A53A" : "#F2B84B"
    readonly property color laterFloor: dark ? "#BD8321" : "#D99A27"
    readonly property color laterLeaf: dark ? "#6F4700" : "#8A5A00"
    readonly property color laterInk: "#2A1D05"
    readonly property color jam: dark ? "#35597A" : "#27445C"
    readonly property color jamFloor: dark ? "#223D56" : "#1B3145"
    readonly property color jamLine: dark ? "#A9C7E0" : "#9DBAD2"
    readonly property color jamLeaf: "#7F9DB6"
    readonly property color jamDark: "#0F1D2A"
    readonly property color jamInk: "#FFFFFF"

    readonly property color light: dark ? "#F3DFB0" : "#F8EBC8"
    readonly property color lightInk: "#1E5A44"
    readonly property color wood: "#A56F3C"
    readonly property color woodEdge: "#7C5129"
    readonly property color plate: "#FFFFFF"
    readonly property color plateInk: "#221C17"
    readonly property color shade: "#1A1512"
    readonly property color shadeInk: "#F6F0E6"

    readonly property int margin: u(48)
    readonly property int press: 80
    readonly property int release: 120
    readonly property int fade: 120
    readonly property int screen: motion(220)
    readonly property int answer: motion(320)
    readonly property int door: motion(420)
    readonly property int clock: motion(360)
    readonly property int tilt: motion(260)

    // Units to whole pixels.
    function u(units: real): int {
        return Math.round(units * unit);
    }

    // How long a movement lasts; with reduced motion nothing moves and only fades are left.
    function motion(ms: int): int {
        return reduced ? 0 : ms;
    }

    // A colour as the icon provider wants it: six hexadecimal digits.
    function hex(value: color): string {
        return value.toString().slice(-6);
    }
}
