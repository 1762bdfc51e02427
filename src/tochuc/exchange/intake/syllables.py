"""Whether a word can be Vietnamese, by its sounds: tells Unicode from letters of an old font.

A syllable is an onset, a rime and a tone. The lists hold all of the standard spelling; names of minorities and
foreign words fail the test, so it is only ever used to compare readings of one text.
"""

import re
import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu "
    "o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong "
    "op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi "
    "uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uơ ư ưa ưc ưi ưm ưng ưt ưu ươc ươi ươm ươn ương "
    "ươp ươt ươu y yêm yên yêng yêt yêu ênh iêng en et ât ăt oăt uôt uêt ya ưn uâ ach"
)
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_SYLLABLE = re.compile(
    f"(?:{'|'.join(sorted(_ONSETS.split(), key=len, reverse=True))})?(?:{'|'.join(sorted(set(_RIMES.split()), key=len, reverse=True))})"
)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Whether the word, in any capitals, is one Vietnamese syllable.

    >>> is_syllable("Nguyễn"), is_syllable("NguyÔn"), is_syllable("Vâ"), is_syllable("quê")
    (True, False, False, True)
    """
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    marked = unicodedata.normalize("NFD", word.lower())
    if sum(ord(mark) in _TONES for mark in marked) > 1:
        return False
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", marked.translate(_TONES))) is not None


def likeness(text: str) -> float:
    """Share of the words with letters beyond ASCII that are Vietnamese syllables; 0 where there are none."""
    marked = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0
