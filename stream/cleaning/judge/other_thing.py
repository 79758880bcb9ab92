"""Recognise pages that are, by their own word, something else than an article: goods, jobs, forms to log in."""

from stream.cleaning.judge.page import CERTAIN, JudgedPage
from stream.cleaning.judge.phrases import any_of

MAX_LOGIN_WORDS = 80

_THINGS = frozenset(
    """Product ProductGroup Offer AggregateOffer JobPosting RealEstateListing Vehicle Car Hotel LodgingBusiness
    SoftwareApplication MobileApplication og:product og:product.item og:product.group""".split()
)
# Titles of pages to log in or register.
_LOGIN = any_of(
    r"^(?:log ?in|sign ?in|register|sign ?up|create (?:an |your )?account|my account|reset (?:your )?password|forgot(?:ten)? (?:your )?password|"
    r"anmelden|einloggen|registrieren|connexion|se connecter|s.inscrire|iniciar sesión|regístrate|entrar|accedi|inloggen|logga in|logg inn|log ind|"
    r"zaloguj się|logowanie|přihlášení|вход|giriş yap|登录|ログイン|로그인)\b.{0,40}$",
)


def find_declared_thing(page: JudgedPage) -> str | None:
    if page.is_declared or page.words >= CERTAIN:
        return None
    named = sorted(page.declared_types & _THINGS)
    return f"the page declares itself as {', '.join(named)} and not as an article" if named else None


def find_login_title(page: JudgedPage) -> str | None:
    if page.words >= MAX_LOGIN_WORDS or page.is_declared:
        return None
    title = next((title for title in page.titles if _LOGIN.search(title)), None)
    return f'titled "{title}", {page.words} words of text' if title else None
