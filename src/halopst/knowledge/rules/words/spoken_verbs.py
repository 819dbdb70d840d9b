"""Spoken verbs, such as `ngutip` and `batalin`, in the forms that texts write."""

import re

SHORTEST = 5
_BEGINNINGS = ((re.compile(r"nge(?=[b-df-hj-np-tv-z])"), "menge"), (re.compile(r"ng(?=[aeiou])"), "meng"),
               (re.compile(r"ny(?=[aeiou])"), "meny"), (re.compile(r"n(?=[aiou])"), "men"))  # fmt: skip


def forms(word: str) -> list[str]:
    """The written forms a verb may stand for, the likeliest first; empty for a word of another form."""
    if len(word) < SHORTEST:
        return []
    endings = [f"{word[:-2]}kan", f"{word[:-2]}i", word] if word.endswith("in") else [word]
    begun = [
        pattern.sub(written, one, count=1)
        for one in endings
        for pattern, written in _BEGINNINGS
        if pattern.match(one)
    ]
    return [one for one in dict.fromkeys((*begun, *endings)) if one != word]
