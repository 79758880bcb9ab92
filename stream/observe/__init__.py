"""Metrics, health, traces and logs of a worker."""
