"""Kafka clients, topics and a broker to try things on; for the service and the command line."""
