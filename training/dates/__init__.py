"""The words and orders that dates are written with, compiled from the Unicode CLDR."""
