from stream.cleaning.walk import html_blocks as html_blocks
from stream.cleaning.walk import squeeze as squeeze
