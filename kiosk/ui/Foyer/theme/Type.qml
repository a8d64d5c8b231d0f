pragma Singleton

import QtQml

// The type scale. Sizes are units, never pixels.
QtObject {
    readonly property TypeRole answer: Display { size: 96; line: 96; tracking: -0.028 }
    readonly property TypeRole answerLong: Display { size: 74; line: 77; tracking: -0.028 }
    readonly property TypeRole answerLongest: Display { size: 64; line: 67; tracking: -0.026 }
    readonly property TypeRole answerRest: Display { size: 46; line: 57; weight: 500; tracking: -0.008 }
    readonly property TypeRole bigNumber: Display { size: 96; line: 96; tracking: -0.02 }
    readonly property TypeRole count: Display { size: 92; line: 92; tracking: -0.02 }
    readonly property TypeRole question: Display { size: 60; line: 68; weight: 500; tracking: -0.02 }
    readonly property TypeRole greeting: Display { size: 68; line: 72; tracking: -0.025 }
    readonly property TypeRole lead: Display { size: 60; line: 62; tracking: -0.025 }
    readonly property TypeRole second: Display { size: 36; line: 44; weight: 500; tracking: -0.014 }
    readonly property TypeRole remedy: Display { size: 32; line: 36; tracking: -0.012 }
    readonly property TypeRole tile: Display { size: 29; line: 32; tracking: -0.012 }
    readonly property TypeRole brand: Display { size: 28; line: 34; tracking: -0.01 }
    readonly property TypeRole brandSmall: Display { size: 24; line: 30; tracking: -0.01 }
    readonly property TypeRole clock: Plain { size: 40; line: 48; weight: 600; tracking: -0.01 }
    readonly property TypeRole clockSmall: Plain { size: 32; line: 38; weight: 600; tracking: -0.01 }
    readonly property TypeRole key: Plain { size: 32; line: 38 }
    readonly property TypeRole code: Plain { size: 44; line: 52; weight: 600 }
    readonly property TypeRole wayStep: Plain { size: 29; line: 34; weight: 600 }
    readonly property TypeRole row: Plain { size: 24; line: 30; weight: 600 }
    readonly property TypeRole rowPlain: Plain { size: 24; line: 30 }
    readonly property TypeRole doorName: Plain { size: 26; line: 32; weight: 600 }
    readonly property TypeRole largeButton: Plain { size: 28; line: 34; weight: 600 }
    readonly property TypeRole wideButton: Plain { size: 26; line: 32; weight: 600 }
    readonly property TypeRole button: Plain { size: 22; line: 28; weight: 600 }
    readonly property TypeRole label: Plain { size: 22; line: 28; weight: 600 }
    readonly property TypeRole body: Plain { size: 22; line: 28 }
    readonly property TypeRole note: Plain { size: 20; line: 24; weight: 600 }
    readonly property TypeRole small: Plain { size: 20; line: 26 }
}
