from stream.cleaning.segment.walk import html_blocks as html_blocks
from stream.cleaning.segment.walk import squeeze as squeeze

def count_tags(html: str | bytes) -> int: ...
