"""The small words inside names ("de", "van", "bin"), in one home for all who must not take one for a name's end.

The sets differ where the readers do: a byline stands alone, so that "zu" or "av" in it is no preposition; in running
text it is one. All are in lower case.
"""

IN_NAMES = frozenset("von van der den ter de del della di da do dos du la le bin ibn al el".split())
"""Of people's names, wherever one stands."""

IN_BYLINES = IN_NAMES | frozenset("vom zu zum zur y e ten af av".split())
"""Of people's names on a line that holds nothing else."""

IN_TEXT = IN_NAMES | frozenset("das los las".split())
"""Of people's names in running English text."""

IN_LONG_NAMES = IN_TEXT | frozenset("des y e of and & for the".split())
"""Of whatever has a name: "Bank of England". The English recogniser was trained with exactly these."""

BEFORE_SURNAME = r"(?:[Vv](?:on|an)(?: de[rnm]?)?|de la|de los|de|del|della|di|da|dos|du|bin|ibn|ter|ten)"
"""Pattern of what belongs to the surname that follows, as a sentence writes it ("Von der Leyen")."""

IN_PLACES = frozenset("de del da do dos of the la upon and".split())
"""Of places' names, small in "Rio de Janeiro" however the rest is written."""

IN_SHOUTED_PLACES = IN_PLACES | frozenset("das di".split())
"""Of a place in capitals that is set in normal case."""

IN_DATELINES = IN_PLACES | frozenset("le les el al am an der im in bei sur sous y i".split())
"""Of the place of a dateline in capitals, which is one in any language."""
