"""Light stemming for Indonesian: what `kemiskinan` and `miskin` have in common.

Stems are keys of the index and never shown. A stem need not be a word, as long as related words have the same
one; it has to stay long enough that unrelated words do not.
"""

import re

SHORTEST = 5  # words below this stay as they are
_LEFT = 4  # letters that must remain
_VOWELS = frozenset("aiueo")
_KEPT = frozenset(
    """
    pertama kepala kepada keluarga kelapa kendaraan kerajaan sekolah sejarah seni senin selasa selatan
    september semester sensus sektor sekarang sebelum sesudah beberapa berapa beras berita benua benda
    bendera belanda terang teratai terigu teritori perang perak pesawat peristiwa persen persik persia
    peraturan pemerintah dinas dinasti dimensi diameter diagram digital dialek danau pulau bulan jalan
    tahun badan ikan hutan selat makan minuman indonesia asia malaysia australia amerika medan bangsa
    negara agama bahasa desa kota media energi industri
    """.split()  # noqa: SIM905  # a table to read, not code
)
_PARTICLE = re.compile(r"(?:kah|lah|tah|pun)$")
_POSSESSIVE = re.compile(r"nya$|(?<=[aiueo][^aiueo])[km]u$")
_SUFFIX = re.compile(r"(?:kan|an|i)$")
_NOUN, _SUFFIX_OF_NOUN = re.compile(r"^(?:ke|pe)"), re.compile(r"(?:an|i)$")  # pendidik-an, kependuduk-an
# A nasal before a vowel has swallowed the first letter of the root: menulis, penyusun, memakai.
_PREFIXES = (
    (re.compile(r"^(?:me|pe)ny(?=[aiueo])"), "s"),
    (re.compile(r"^(?:me|pe)ng(?=[aiueoghk])"), ""),
    (re.compile(r"^(?:me|pe)m(?=[aiueo])"), "p"),
    (re.compile(r"^(?:me|pe)n(?=[aiueo])"), "t"),
    (re.compile(r"^(?:mem|pem)(?=[bfpv])"), ""),
    (re.compile(r"^(?:men|pen)(?=[cdjstz])"), ""),
    (re.compile(r"^(?:ber|per|ter)"), ""),
    (re.compile(r"^(?:bel|pel)(?=ajar)"), ""),
    (re.compile(r"^be(?=kerja)"), ""),
    (re.compile(r"^(?:me|pe)(?=[lmnrwy])"), ""),
    (re.compile(r"^pe(?=[bcdfgjkpst])"), ""),
    (re.compile(r"^(?:di|ke|se)"), ""),
)
_TWO = re.compile(r"^(?:di|ke|se|mem)(?=[bpt]er|pe[mn])")  # di-per-, ke-ber-, ke-pen-


def stem(word: str) -> str:
    """`tumbuh` for `pertumbuhannya` and `tumbuh`; numbers and short words stay."""
    if len(word) < SHORTEST or word in _KEPT or not word.isalpha():
        return word
    bare = _cut(_PARTICLE, word)
    bare = _cut(_POSSESSIVE, bare)
    if bare in _KEPT:
        return bare
    return _cut(_SUFFIX_OF_NOUN if _NOUN.match(bare) else _SUFFIX, _without_prefixes(bare))


def _without_prefixes(word: str) -> str:
    shorter = _without_prefix(word)
    if shorter == word or shorter in _KEPT or not _TWO.match(word):
        return shorter
    return _without_prefix(shorter)


def _without_prefix(word: str) -> str:
    for pattern, root in _PREFIXES:
        if (found := pattern.match(word)) and _is_root(root + word[found.end() :]):
            return root + word[found.end() :]
    return word


def _cut(pattern: re.Pattern[str], word: str) -> str:
    found = pattern.search(word)
    return word[: found.start()] if found and _is_root(word[: found.start()]) else word


def _is_root(rest: str) -> bool:
    """Whether it is long enough to be a root, with at least two syllables."""
    return len(rest) >= _LEFT and sum(letter in _VOWELS for letter in rest) > 1
