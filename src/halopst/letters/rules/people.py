import re


def initials_of(name: str) -> str:
    """`Siti Nur Aminah, S.Stat.` becomes `S.N.A.`: enough to compare with the paper, too little to name."""
    words: list[str] = re.findall(r"[^\W\d_]+(?:'\w+)?", name.split(",", 1)[0])
    return "".join(f"{word[0].upper()}." for word in words)
