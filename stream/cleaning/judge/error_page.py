"""Recognise pages that a server sends in an article's place when something is wrong."""

from stream.cleaning.judge.page import CERTAIN, JudgedPage
from stream.cleaning.judge.phrases import any_of

MAX_WORDS = 120

# Titles of error pages.
_ERROR = any_of(
    r"^(?:http\W{0,3})?(?:error|fehler|erreur|errore|chyba|błąd|ошибка|hata|fel|virhe|エラー)?\W{0,4}[45]\d\d"
    r"(?:\W{1,4}(?:error|fehler|page|not|forbidden|bad|gone|internal|service|gateway|too|access|seite|página|страница|unauthorized|$)|\W*$)",
    r"\b(?:page|file|url|article|story|document|content|resource)s? (?:(?:was |is |could |can )?not (?:be )?found|not available|"
    r"(?:is )?no longer (?:exists?|available)|does(?:n.t| not) exist|has been (?:removed|deleted))",
    r"^(?:not found|forbidden|access denied|unauthorized|bad gateway|bad request|gone|gateway time-?out|service (?:temporarily )?unavailable|"
    r"internal server error|too many requests|request blocked|site unavailable|temporarily unavailable|under maintenance|"
    r"account suspended|just a moment|attention required|one moment,? please|please wait|security check|are you (?:a )?(?:robot|human)|"
    r"robot check|verify (?:you are|that you are) human|human verification|checking your browser|ddos protection|pardon our interruption|"
    r"oops|whoops|sorry|something went wrong|an error (?:has )?occurred|server error|maintenance|wartungsarbeiten)\b.{0,60}$",
    r"\b(?:we|you).{0,12}(?:can.?t|could ?n.?t|cannot|unable to) (?:find|seem to find|locate)\b.{0,40}\bpage",
    r"\b(?:seite|artikel|inhalt|dokument)\b.{0,24}\b(?:nicht gefunden|nicht (?:mehr )?verfügbar|existiert nicht)",
    r"\bpage (?:introuvable|non trouvée|inexistante)|\bpage (?:demandée )?n.existe (?:pas|plus)|\baccès refusé",
    r"\bpágina (?:no encontrada|no existe|não encontrada|não existe|non trovata)|\bpagina (?:non trovata|niet gevonden|nu a fost găsită)",
    r"\bno se (?:ha )?(?:encontró|encontrado|encuentra) la página",
    r"\bsidan (?:kunde inte hittas|hittades inte)|\bsiden (?:ble ikke funnet|blev ikke fundet|findes ikke)|\bsivua ei (?:löyty|löydy)",
    r"\bstrona (?:nie (?:została odnaleziona|istnieje)|nie znaleziona)|\bnie znaleziono strony|\bstránka (?:nebyla nalezena|neexistuje)",
    r"\bстраница не (?:найдена|существует)|\bсторінк\w+ не (?:знайдено|існує)|\bsayfa bulunamadı",
    r"页面不存在|找不到(?:该|您|網頁|页面)|頁面不存在|無法找到|ページが見つかりません|お探しのページ|페이지를 찾을 수 없|الصفحة غير موجودة",
)


def find_refusal(page: JudgedPage) -> str | None:
    if page.status is None or page.status < 400 or (page.words >= CERTAIN and page.is_declared):
        return None
    return f"HTTP status {page.status}, {page.words} words of text"


def find_error_title(page: JudgedPage) -> str | None:
    if page.words >= MAX_WORDS or page.is_declared:
        return None
    title = next((title for title in page.titles if _ERROR.search(title)), None)
    return f'titled "{title}", {page.words} words of text' if title else None
