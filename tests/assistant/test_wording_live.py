"""On the real web server: a sentence that passed is on the page while the model still writes the next."""

import gc
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

import httpx
import pytest
from django.db import connection

from halopst.assistant.models import Turn, Wording
from halopst.core.actors import SYSTEM
from halopst.knowledge.models import Document
from halopst.knowledge.services import withdraw
from tests.assistant.model_server import says
from tests.assistant.worded import answered, build_office, put_to_use
from tests.serving import serving

FIRST = "Inflasi adalah kenaikan harga secara umum dan terus-menerus."
SECOND = "Inflasi Juni 2024 tercatat 3,15 persen."


@pytest.fixture
def browser(transactional_db):
    with serving() as address, visiting(address) as one:
        yield one


def visiting(address):
    return httpx.Client(base_url=address, headers={"Host": "localhost"}, timeout=20)


def post(browser, path, page, **data):
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    headers = {"HX-Request": "true", "X-CSRFToken": token}
    return browser.post(path, data=data, headers=headers).text


def test_sentences_are_streamed_as_they_pass(browser, model, settings):
    settings.MODEL_SECONDS = 60
    office = build_office()
    put_to_use()
    model.replies, model.holds = [says((FIRST, [1]), (SECOND, [1]), (FIRST, [1]))], True
    path = f"/aida/{office.slug}/"
    page = post(browser, path, browser.get(path).text, question="Apa itu inflasi?")
    topic = dict(parse_qsl(re.search(r'data-susun="/langsung/\?([^"]+)"', page)[1].replace("&amp;", "&")))
    words = f"{path}jawaban/{Turn.objects.get().pk}/susun/"
    with ThreadPoolExecutor(1) as pool, browser.stream("GET", "/langsung/", params=topic) as stream:
        told = (line for line in stream.iter_lines() if line.startswith('data: {"id'))
        whole = pool.submit(post, browser, words, page)
        next(told)
        so_far = browser.get(words).text
        assert (FIRST in so_far, SECOND in so_far, whole.done()) == (True, False, False)
        assert Wording.objects.get().state == "writing"
        model.released.set()
        assert (SECOND in whole.result(), Wording.objects.get().state) == (True, "done")


def test_words_of_a_text_that_is_withdrawn_meanwhile_are_not_shown(transactional_db, client, model):
    office = build_office()
    put_to_use()

    def withdraws(_asked):
        withdraw(SYSTEM, Document.objects.get(title="Inflasi"))
        connection.close()
        return says((FIRST, [1]))

    model.replies = [withdraws]
    turn, wording = answered(client, office, "Apa itu inflasi?")

    assert (wording.verdict, wording.reason, turn.answer["sentences"]) == ("rejected", "source-gone", [])
    assert len(model.asked) == 1


@pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning")  # Django leaves it so when cut off
def test_a_server_told_to_stop_does_not_wait_for_a_model(transactional_db, model, settings):
    settings.MODEL_SECONDS = 3600
    office = build_office()
    put_to_use()
    model.faults = ["stall"]
    path = f"/aida/{office.slug}/"
    with ThreadPoolExecutor(1) as pool, serving() as address, visiting(address) as browser:
        page = post(browser, path, browser.get(path).text, question="Apa itu inflasi?")
        words = f"{path}jawaban/{Turn.objects.get().pk}/susun/"
        whole = pool.submit(post, browser, words, page)
        while not model.asked:
            assert not whole.done(), whole.result()

    gc.collect()
    assert isinstance(whole.exception(), httpx.HTTPError)
    assert Wording.objects.get().state == "writing"  # cut off; nobody waits for it later
