"""From the bytes of a page to the article in it; imports no Kafka, no metrics."""
