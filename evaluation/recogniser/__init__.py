"""Whether names are found in running text: hand-labelled corpora, a suite of sentences, scores."""
