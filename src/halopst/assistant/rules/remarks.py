"""What is no question about statistics: greetings and thanks, and what must never be answered."""

import re
from enum import StrEnum

_MOST_WORDS = 6


class Remark(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    INDIVIDUAL = "individual"  # data of one person: protected by law, whoever asks


_DAY = "pagi|siang|sore|malam"
_GREETING = rf"(?:h[ae]i+|ha+l+o+|hello|assalam\w*|permisi|(?:selamat )?(?:{_DAY}))"
_THANKS = r"(?:terima ?kasih|makasih|trims?|thanks?(?: you)?|matur nuwun|hatur nuhun|sampai jumpa)"
_ADDRESSED = "kak|min|pak|bu|bapak|ibu|admin|aida|bps|semua|wr|wb|warahmatullahi|wabarakatuh"
_POLITE = "banyak|ya|dan|atas|bantuannya|infonya"
_REST = rf"(?:[ ,.!?]*(?:{_ADDRESSED}|{_POLITE}))*[ ,.!?]*"
_NUMBERED = r"nik|(?:nomor|no\.?) ?(?:ktp|kk|hp|ponsel|telepon|rekening|wa)"
_PRIVATE = "alamat rumah|nama lengkap|data pribadi|gaji|penghasilan|jawaban"
_TITLE = "(?i:pak|bu|bapak|ibu|saudara|sdr|milik|bernama)"
_SOMEONE = r"(?i:responden|tetangga|seseorang)"
_PATTERNS = (
    (Remark.GREETING, re.compile(rf"(?:{_GREETING}[ ,.!]*)+{_REST}", re.IGNORECASE)),
    (Remark.THANKS, re.compile(rf"(?:ok\w*[ ,]*|baik[ ,]*)?{_THANKS}{_REST}", re.IGNORECASE)),
)
_INDIVIDUAL = re.compile(rf"\b(?i:{_NUMBERED}|{_PRIVATE})\b.*\b(?:{_SOMEONE}|{_TITLE} [A-Z]\w+)")

_OF_PERSON = re.compile(
    r"\b(?i:national id|identity (?:card|number)|(?:phone|bank account) number|home address|full name|"
    r"personal data|salary|income|wages?|answers?)\b.*\b"
    r"(?:(?i:respondents?|neighbou?rs?|someone|mr|mrs|ms)\b|"
    r"(?i:named|belonging to) [A-Z]\w+)"
)


def remark(text: str) -> Remark | None:
    """What `text` is instead of a question that may be looked up, or None."""
    said = text.strip()
    if len(said.split()) <= _MOST_WORDS:
        for kind, pattern in _PATTERNS:
            if pattern.fullmatch(said):
                return kind
    return Remark.INDIVIDUAL if _INDIVIDUAL.search(said) else None


def tells_of_person(text: str) -> bool:
    """Whether a sentence, Indonesian or English, speaks of one person's private matters."""
    return bool(_INDIVIDUAL.search(text) or _OF_PERSON.search(text))
