"""A streaming page cleaner: raw pages in from Kafka, clean articles with linked entities out."""

__version__ = "0.1.0"
