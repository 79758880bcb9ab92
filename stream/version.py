"""The package's version; what a change of it means stands in CHANGELOG.md."""

__version__ = "0.1.0"
