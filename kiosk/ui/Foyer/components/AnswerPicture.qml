import QtQuick
import Foyer
import Foyer.Models

// The door that is the answer, standing on the floor line; a house without doors has its window.
Item {
    id: picture

    required property AnswerViewModel answer
    required property real fieldWidth
    required property real floorLine
    required property real floorDepth
    readonly property string kind: answer.picture

    function play() {
        if (kind === "open")
            opening.restart();
        else if (kind === "clock")
            turning.restart();
        else if (kind === "jammed")
            tilting.restart();
        else if (kind === "window")
            dawn.restart();
        else
            door.openness = 0;
    }

    Component.onCompleted: play()

    Connections {
        target: picture.answer

        function onSerial_changed() {
            opening.stop();
            door.openness = 0;
            picture.play();
        }

        function onPicture_changed() {
            picture.play();
        }
    }

    OpenDoor {
        id: door

        objectName: "openDoor"
        visible: picture.kind === "open" || picture.kind === "closed"
        x: Theme.u(72)
        y: picture.floorLine - height
        width: Theme.u(200)
        height: Theme.u(320)
        floorDepth: picture.floorDepth
        openness: 0
    }

    ClockDoor {
        id: clock

        objectName: "clockDoor"
        visible: picture.kind === "clock"
        x: Theme.u(72)
        y: picture.floorLine - height
        width: Theme.u(184)
        height: Theme.u(290)
        minutes: picture.answer.clock_minutes
    }

    LoftWindow {
        id: loft

        objectName: "loftWindow"
        visible: picture.kind === "window"
        x: Theme.u(72)
        y: picture.floorLine - height - sill
        width: Theme.u(200)
        height: Theme.u(250)
        floorDepth: picture.floorDepth
        frame: picture.answer.tone === "later" ? Theme.laterFloor : Theme.welcomeFloor
    }

    Item {
        visible: picture.kind === "jammed"

        Label {
            x: Theme.u(60)
            y: picture.floorLine - Theme.u(350)
            role: Type.doorName
            color: Theme.jamInk
            text: picture.answer.this_door
        }

        JammedDoor {
            id: jammed

            objectName: "jammedDoor"
            x: Theme.u(72)
            y: picture.floorLine - height
            width: Theme.u(176)
            height: Theme.u(290)
        }

        WayArrow {
            visible: other.visible
            x: jammed.x + jammed.width + Theme.u(56)
            y: picture.floorLine - Theme.u(168) - height / 2
            width: other.x - Theme.u(66) - x
            height: Theme.u(92)
        }

        Label {
            x: other.x - Theme.u(10)
            y: picture.floorLine - Theme.u(350)
            visible: other.visible
            role: Type.doorName
            color: Theme.jamInk
            text: picture.answer.other_door
        }

        OpenDoor {
            id: other

            visible: picture.answer.other_door !== ""
            x: picture.fieldWidth - Theme.u(252)
            y: picture.floorLine - height
            width: Theme.u(176)
            height: Theme.u(290)
            floorDepth: picture.floorDepth
            frame: Theme.jamFloor
            hingeRight: true
            spillNear: -0.5
            spillFar: 1.1
        }
    }

    SequentialAnimation {
        id: opening

        PauseAnimation { duration: Theme.motion(120) }
        NumberAnimation {
            target: door
            property: "openness"
            to: 1
            duration: Theme.door
            easing.type: Easing.OutQuint
        }
    }

    NumberAnimation {
        id: turning

        target: clock
        property: "turned"
        from: Theme.reduced ? 1 : 0
        to: 1
        duration: Theme.clock
        easing.type: Easing.OutCubic
    }

    NumberAnimation {
        id: tilting

        target: jammed
        property: "tilt"
        from: Theme.reduced ? 5 : 0
        to: 5
        duration: Theme.tilt
        easing.type: Easing.OutBack
    }

    NumberAnimation {
        id: dawn

        target: loft
        property: "light"
        from: Theme.reduced ? 1 : 0
        to: 1
        duration: Theme.door
        easing.type: Easing.OutCubic
    }
}
