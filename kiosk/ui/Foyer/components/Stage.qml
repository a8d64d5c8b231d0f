import QtQuick
import Foyer

// A screen that is made when it is first needed and comes in with a fade and a small slide.
Loader {
    id: stage

    property bool shown: false
    // Set once the first picture stands: then the screens not seen yet are made.
    property bool early: false
    property real arrived: 1

    active: shown || early || item !== null
    visible: shown
    opacity: arrived
    onShownChanged: {
        if (shown)
            arrival.restart();
    }

    transform: Translate {
        x: (1 - stage.arrived) * (Theme.reduced ? 0 : Theme.u(24))
    }

    // Not from 0: the software renderer forgets what was wholly transparent.
    NumberAnimation {
        id: arrival

        target: stage
        property: "arrived"
        from: 0.02
        to: 1
        duration: Theme.reduced ? Theme.fade : 220
        easing.type: Easing.OutCubic
    }
}
