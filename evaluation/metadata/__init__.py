"""Whether a page's fields are found: headline, date, authors, publisher, keywords."""
