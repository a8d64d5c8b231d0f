"""What people see: a QML module and typed view-models that turn facts into finished sentences."""
