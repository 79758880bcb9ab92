"""The worker: the only place that knows Faust."""
