from stream.cleaning.label.duplicates import find_repeats as find_repeats
