pragma ComponentBehavior: Bound

import QtQuick
import Foyer
import Foyer.Models

// The one window: sets the scale once, keeps the counter in its place and shows one screen.
Window {
    id: window

    required property AppViewModel app
    readonly property real unit: Math.max(0.25, Math.min(width, height) / 800)
    readonly property string screen_name: app.screen

    objectName: "window"
    width: 1280
    height: 800
    color: Theme.wall
    title: app.house

    Binding { target: Theme; property: "unit"; value: window.unit }
    Binding { target: Theme; property: "dark"; value: window.app.dark }
    Binding { target: Theme; property: "reduced"; value: window.app.reduced }

    HomeScreen {
        anchors.fill: parent
        app: window.app
        counterTop: counter.y
        visible: window.screen_name === "home"
    }

    Stage {
        anchors.fill: parent
        shown: window.screen_name === "party"
        early: settle.done

        sourceComponent: PartyScreen {
            app: window.app
            counterTop: counter.y
        }
    }

    StatusLine {
        id: counter

        y: window.height - height
        visible: window.screen_name === "home" || window.screen_name === "party"
        width: window.width
        height: implicitHeight
        icon: window.screen_name === "party" ? "info" : window.app.status.icon
        sentence: window.screen_name === "party" ? window.app.party.hint : window.app.status.sentence
        urgent: window.screen_name !== "party" && window.app.status.urgent
        parts: window.screen_name === "party" ? null : window.app.status.parts
    }

    Stage {
        anchors.fill: parent
        shown: window.screen_name === "code"
        early: settle.done

        sourceComponent: CodeScreen {
            app: window.app
        }
    }

    Loader {
        id: answer

        readonly property bool shown: window.screen_name === "answer"

        anchors.fill: parent
        active: shown || settle.done || item !== null
        visible: shown

        sourceComponent: AnswerScreen {
            app: window.app
        }
    }

    // Against burn-in: the kiosk rests dim until somebody comes.
    Rectangle {
        anchors.fill: parent
        visible: opacity > 0
        color: "#000000"
        opacity: window.app.resting ? 0.55 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.motion(400) }
        }
    }

    // The screens that are not seen first are made after the first picture stands.
    Timer {
        id: settle

        property bool done: false

        interval: 400
        running: true
        onTriggered: done = true
    }
}
