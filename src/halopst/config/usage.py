"""What argparse says of a command it does not understand, in Indonesian."""

import re

_PREFIX = "Error: "  # what Django puts before it, in the commands that are handed over
_SAID = (
    (r"the following arguments are required: (.+)", r"belum disebut: \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\2 tidak dikenal; pilihannya: \3"),
    (r"unrecognized arguments: (.+)", r"tidak dikenal: \1"),
    (r"argument (.+?): expected one argument", r"\1 perlu satu isian"),
    (r"argument (.+?): expected at least one argument", r"\1 perlu isian"),
    (r"argument (.+?): expected (\d+) arguments", r"\1 perlu \2 isian"),
    (r"argument (.+?): invalid \S+ value: (.+)", r"\2 bukan isian untuk \1"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 tidak menerima isian \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 tidak dapat bersama \2"),
    (r"one of the arguments (.+) is required", r"perlu salah satu: \1"),
    (r"ambiguous option: (.+) could match (.+)", r"\1 dapat berarti \2"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


def in_indonesian(message: str) -> str:
    """As it is, where argparse did not say it."""
    for said, ours in _SAID:
        if re.fullmatch(said, message):
            return re.sub(said, ours, message)
    return message


def not_understood(refusal: str, command: str) -> str:
    """The sentence for what Django's command refused; its own sentence where it was no misread word."""
    if not refusal.startswith(_PREFIX):
        return refusal
    told = in_indonesian(refusal.removeprefix(_PREFIX))
    return f"perintah tidak dipahami ({told}); lihat 'halopst {command} --help'."
