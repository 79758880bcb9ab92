"""Whether places are put on the map rightly: LGL and TR-News, and distances."""
