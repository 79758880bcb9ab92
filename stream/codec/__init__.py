"""Events to and from Kafka records."""
