"""What results are held against: gold, splits and scorers, for the benchmarks, the training and the gates in tests."""
