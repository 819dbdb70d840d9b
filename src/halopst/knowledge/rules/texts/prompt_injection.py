"""Text that gives orders to a model instead of telling its readers something."""

import re
import unicodedata

from halopst.core.visible import visible

_PATTERNS = (
    r"\b(?:abaikan|lupakan|hiraukan|jangan (?:ikut|patuh)i)\b.{0,40}\b(?:instruksi|perintah|aturan)\b",
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules?|prompts?|guidelines?|previous)\b",
    r"\b(?:system|developer|sistem) ?(?:prompt|message|pesan)\b|\bprompt (?:sistem|awal)\b",
    r"\b(?:you are now|(?:kamu|anda) sekarang adalah|act as|(?:berperan|bertindak)lah|jailbreak)\b",
    r"<\|?(?:im_start|im_end|system|assistant|endoftext)|\[/?INST\]|###\s*(?:system|instruction|assistant)",
    r"\[\s*(?:sistem|system|developer|assistant|asisten)\s*\]|(?:^|\n)\s*(?:system|assistant|developer) ?:",
    r"\b(?:peranmu (?:adalah|baru|sekarang|kini)|peran barumu|your new role)\b",
    r"\b(?:catatan|instruksi|perintah) (?:untuk|bagi) (?:asisten|model|AI|mesin)\b",
    r"\bcatatan penyusun jawaban\b",
    r"\bnote to (?:the )?(?:AI|model|assistant)\b",
    r"\b(?:katakan|say) ?:|\bkatakan(?:lah)? bahwa\b|\bpembaca (?:wajib|harus) diberi ?tahu\b",
    r"\b(?:asisten|assistant|AI|aida)\b.{0,30}\b(?:harus|wajib|must|should)\b.{0,40}\b(?:jawab|kata|tulis|answer|say|write)",
)
_ORDERS = re.compile("|".join(_PATTERNS), re.IGNORECASE | re.DOTALL)


def gives_orders(text: str) -> bool:
    return bool(order_in(text))


def order_in(text: str) -> str:
    """The first order in the text, even in wide letters or with invisible ones between."""
    found = _ORDERS.search(unicodedata.normalize("NFKC", visible(text)))
    return " ".join(found[0].split()) if found else ""


def without_orders(text: str) -> str:
    """What is asked beside an order; the text itself where nothing else is left."""
    return " ".join(_ORDERS.sub(" ", text).split()).strip(" .,;:!") or text
