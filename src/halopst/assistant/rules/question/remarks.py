"""What is no question for a source: greetings, thanks, complaints, and what must never be answered."""

import re
from enum import StrEnum

from halopst.assistant.rules.privacy import persons

_MOST_WORDS, _MOST_OF_A_WISH = 6, 14


class Remark(StrEnum):
    GREETING = "greeting"
    THANKS = "thanks"
    WHO = "who"
    COMPLAINT = "complaint"
    HUMAN = "human"  # wants an officer, now
    INDIVIDUAL = "individual"  # data of one person: protected by law, whoever asks


_DAY = "pagi|siang|sore|malam"
_HELLO = rf"good (?:morning|afternoon|evening|day)|sugeng \w+|assalam\w*|permisi|(?:selamat )?(?:{_DAY})"
_GREETING = rf"(?:h[ae]i+|ha*l+o+|hello|hi|{_HELLO})"
_THANK = r"trims?|thanks?(?: you)?|matur nuwun|hatur nuhun|sampai jumpa"
_THANKS = rf"(?:terima ?kasih|makasih|makasi|mksh|tengkyu|suwun|nuhun|{_THANK})"
_ADDRESSED = "kak|min|pak|bu|bapak|ibu|admin|aida|bps|semua|wr|wb|warahmatullahi|wabarakatuh"
_POLITE = (
    "banyak|ya|dan|atas|bantuannya|infonya|jawabannya|sudah|membantu|baik|hebat|keren|mantap|banget|sekali|deh|lho|loh|"
    "very|much|so|a lot|helpful"
)
_REST = rf"(?:[ ,.!?]*(?:{_ADDRESSED}|{_POLITE}))*[ ,.!?]*"
_NUMBERED = r"nik|(?:nomor|no\.?) ?(?:ktp|kk|hp|ponsel|telepon|rekening|wa)"
_PRIVATE = "alamat rumah|nama lengkap|data pribadi|gaji|penghasilan|jawaban"
_TITLE = "(?i:pak|bu|bapak|ibu|saudara|sdr|milik|bernama)"
_SOMEONE = r"(?i:responden|tetangga|seseorang)"
_MACHINE = "robot|bot|chatbot|ai|mesin|manusia|orang"
_ANSWERING = (
    rf"(?:apakah )?(?:kamu|anda|ini|aida)(?: (?:ini|itu))? (?:siapa|{_MACHINE})"
    rf"(?: (?:atau|apa) (?:{_MACHINE}))?(?: (?:ya|bukan|sih|asli|beneran))*"
)
_WHO = rf"{_ANSWERING}|siapa (?:kamu|anda|aida|ini)|who are you|what are you"
_OFFICER = r"orang|manusia|petugas(?:nya)?|admin|operator|cs|customer service|staf|pegawai"
_PERSON = rf"{_OFFICER}|human|person|officer|someone|staff|agent"
_MEET = r"bertemu|ketemu|menghubungi"
_TALK = (
    r"bicara|berbicara|ngomong|ngobrol|disambung\w*|hubungkan|sambungkan|terhubung|speak|talk|chat|connect"
)
_HUMAN = re.compile(rf"\b(?:{_TALK}|{_MEET})\b.{{0,30}}\b(?:{_PERSON})\b", re.IGNORECASE)
_ASKED_FOR = re.compile(
    r"(?:(?:saya|mau|ingin) )*(?:tanya|hubungi) (?:ke |kepada )?(?:petugas|admin|operator|cs)"
)
_COMPLAINT = re.compile(
    r"\b(?:mau|ingin|hendak|pengen|saya|want to|wish to)\b.{0,20}"
    r"\b(?:komplain|mengadu|mengadukan|pengaduan|protes|complain|file a complaint)\b",
    re.IGNORECASE,
)
_INSULT = r"bodoh|bego|goblo[kg]|tolol|dungu|payah|brengsek|bangsat|useless|stupid|idiot"
_WEARY = r"percuma|nyebelin|menyebalkan|apaan (?:ini|nih)|ngaco|kecewa|salah semua"
_FAILED = r"(?:gak|ga|nggak|tidak|tdk|ndak) (?:guna|berguna|jelas|becus|bisa apa|nemu)"
_THING = r"(?:sampah|anjing)"  # these have figures, too: an insult only alone, or said to somebody
_US = r"(?:dasar|aida|bot|aplikasi(?:nya)?|situs(?:nya)?|jawaban(?:nya|mu)?|kamu|lu|lo)"
_CALLED = rf"{_US}\b.{{0,15}}\b{_THING}|{_THING}\b[ ,]*(?:{_US}|banget|nih)"
_UPSET = re.compile(rf"\b(?:{_INSULT}|{_WEARY}|{_FAILED}|{_CALLED})\b|^\W*{_THING}\W*$", re.IGNORECASE)
_PATTERNS = (
    (Remark.WHO, re.compile(rf"(?:{_GREETING}[ ,.!]*)?(?:{_WHO})[ ,.!?]*", re.IGNORECASE)),
    (Remark.GREETING, re.compile(rf"(?:{_GREETING}[ ,.!]*)+{_REST}", re.IGNORECASE)),
    (Remark.THANKS, re.compile(rf"(?:ok\w*[ ,]*|baik[ ,]*)?{_THANKS}{_REST}", re.IGNORECASE)),
)
_ANYONE = rf"{_SOMEONE}|{_TITLE} [A-Z]\w+|(?i:warga|penduduk|orang)\b.*\b(?i:atas nama|bernama) \w+"
_INDIVIDUAL = re.compile(rf"\b(?i:{_NUMBERED}|{_PRIVATE})\b.*\b(?:{_ANYONE})")

_ASKS_PRIVATE = re.compile(rf"\b(?:{_NUMBERED}|{_PRIVATE})\b", re.IGNORECASE)
_OF_PERSON = re.compile(
    r"\b(?i:national id|identity (?:card|number)|(?:phone|bank account) number|home address|full name|"
    r"personal data|salary|income|wages?|answers?)\b.*\b"
    r"(?:(?i:respondents?|neighbou?rs?|someone|mr|mrs|ms)\b|"
    r"(?i:named|belonging to) [A-Z]\w+)"
)


def remark(text: str) -> Remark | None:
    """What `text` is, if it is no question to be looked up; else None."""
    said = text.strip()
    if len(said.split()) <= _MOST_WORDS:
        for kind, pattern in _PATTERNS:
            if pattern.fullmatch(said):
                return kind
    if len(said.split()) <= _MOST_OF_A_WISH and (
        _HUMAN.search(said) or _ASKED_FOR.fullmatch(said.casefold())
    ):
        return Remark.HUMAN
    if len(said.split()) <= _MOST_OF_A_WISH and _COMPLAINT.search(said):
        return Remark.COMPLAINT
    return Remark.INDIVIDUAL if _INDIVIDUAL.search(said) or _of_a_named_person(said) else None


def _of_a_named_person(said: str) -> bool:
    """`gaji pak budi brp`: private matters of a named person, however it is spelled."""
    private = _ASKS_PRIVATE.search(said)
    return private is not None and any(start >= private.end() for start, _end in persons.names(said))


def is_upset(text: str) -> bool:
    """Whether somebody is angry with the answers."""
    return bool(_UPSET.search(text))


def tells_of_person(text: str) -> bool:
    """Whether a sentence, Indonesian or English, speaks of one person's private matters."""
    return bool(_INDIVIDUAL.search(text) or _OF_PERSON.search(text))
