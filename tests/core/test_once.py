"""What is read once for a question is read again for the next."""

from halopst.core.once import once, reading_once


def test_within_a_question_it_is_read_once_and_anew_for_the_next():
    read = iter(range(10))

    def asked():
        with reading_once():
            return [once("stamp", lambda: next(read)) for _time in range(3)]

    assert [asked(), asked()] == [[0, 0, 0], [1, 1, 1]]


def test_what_differs_is_read_apart():
    with reading_once():
        assert (once("one", lambda: 1), once(("one", 2), lambda: 2), once("one", lambda: 3)) == (1, 2, 1)


def test_outside_of_a_question_nothing_is_kept():
    read = iter(range(10))

    assert [once("stamp", lambda: next(read)) for _time in range(2)] == [0, 1]


def test_a_question_within_another_reads_what_that_has_read():
    with reading_once():
        first = once("stamp", object)
        with reading_once():
            assert once("stamp", object) is first
        assert once("stamp", object) is first
