"""Brings a line into the form the models were trained on: emoji as words, no capitals, no loooong letters."""

import re
import unicodedata

# German words serve both languages: the model is bilingual and these words are in its training lines
EMOJI_WORDS = {
    "👍": "ja", "👌": "ja", "✅": "ja", "✔": "ja", "🆗": "ok", "💯": "ja genau",
    "👎": "nein", "❌": "nein", "🚫": "nein", "🙅": "nein",
    "🙏": "danke", "👋": "hallo", "🤔": "ich überlege noch", "🤷": "weiß nicht",
    "😂": "haha", "🤣": "haha", "😆": "haha", "😅": "haha",
    "😍": "super", "🤩": "super", "❤": "super", "🔥": "super", "👏": "super", "🎉": "super",
    "😡": "das ist ärgerlich", "🤬": "das ist ärgerlich", "😠": "das ist ärgerlich",
    "🛒": "warenkorb", "💸": "zu teuer", "🤖": "bot",
}  # fmt: skip
_EMOJI = re.compile("|".join(map(re.escape, EMOJI_WORDS)))
# variation selectors, skin tones, joiners, bidi marks: they change how a sign looks, not what it says
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_LONG_VOWEL = re.compile(r"([aeiouyäöü])\1{2,}")
_LONG_CONSONANT = re.compile(r"([^\W\d_aeiouyäöü])\1{2,}")
_LONG_MARK = re.compile(r"([^\w\s])\1+")
_SPACE = re.compile(r"\s+")
# control signs, private use, and pictures we have no word for
_UNREADABLE = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "So"))
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-"})


def normalise(text: str) -> str:
    """Return `text` as the models read it: the words stay, their dress goes, capitals included.

    Capitals help nobody here: shoppers leave them out, and the sentence encoder is lost when they shout.
    """
    shown = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_QUOTES).lower()
    worded = _EMOJI.sub(lambda match: f" {EMOJI_WORDS[match.group()]} ", shown)
    plain = "".join(" " if unicodedata.category(sign) in _UNREADABLE else sign for sign in worded)
    short = _LONG_CONSONANT.sub(r"\1\1", _LONG_VOWEL.sub(r"\1", plain))
    return _SPACE.sub(" ", _LONG_MARK.sub(r"\1", short)).strip()
