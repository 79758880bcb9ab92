"""Whether mentions are found, joined and kept to the article: hand annotation and scores."""
