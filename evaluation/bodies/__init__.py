"""Whether the right text of a page is kept: gold bodies, alignment with blocks, scores."""
