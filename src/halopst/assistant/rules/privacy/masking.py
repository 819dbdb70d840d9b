"""What may not be kept of a person in what people write to us, and (less of it) in what offices publish."""

import re
from collections.abc import Sequence

from halopst.assistant.rules.language.numerals import WHOLE_MONTHS
from halopst.assistant.rules.privacy.persons import names
from halopst.knowledge.rules.figures.periods import MONTHS

_Pairs = Sequence[tuple[re.Pattern[str], str]]

NAME = "[nama]"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,])(?:\+?62[ .-]?|0)8\d{1,3}(?:[ .-]?\d{2,5}){2,3}(?!\w)")
# NIP of civil servants; NIK and the newer NPWP of 16 digits, also in groups of four; the older NPWP.
_IDENTITY = re.compile(
    r"(?<![\d.,])(?:(?:19|20)\d{6}[ .-]?\d{6}[ .-]?[12][ .-]?\d{3}|\d{16}|\d{4}(?:[ -]\d{4}){3}|"
    r"\d{2}\.\d{3}\.\d{3}\.\d-\d{3}\.\d{3})(?!\d)"
)
_PASSPORT = re.compile(r"(?i:\b(pass?port?\b[^\d\n]{0,12}?))\b[A-Z] ?\d{6,7}\b")
_ACCOUNT = re.compile(
    r"(?i:\b((?:rekening|norek|rek)\b[^\d\n]{0,30}))(?<![\d.,])\d(?:[ -]?\d){9,17}(?![\d.,]*\d)"
)
_LANDLINE = re.compile(
    r"(?i:\b((?:telp|telepon|telpon|tlp|fax?|hubungi|kontak)\b[^\d\n(]{0,20}))"
    r"\(?0\d{2,3}\)?[ -]?\d{3,4}[ -]?\d{2,4}(?!\d)"
)
_REGIONS_OF_PLATES = "[ABDEFGHKLMNPRSTWZ]|A[ABDEG]|B[ABDEGHKLMNP]|D[ABCDEGHKLMNRSTW]|E[ABD]|K[BHTU]|P[AB]"
_PLATE = re.compile(
    rf"(?<![\w-])(?:(?:{_REGIONS_OF_PLATES}) (?!(?:19|20)\d\d\b)[1-9]\d{{0,3}} [A-Z]{{1,3}}|"
    r"(?i:(?<=pelat nomor )|(?<=nopol ))\w{1,2} \d{1,4} \w{1,3})(?![\w-])"
)
_MONTH = "|".join((*WHOLE_MONTHS, *(names[:3] for names in MONTHS), "agst"))
_DAY = (
    rf"(?:\d{{1,2}}(?:[ /.-]\d{{1,2}}[ /.-]|[ -](?i:{_MONTH})\.?[ -])\d{{2,4}}|"
    r"(?:19|20)\d\d-\d\d-\d\d)\b"
)
_NOT_BORN = "".join(f"(?<!{word} )" for word in ("bayi", "hidup", "orang", "penduduk", "yang"))
_BORN = re.compile(
    rf"(?i:{_NOT_BORN}\b((?:lahir|kelahiran|ttl)\b(?: saya)?[:,]?\s*(?:(?:tanggal|tgl|pada|di)\b\.?\s*)*"
    rf"(?:[a-z]+,?\s*)?(?:(?:tanggal|tgl|pada)\b\.?\s*)?)){_DAY}"
)
_UNIT = r"(?:[.,]\d|\s*(?:%|km|m\b|persen|ribu|juta|unit|ruas|tahun))"
_RT_RW = r"(?i:[ ,]*\b(?:rt|rw)\b\.? ?\d{1,3}(?!\d)|\s*/\s*(?:rw\b\.? ?)?\d{1,3}(?!\d))"
_DOOR = (
    r"(?i:(?:blok|blk|kav)\b\.? ?\w{1,4}(?:[ ,/-]+(?:no|nomor)?\.? ?\d+\w?)?|"
    r"(?:no|nomor|nmr)\b\.? ?\d+\w?)"
)
_HOUSE = rf"(?!(?:19|20)\d\d\b)\d{{1,3}}[A-Za-z]?(?!\w|{_UNIT})"
_ADDRESS = re.compile(
    r"(?<![\w-])(?:"
    r"(?i:jl|jln|jalan|gg|gang|perum|perumahan|komplek|kompleks|dusun|dsn)\b\.? (?:"
    rf"(?:[\w'.-]+[ ,]+){{1,5}}?{_DOOR}|"
    rf"(?:(?!R[TW]\b)[A-Z][\w'.-]*[ ,]+){{1,4}}(?:[IVX]+/)?{_HOUSE}|"
    rf"(?:[\w'.-]+ ){{1,3}}?(?=(?i:rt)\b\.? ?\d))"
    rf"|(?i:jl|jln)\b\.? (?:[a-z]+ ){{1,3}}{_HOUSE}|(?i:rt)\b\.? ?\d{{1,3}}(?!\d)(?={_RT_RW})){_RT_RW}*"
)
_OF_A_PERSON: _Pairs = ((_EMAIL, "[surel]"), (_IDENTITY, "[nomor identitas]"), (_PHONE, "[telepon]"))
_IN_LETTERS: _Pairs = (
    *_OF_A_PERSON,
    (_PASSPORT, r"\1[nomor identitas]"),
    (_LANDLINE, r"\1[telepon]"),
    (_ACCOUNT, r"\1[nomor rekening]"),
    (_BORN, r"\1[tanggal lahir]"),
    (_ADDRESS, "[alamat]"),
    (_PLATE, "[nomor kendaraan]"),
)
MASK = re.compile(
    r"\[(?:surel|telepon|nomor identitas|nama|nomor rekening|tanggal lahir|alamat|nomor kendaraan)\]"
)


def masked(text: str) -> str:
    """What somebody wrote, without what leads to a person: numbers, addresses, dates of birth and names."""
    text = _replaced(text, _IN_LETTERS)
    for start, end in reversed(names(text)):
        text = f"{text[:start]}{NAME}{text[end:]}"
    return text


def contacts_masked(text: str) -> str:
    """What was published or written by us, without e-mail addresses, mobile and identity numbers.

    Names stay: everybody may read who heads an office, and after whom a hospital is called.
    """
    return _replaced(text, _OF_A_PERSON)


def _replaced(text: str, pairs: _Pairs) -> str:
    for pattern, instead in pairs:
        text = pattern.sub(instead, text)
    return text
