import Foyer

Icon {
    name: "brick-mark"
    weight: "brand"
    tone: Theme.accent
    size: 44
}
