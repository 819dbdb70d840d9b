"""`Dari mana datanya?`: where the figures just shown were read."""

from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from halopst.assistant.rules.figures.answers import Answer, FigureAnswer, Source
from halopst.assistant.rules.question import intents
from halopst.core.spelling import words as plain

_ASKING = frozenset({"sumber", "sumbernya", "asal", "asalnya", "source", "sources", "from", "dari"})
_FROM = frozenset({"dari", "from"})
_BESIDE = frozenset({"mana", "darimana", "dimana", "tabel", "tabelnya", "tersebut", "tadi", "come", "where"})
_ALONE = frozenset({"darimana", "sumbernya", "asalnya", "sumber", "source", "sources"})
MOST_WORDS = 8


def is_asked(question: str) -> bool:
    """Whether the question asks for a source and for nothing else."""
    said = plain(question)
    asks = not _ALONE.isdisjoint(said) or ("dari", "mana") in pairwise(said)
    asks = asks or ("where" in said and "from" in said)
    asks = asks or not ((_ASKING - _FROM).isdisjoint(said) or {"mana", "where"}.isdisjoint(said))
    return bool(asks) and len(said) <= MOST_WORDS and set(said) <= _ASKING | _BESIDE | intents.filler()


def told(found: Answer) -> Answer:
    """The same figures again; the sentence says where they were read."""
    if not isinstance(found, FigureAnswer):
        return found
    said = "; ".join(map(_named, found.sources))
    sentence = _("Sumbernya: %(sumber)s.") % {"sumber": said}
    return replace(found, sentence=sentence, table=None, chart=None, computed=(), wordable=False)


def _named(source: Source) -> str:
    return _("“%(judul)s”, %(penerbit)s") % {"judul": source.title, "penerbit": source.publisher}
