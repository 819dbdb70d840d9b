"""Persons and households are never listed by name or address; how many they are is a figure."""

import pytest

from halopst.assistant.rules.question.intents import MICRODATA, kind_of
from halopst.core.spelling import words as plain


@pytest.mark.parametrize(
    "asked",
    [
        "Daftar nama dan alamat rumah tangga miskin di Sampang",
        "minta nama & alamat warga miskin desa Torjun",
        "nama kepala keluarga miskin di Surabaya",
        "alamat lengkap para penerima PKH di Malang",
        "Data rumah tangga miskin Sampang beserta nama dan alamatnya",
        "daftar penerima bansos lengkap dengan NIK",
        "siapa saja penerima bansos di Sampang",
        "daftar nomor HP petani di Jember",
        "NIK dan nama semua penduduk Kota Batu",
        "list of names and addresses of poor households in Sampang",
    ],
)
def test_a_list_of_persons_or_households_is_microdata(asked):
    assert kind_of(plain(asked)) == MICRODATA


@pytest.mark.parametrize(
    "asked",
    [
        "Jumlah rumah tangga miskin di Sampang",
        "daftar jumlah penduduk miskin per kabupaten",
        "data rumah tangga menurut kecamatan",
        "alamat rumah sakit di Surabaya",
        "nama kepala BPS Kabupaten Sampang",
        "daftar alamat kantor BPS untuk data penduduk",
        "data penduduk dengan akta kelahiran",
        "siapa saja penduduk usia kerja itu",
        "persentase rumah tangga dengan alamat tetap",
        "nama lain dari penduduk miskin",
        "daftar nama kecamatan dan jumlah penduduk Sampang",
    ],
)
def test_counts_of_persons_and_other_names_are_not_microdata(asked):
    assert kind_of(plain(asked)) != MICRODATA
