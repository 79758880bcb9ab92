"""What ``clean --jsonl`` calls an outcome, and ``diff`` reads: the word for a dead letter without Kafka is "failed"."""

from stream.outcome import OutcomeKind

JSONL_NAMES = {
    OutcomeKind.CLEANED: "cleaned",
    OutcomeKind.REJECTED: "rejected",
    OutcomeKind.DEAD_LETTERED: "failed",
}
