"""The entity stages in a row, for those who have an article and no pipeline."""

from collections.abc import Mapping

from stream.entities.canonicalise.stage import Canonicalise
from stream.entities.place.stage import Place
from stream.entities.rank import Rank
from stream.entities.recognise.stage import Recognise
from stream.entities.values import Described
from stream.events import Article


class Describe:
    """An article in, the same with its entities out; ``recognisers`` as for ``Recognise``."""

    def __init__(self, recognisers: Mapping[str, str]) -> None:
        self._recognise = Recognise(recognisers)
        self._canonicalise = Canonicalise()
        self._place = Place()
        self._rank = Rank()

    def __call__(self, article: Article) -> Described:
        return self._rank(self._place(self._canonicalise(self._recognise(article))))
