"""Tell a date on which an article was changed from that of its publication: pages show both in one place."""

import re
from collections.abc import Callable, Iterator

from stream.cleaning.metadata.dates import Date
from stream.cleaning.values import Moment

_CHANGED = re.compile(
    r"updated?(?![a-z])|next review|review due|modifi|last[-_ ](?:change|edit|review|saved)|(?<![a-z])edited|"
    r"revised|corrected|aktualisier|aktualisert|geändert|überarbeitet|zuletzt|mise? à jour|actuali[sz]a|atualiza|"
    r"alterado|aggiorna|modificat|bijgewerkt|gewijzigd|uppdatera|ändrad|oppdatert|opdater|endret|ændret|"
    r"päivitetty|muokattu|uuendatud|zaktualizowan|aktualiz|zmieniono|frissít|módosít|обновл|изменен|оновлен|"
    r"змінено|обновен|ажурирано|ažurirano|posodobljeno|atnaujint|pakeist|atjaunin|güncelle|ενημ[εέ]ρ|τροποπ|수정|"
    r"업데이트|更新|修改|修訂|編集|تحديث|تعديل|بروز\u200c?رسانی|ویرایش|עודכן|cập nhật|diperbarui|dikemas ?kini|แก้ไข|"
    r"อัปเดต|อัพเดท|अपडेट|अद्यतन|হালনাগাদ|আপডেট",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PUBLISHED = re.compile(r"publish|pubdate|posted|created")


MAX_DATES = 3  # in one text


def list_dates(moment: Moment, read: Callable[[str], Date | None]) -> Iterator[tuple[Date, bool]]:
    """The dates that an element shows, its machine-readable one first, and whether each is one of a change."""
    machine = read(moment.value)
    if machine:
        yield machine, is_of_change(moment, machine)
    rest = moment.text
    for _ in range(MAX_DATES):
        date = read(rest)
        if date is None:
            return
        yield date, is_of_change(Moment("", rest, moment.names), date)
        rest = rest.partition(date.raw)[2] if date.raw in rest else ""


def is_of_change(moment: Moment, date: Date) -> bool:
    """Whether the words before the date say so, or the element is named so and not as one of publication, too."""
    if _CHANGED.search(_words_before(moment.text, date.raw)):
        return True
    return _CHANGED.search(moment.names) is not None and _PUBLISHED.search(moment.names) is None


def _words_before(text: str, raw: str) -> str:
    """What stands before the date, or before the first number where the date was read from an attribute."""
    return text.partition(raw)[0] if raw in text else _DIGIT.split(text, maxsplit=1)[0]
