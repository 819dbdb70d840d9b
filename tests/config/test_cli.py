"""The words `halopst` understands, and what it says about those it does not."""

import pytest
from django.core.management import CommandError, call_command

from halopst.config.cli import COMMANDS, PASSED_ON, parser
from halopst.config.usage import in_indonesian, not_understood


@pytest.mark.parametrize("word", sorted(set(COMMANDS) - set(PASSED_ON)))
def test_every_command_explains_itself_in_indonesian(word, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([word, "--help"])

    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"pemakaian: halopst {word} [-h]")
    assert "tampilkan bantuan ini" in said
    assert not [line for line in said.splitlines() if line.startswith(("usage", "options", "positional"))]


@pytest.mark.parametrize(
    "words",
    [[], ["jalan"], ["run", "--port", "0"], ["run", "--port", "ribuan"], ["backup"], ["run", "--no"]],
    ids=" ".join,
)
def test_words_it_does_not_know_are_refused_in_one_line(words, capsys):
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(words)

    assert ended.value.code == 2
    said, refused = capsys.readouterr()
    assert said == ""
    assert refused.startswith("halopst: perintah tidak dipahami (")
    assert refused.count("\n") == 1


def test_every_command_is_in_the_list(capsys):
    with pytest.raises(SystemExit):
        parser().parse_args(["--help"])

    listed = {line.split()[0] for line in capsys.readouterr().out.splitlines() if line.startswith("    ")}
    assert set(COMMANDS) <= listed


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("the following arguments are required: import|export", "belum disebut: import|export"),
        (
            "argument PERINTAH: invalid choice: 'halo' (choose from 'run', 'web')",
            "'halo' tidak dikenal; pilihannya: 'run', 'web'",
        ),
        ("unrecognized arguments: --unti 3578", "tidak dikenal: --unti 3578"),
        ("argument --unit: expected one argument", "--unit perlu satu isian"),
        ("argument --scale: invalid int value: 'x'", "'x' bukan isian untuk --scale"),
        ("argument --port: porta harus angka 1 sampai 65535", "--port: porta harus angka 1 sampai 65535"),
    ],
)
def test_what_is_misread_is_told_in_indonesian(said, told):
    assert in_indonesian(said) == told


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", [["knowledge"], ["knowledge", "eksport", "a"], ["aida", "evaluate", "--unti", "1"]]
)
def test_commands_that_are_handed_over_say_so_as_well(words):
    with pytest.raises(CommandError) as refused:
        call_command(*words)

    said = not_understood(str(refused.value), words[0])
    assert said.startswith("perintah tidak dipahami (")
    assert said.endswith(f"; lihat 'halopst {words[0]} --help'.")


def test_a_refusal_of_the_command_itself_stays_as_it_is():
    assert not_understood("Berkas a tidak dapat dibaca.", "knowledge") == "Berkas a tidak dapat dibaca."
