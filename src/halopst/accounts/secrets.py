"""The secrets of authenticator apps: stored, but not to be read by whoever reads the database."""

from halopst.core.secrecy import seal, unseal

PURPOSE = "second-factor"


def conceal(text: str) -> str:
    return seal(text, purpose=PURPOSE)


def reveal(concealed: str) -> str:
    return unseal(concealed, purpose=PURPOSE)
