pragma ComponentBehavior: Bound

import QtQuick
import Foyer
import Foyer.Models

// The answer itself: sentence, picture and the reason or the way, on the colour of the answer.
Rectangle {
    id: field

    required property AnswerViewModel answer
    required property bool portrait
    required property real fullWidth
    required property real fullHeight
    // How far the field has grown, and how far its words have faded in: 0..1.
    property real shown: 1
    property real voice: 1
    readonly property string tone: answer.tone
    readonly property color inkHere: tone === "later" ? Theme.laterInk : Theme.welcomeInk
    readonly property color floorColour: tone === "welcome" ? Theme.welcomeFloor
                                       : tone === "later" ? Theme.laterFloor : Theme.jamFloor
    readonly property real floorLine: fullHeight - Theme.u(portrait ? 86 : 87)
    readonly property real pictureTop: floorLine - Theme.u(tone === "welcome" ? 330 : 302)
    readonly property real textWidth: fullWidth - Theme.u(96)

    color: tone === "welcome" ? Theme.welcome : tone === "later" ? Theme.later : Theme.jam
    clip: true

    Rectangle {
        y: field.floorLine
        width: field.fullWidth
        height: field.fullHeight - y
        color: field.floorColour
    }

    AnswerPicture {
        answer: field.answer
        fieldWidth: field.fullWidth
        floorLine: field.floorLine
        floorDepth: field.fullHeight - field.floorLine
    }

    Column {
        id: words

        // The largest size in which the first clause keeps to its lines: one large, else two.
        readonly property TypeRole bigRole: field.tone === "welcome" && wide.implicitWidth <= field.textWidth
            ? Type.answer
            : medium.lineCount <= 2 ? Type.answerLong : Type.answerLongest

        x: Theme.u(60)
        y: Theme.u(60)
        width: field.textWidth
        spacing: Theme.u(20)
        opacity: field.voice

        Label {
            id: big

            objectName: "answerBig"
            width: parent.width
            role: words.bigRole
            color: field.inkHere
            text: field.answer.big
            wrapMode: Text.WordWrap
            Accessible.role: Accessible.AlertMessage
            Accessible.name: text + " " + field.answer.rest
        }

        Label {
            objectName: "answerRest"
            width: parent.width - Theme.u(12)
            visible: text !== ""
            role: big.y + big.height + Theme.u(20) + measure.implicitHeight
                  > field.pictureTop - words.y - Theme.u(field.tone === "jam" ? 64 : 20)
                  ? Type.second : Type.answerRest
            color: field.inkHere
            text: field.answer.rest
            wrapMode: Text.WordWrap
        }
    }

    Label {
        id: wide

        visible: false
        role: Type.answer
        text: field.answer.big
    }

    Label {
        id: medium

        visible: false
        width: field.textWidth
        role: Type.answerLong
        text: field.answer.big
        wrapMode: Text.WordWrap
    }

    Label {
        id: measure

        visible: false
        width: field.textWidth - Theme.u(12)
        role: Type.answerRest
        text: field.answer.rest
        wrapMode: Text.WordWrap
    }

    Column {
        x: Theme.u(336)
        y: Math.min(field.floorLine - Theme.u(260), field.floorLine - height - Theme.u(24))
        width: field.fullWidth - x - Theme.u(32)
        visible: field.tone === "welcome"
        opacity: field.voice

        Repeater {
            model: field.answer.steps

            WayStep {
                id: step

                required property int index
                required property string sign
                required property string words
                required property bool arrived

                width: parent?.width ?? 0
                icon: step.sign
                text: step.words
                first: step.index === 0
                last: step.arrived
            }
        }
    }

    Column {
        x: Theme.u(330)
        y: field.floorLine - Theme.u(222)
        width: field.fullWidth - x - Theme.u(32)
        visible: field.tone === "later"
        opacity: field.voice

        Repeater {
            model: field.answer.facts

            FactRow {
                id: fact

                required property string sign
                required property string name
                required property string words

                width: parent?.width ?? 0
                icon: fact.sign
                label: fact.name
                value: fact.words
            }
        }
    }
}
