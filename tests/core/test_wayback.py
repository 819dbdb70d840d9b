"""Who is led from a list to where something is mended finds the list again; nobody is led off our pages."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse, HttpResponseRedirect

from halopst.core.errors import Refused
from halopst.core.refusals import RefusalMiddleware
from halopst.core.wayback import WayBackMiddleware, came_from, leading_back, way_back

LIST = "/mitra/kota/perjanjian/?bulan=2026-12&q=Ayu+P"
EDIT = "/mitra/kota/4/ubah/"


def saved(rf, to=f"{EDIT}?a=1#nik", **asked):
    request = rf.post(**({"path": leading_back(EDIT, LIST)} | asked))
    return WayBackMiddleware(lambda _request: HttpResponseRedirect(to))(request)["Location"]


def test_the_page_where_it_is_mended_knows_the_list(rf):
    url = leading_back("/mitra/kota/4/?tahun=2026#daftar-hitam", LIST)

    assert urlsplit(url).fragment == "daftar-hitam"
    assert parse_qs(urlsplit(url).query) == {"tahun": ["2026"], "kembali": [LIST]}
    assert way_back(rf.get(url)) == LIST


def test_what_is_saved_leads_to_a_page_that_still_knows_it(rf):
    assert saved(rf) == leading_back(f"{EDIT}?a=1#nik", LIST)


def test_a_form_with_an_address_of_its_own_knows_it_from_the_page_it_stood_on(rf):
    page = f"http://testserver{leading_back('/mitra/kota/4/', LIST)}"

    assert saved(rf, path="/mitra/kota/4/nik/", headers={"referer": page}) == leading_back(
        f"{EDIT}?a=1#nik", LIST
    )


def test_a_page_that_answers_with_its_own_address_has_the_way_back_once(rf):
    assert saved(rf, to=leading_back(EDIT, LIST)) == leading_back(EDIT, LIST)


def test_the_list_itself_has_no_way_back_to_itself(rf):
    assert saved(rf, to="/mitra/kota/perjanjian/") == "/mitra/kota/perjanjian/"


@pytest.mark.parametrize(
    "back",
    ["", "https://jahat.example/", "//jahat.example/", "/\\jahat.example/", "javascript:alert(1)", "mitra/"],
)
def test_nobody_is_led_off_our_pages(rf, back):
    url = leading_back(EDIT, back)

    assert way_back(rf.get(url)) == ""
    assert saved(rf, path=url) == f"{EDIT}?a=1#nik"
    assert saved(rf, path=EDIT, headers={"referer": f"http://testserver{url}"}) == f"{EDIT}?a=1#nik"


@pytest.mark.parametrize("to", ["https://jahat.example/", "//jahat.example/"])
def test_whoever_is_sent_elsewhere_does_not_take_it_along(rf, to):
    assert saved(rf, to=to) == to


def test_a_page_that_answers_itself_is_left_alone(rf):
    answer = WayBackMiddleware(lambda _request: HttpResponse("ya"))(rf.get(leading_back(EDIT, LIST)))

    assert "Location" not in answer


class Lacking(Refused):
    repair_url = EDIT


def test_who_is_refused_finds_what_is_lacking_and_the_page_that_asked_for_it(rf):
    request = rf.post("/surat/3/langkah/", headers={"referer": f"http://testserver{LIST}", "hx-request": "1"})
    request.htmx = True

    answer = RefusalMiddleware(None).process_exception(request, Lacking())

    assert leading_back(EDIT, LIST).replace("&", "&amp;") in answer.content.decode()


@pytest.mark.parametrize(
    "referer", ["", "https://jahat.example/", "http://testserver//jahat.example/", "http://jahat.example/a"]
)
def test_only_a_page_of_ours_was_come_from(rf, referer):
    assert came_from(rf.get("/", headers={"referer": referer})) == ""


def test_where_somebody_came_from_is_an_address_here(rf):
    assert came_from(rf.get("/", headers={"referer": f"http://testserver{LIST}#bawah"})) == LIST
