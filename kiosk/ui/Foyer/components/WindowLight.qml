import QtQuick
import QtQuick.Shapes
import Foyer

// Daylight on the wall: slanted window panes in flat colour, at one of twelve places by the hour.
Item {
    id: light

    property int hour: 8
    // Where the windows throw their light, in units.
    required property list<rect> windows
    property int shown: 8

    function panes(window: rect, shift: real): var {
        const columns = 3, rows = 4, gap = 16, slant = -150;
        const wide = (window.width - gap * (columns - 1)) / columns;
        const high = (window.height - gap * (rows - 1)) / rows;
        const place = (a, b) => Qt.point(
            (window.x + shift + a + slant * (b / window.height)) * Theme.unit,
            (window.y + b - a * 0.12) * Theme.unit);
        const all = [];
        for (let row = 0; row < rows; row++) {
            for (let column = 0; column < columns; column++) {
                const a = column * (wide + gap), b = row * (high + gap);
                all.push([place(a, b), place(a + wide, b), place(a + wide, b + high),
                          place(a, b + high), place(a, b)]);
            }
        }
        return all;
    }

    function allPanes(windows: list<rect>, shift: real): var {
        let all = [];
        for (let place = 0; place < windows.length; place++)
            all = all.concat(panes(windows[place], shift));
        return all;
    }

    // From 6 to 18 o'clock the light wanders; before and after it stands still.
    function shiftAt(hour: int): real {
        return (Math.max(6, Math.min(17, hour)) - 8) * 14;
    }

    onHourChanged: {
        if (Theme.reduced || Math.abs(hour - shown) > 1)
            shown = hour;
        else
            wander.restart();
    }

    Shape {
        anchors.fill: parent

        ShapePath {
            fillColor: Theme.sun
            strokeColor: "transparent"

            PathMultiline {
                paths: light.allPanes(light.windows, light.shiftAt(light.shown))
            }
        }
    }

    SequentialAnimation {
        id: wander

        NumberAnimation { target: light; property: "opacity"; to: 0.02; duration: 1000 }
        ScriptAction { script: light.shown = light.hour }
        NumberAnimation { target: light; property: "opacity"; to: 1; duration: 1000 }
    }
}
