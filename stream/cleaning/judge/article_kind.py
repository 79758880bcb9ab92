"""Say what sort of article a page is, where it tells: by its types, its section or its address."""

import re
from collections.abc import Mapping

from stream.cleaning.judge.page import JudgedPage
from stream.events import ArticleKind

_TYPES: Mapping[str, ArticleKind] = {
    "LiveBlogPosting": ArticleKind.LIVE_BLOG,
    "Recipe": ArticleKind.RECIPE,
    "HowTo": ArticleKind.HOW_TO,
    "OpinionNewsArticle": ArticleKind.OPINION,
    "ReviewNewsArticle": ArticleKind.REVIEW,
    "CriticReview": ArticleKind.REVIEW,
    "AnalysisNewsArticle": ArticleKind.ANALYSIS,
    "BackgroundNewsArticle": ArticleKind.ANALYSIS,
    "ReportageNewsArticle": ArticleKind.NEWS_REPORT,
}
# What sections and steps of addresses are called, whole.
_SECTIONS: Mapping[ArticleKind, frozenset[str]] = {
    ArticleKind.OPINION: frozenset(
        """opinion opinions op-ed editorial editorials commentary comment commentisfree columnists columns letters
        meinung kommentar kommentare leitartikel kolumne kolumnen opinión opinion tribune tribunes édito editoriale
        opinioni opinião opiniao opinie debatt ledare mielipide мнение мнения 社説 オピニオン 评论 오피니언 사설 رأي""".split()
    ),
    ArticleKind.REVIEW: frozenset(
        "review reviews rezension rezensionen kritik kritiken critique critiques reseñas críticas recensioni recensies "
        "anmeldelser recensioner recenzje рецензии レビュー 书评 리뷰".split()
    ),
    ArticleKind.ANALYSIS: frozenset(
        "analysis analyse analysen analyses análisis análise analisi analyysi analiza анализ аналитика 解説 分析 분석".split()
    ),
    ArticleKind.LIVE_BLOG: frozenset(
        "live-blog liveblog live-updates liveticker newsticker live-ticker directo".split()
    ),
    ArticleKind.PRESS_RELEASE: frozenset(
        """press-release press-releases pressrelease pressreleases news-releases news-release media-release
        media-releases pressemitteilung pressemitteilungen communiqué communiqués communique-de-presse
        communiques-de-presse notas-de-prensa nota-de-prensa comunicati-stampa comunicato-stampa persbericht
        persberichten pressmeddelanden pressmeddelande pressemeldinger tisková-zpráva пресс-релиз пресс-релизы
        プレスリリース 보도자료""".split()
    ),
    ArticleKind.RECIPE: frozenset(
        "recipe recipes rezept rezepte recette recettes receta recetas ricetta ricette receita receitas recept recepten "
        "opskrifter oppskrifter przepisy przepis рецепты рецепт レシピ 레시피".split()
    ),
    ArticleKind.HOW_TO: frozenset("how-to how-tos howto tutorials tutorial anleitung anleitungen tutoriels".split()),
}
_KINDS = {word: kind for kind, words in _SECTIONS.items() for word in words}
_SPACES = re.compile(r"[\s_]+")


def find_article_kind(page: JudgedPage) -> ArticleKind | None:
    """What the page tells of its article's sort; None where it does not, or tells of two."""
    declared = {kind for name, kind in _TYPES.items() if name in page.declared_types}
    if declared:
        return declared.pop() if len(declared) == 1 else None
    fields = page.fields
    steps = (page.path or "").partition("?")[0].split("/")[:-1]  # the last one is the article's own name
    told = {_KINDS.get(_SPACES.sub("-", name.strip().casefold())) for name in (fields.articleSection or "", *steps)}
    told.discard(None)
    if told:
        return told.pop() if len(told) == 1 else None
    is_news = "NewsArticle" in page.declared_types and (fields.agency is not None or fields.dateline is not None)
    return ArticleKind.NEWS_REPORT if is_news else None
