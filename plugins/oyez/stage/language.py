"""Tells the language of a text, offline.

The rule, and why. A client's texts are nearly always in the languages of its file, and telling two
languages apart is much safer than telling a hundred apart: "ok merci" alone resembles a dozen.
So the client's languages come first, another language needs strong evidence, and no evidence gives
`und`:

1. links, handles and emoji are taken away; without a letter left the answer is `und`;
2. up to three words: if one is among those that people post alone ("ok merci"), the client's
   language that has more of them than the others; `und`, if none of them has any ("danke");
3. the classifier is asked for any language with an ISO 639-1 code: if it names one of the
   client's, that is it;
4. another language is believed if the classifier is sure (`OTHER_CONFIDENCE`) and the text is
   long enough (`OTHER_LETTERS`), or if its script is not one in which the client's languages are
   written: three Arabic letters are certainly not French;
5. otherwise the best of the client's languages, unless the text is so short or odd that the choice
   among them falls under `CONFIDENCE`;
6. then a word that people post alone decides in longer texts too; without one, `und`.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from oyez.stage.text import bare

UNDETERMINED = "und"
CONFIDENCE = 0.6
OTHER_CONFIDENCE = 0.6
OTHER_LETTERS = 16
_FEW_WORDS, _FEW_FOREIGN_WORDS = 3, 2
_CACHED_TEXTS = 16_384
# The first characters of a long text decide; reading on costs time and changes nothing.
_READ = 2_000
# Letter statistics cannot tell "merci" from an English word; these few posts are worth a list.
_POSTED_ALONE = {
    "fr": "merci bonjour bonsoir salut bravo oui non jamais nul nulle bof déçu déçue parfait "
    "parfaite génial géniale excellent excellente super top ravi ravie correct félicitations "
    "pareil rien honteux arnaque délicieux magnifique dommage voilà bien très bon bonne mauvais",
    "en": "thanks thank hello hi yes never great good bad love loved awful awesome amazing "
    "terrible excellent perfect nice best worst rubbish sorry please nope why super top correct",
    "es": "gracias hola sí nunca malo mala bueno buena excelente perfecto genial pésimo super",
    "de": "danke hallo ja nein nie gut schlecht prima furchtbar perfekt leider super top",
    "it": "grazie ciao sì mai ottimo ottima buono buona pessimo perfetto peccato super bravo",
    "nl": "bedankt hallo ja nee nooit goed slecht prima lekker helaas perfect super top",
    "pt": "obrigado obrigada olá sim não nunca ótimo ótima bom boa péssimo perfeito super",
}
# Latin and constructed languages: short posts full of names were taken for them.
_NOBODY_POSTS_IN = frozenset({"eo", "ia", "ie", "io", "la", "vo"})
# Languages of the classifier that are not written in Latin letters.
_NOT_LATIN = frozenset(
    {
        *("am", "ar", "as", "be", "bg", "bn", "bo", "dv", "dz", "el", "fa", "gu", "he", "hi"),
        *("hy", "ja", "ka", "km", "kn", "ko", "ky", "lo", "mk", "ml", "mn", "mr", "my", "ne"),
        *("or", "pa", "ps", "ru", "si", "sr", "ta", "te", "tg", "th", "ti", "ug", "uk", "ur"),
        *("yi", "zh"),
    }
)


class Detector:
    """A language classifier for one client.

    Args:
        languages: ISO 639-1 codes that the client expects; codes unknown to the model never win.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        self._any = copy(_model())
        self._any.set_languages(
            [code for code in self._any.labels if len(code) == 2 and code not in _NOBODY_POSTS_IN]
        )
        known = [code for code in languages if code in set(self._any.labels)]
        self._expected = frozenset(known)
        self._only_latin = not self._expected & _NOT_LATIN
        self._alone = {
            code: frozenset(posted.split())
            for code, posted in _POSTED_ALONE.items()
            if code in self._expected
        }
        self._ours = None
        if known:
            self._ours = copy(_model())
            self._ours.set_languages(known)
        self._cached = lru_cache(_CACHED_TEXTS)(self._classify)

    def detect(self, text: str) -> str:
        """Return the ISO 639-1 code of the text's language, or `und`."""
        return self._cached(bare(text[:_READ]))

    def _classify(self, text: str) -> str:
        letter_count = sum(map(str.isalpha, text))
        if letter_count < 2:
            return UNDETERMINED
        if self._ours is not None and len(text.split()) <= _FEW_WORDS:
            alone = self._posted_alone(text)
            if alone != UNDETERMINED or self._is_foreign(text):
                return alone
        language, confidence = self._any.classify(text)
        if language in self._expected:
            return str(language)
        if self._only_latin and _beyond_latin(text) * 2 > letter_count:
            return str(language) if language in _NOT_LATIN else UNDETERMINED
        if confidence >= OTHER_CONFIDENCE and letter_count >= OTHER_LETTERS:
            return str(language)
        if self._ours is None:
            return UNDETERMINED
        language, confidence = self._ours.classify(text)
        return str(language) if confidence >= CONFIDENCE else self._posted_alone(text)

    def _is_foreign(self, text: str) -> bool:
        """Tell whether a word is posted alone in other languages, and in none of the client's."""
        said = _said(text)
        return (
            len(said) <= _FEW_FOREIGN_WORDS
            and bool(said & _posted_words())
            and not any(said & one for one in self._alone.values())
        )

    def _posted_alone(self, text: str) -> str:
        said = _said(text)
        counts = sorted(((len(posted & said), code) for code, posted in self._alone.items()))
        if not counts or not counts[-1][0]:
            return UNDETERMINED
        # "super merci": French says both words, English one of them.
        is_tied = len(counts) > 1 and counts[-2][0] == counts[-1][0]
        return UNDETERMINED if is_tied else counts[-1][1]


def known() -> frozenset[str]:
    """Return the ISO 639-1 codes of all languages that can be told."""
    return frozenset(code for code in _model().labels if len(code) == 2)


def _beyond_latin(text: str) -> int:
    """Return how many letters stand behind the Latin ones of Unicode."""
    if text.isascii():
        return 0
    return sum(sign > "\u024f" and sign.isalpha() for sign in text)


def _said(text: str) -> set[str]:
    return {word.strip(".,;:!?…\"'()").lower() for word in text.split()}


@cache
def _posted_words() -> frozenset[str]:
    return frozenset(word for row in _POSTED_ALONE.values() for word in row.split())


@cache
def _model() -> LanguageIdentifier:
    # Unpacking costs half a second; a restriction to some languages only touches its own copy.
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
