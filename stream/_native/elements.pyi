from stream.cleaning.segment.elements import Element as Element
from stream.cleaning.segment.elements import find_elements as find_elements
