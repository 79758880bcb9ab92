"""Who, what organisation, where: from an article to entities that can be trusted; imports no Kafka, no metrics."""
