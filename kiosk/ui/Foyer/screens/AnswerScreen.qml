import QtQuick
import Foyer
import Foyer.Models

// The answer to a code: a field in its colour with a door that says it, and what to do beside it.
Item {
    id: screen

    required property AppViewModel app
    readonly property AnswerViewModel answer: app.answer
    readonly property bool portrait: height > width
    readonly property real fieldWidth: portrait ? width : Math.round(width * 0.625)
    readonly property real fieldHeight: portrait
        ? Theme.u(Math.min(860, 776 + (height / Theme.unit - 1280) * 0.6)) : height

    // The colour that was shown last, and whether it still is: a new answer grows over it.
    property color lastColour: Theme.wall
    property bool fresh: true

    function grow() {
        under.color = fresh ? Theme.wall : lastColour;
        fresh = false;
        lastColour = field.color;
        growth.restart();
    }

    objectName: "answerScreen"

    onVisibleChanged: {
        if (!visible)
            fresh = true;
    }
    Component.onCompleted: {
        if (visible)
            grow();
    }

    Connections {
        target: screen.answer

        function onSerial_changed() {
            screen.grow();
        }
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.wall
    }

    Rectangle {
        id: under

        width: screen.fieldWidth
        height: screen.fieldHeight
        color: Theme.wall
    }

    AnswerField {
        id: field

        answer: screen.answer
        portrait: screen.portrait
        fullWidth: screen.fieldWidth
        fullHeight: screen.fieldHeight
        width: screen.portrait ? fullWidth : fullWidth * shown
        height: screen.portrait ? fullHeight * shown : fullHeight
    }

    AnswerSide {
        app: screen.app
        portrait: screen.portrait
        x: screen.portrait ? Theme.u(60) : screen.fieldWidth + Theme.u(40)
        y: screen.portrait ? screen.fieldHeight + Theme.u(32) : Theme.u(48)
        width: screen.portrait ? screen.width - Theme.u(120) : screen.width - x - Theme.margin
        height: screen.height - y - Theme.u(screen.portrait ? 36 : 48)
    }

    ParallelAnimation {
        id: growth

        NumberAnimation {
            target: field
            property: "shown"
            from: Theme.reduced ? 1 : 0
            to: 1
            duration: Theme.answer
            easing.type: Easing.OutCubic
        }

        SequentialAnimation {
            PropertyAction { target: field; property: "voice"; value: 0.02 }
            PauseAnimation { duration: Theme.motion(120) }
            NumberAnimation {
                target: field
                property: "voice"
                to: 1
                duration: Theme.reduced ? Theme.fade : 160
            }
        }
    }
}
