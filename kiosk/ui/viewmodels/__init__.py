"""View-models: frozen inputs in, frozen props out, one signal per changed field."""

QML_MODULE = "Foyer.Models"
