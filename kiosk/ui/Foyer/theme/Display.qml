TypeRole {
    family: "Bricolage Grotesque"
    weight: 600
    words: 0.03
}
