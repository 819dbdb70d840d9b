"""What changed between two versions of a text."""

from halopst.knowledge.rules.texts.version_changes import MOST_WORDS, Piece, changes


def test_nothing_changed_is_nothing_to_show():
    assert changes("Satu.\n\nDua.", "Satu.\nDua.\n") == []


def test_words_of_a_paragraph_and_how_many_others_stay():
    before = "a\nb\nc\nsatu dua tiga\nd\ne\nf"

    assert changes(before, before.replace("dua", "empat lima")) == [
        [Piece("left-out", count=2)], [Piece("same", "c")],
        [Piece("same", "satu"), Piece("gone", " dua"), Piece("new", " empat lima"), Piece("same", " tiga")],
        [Piece("same", "d")], [Piece("left-out", count=2)],
    ]  # fmt: skip


def test_an_added_and_a_removed_paragraph():
    assert changes("a\nb", "b\nc") == [[Piece("gone", "a")], [Piece("same", "b")], [Piece("new", "c")]]


def test_a_text_written_anew_is_shown_whole_without_comparing_every_word_with_every_other():
    old, new = "lama " * MOST_WORDS, "baru " * MOST_WORDS
    assert changes(old, new) == [[Piece("gone", old.strip()), Piece("new", new.strip())]]
