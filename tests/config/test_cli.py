"""The words `halopst` understands, and what it says about those it does not."""

import pytest

from halopst.config.cli import COMMANDS, PASSED_ON, parser


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
