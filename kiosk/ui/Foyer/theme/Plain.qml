TypeRole {
    family: "Hanken Grotesk"
    weight: 500
}
