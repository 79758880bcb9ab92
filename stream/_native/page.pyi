from stream.cleaning.segment.elements import Element as Element
from stream.cleaning.segment.elements import author_elements as author_elements
from stream.cleaning.segment.elements import date_elements as date_elements
from stream.cleaning.segment.elements import telling_elements as telling_elements
from stream.cleaning.segment.walk import html_blocks as html_blocks
from stream.cleaning.segment.walk import squeeze as squeeze

def count_tags(html: str | bytes) -> int: ...
