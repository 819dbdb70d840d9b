"""Why the operating system does not open or write a file, in words that say what to do."""

import errno

_SAID = {
    errno.ENOENT: "tidak ada, periksa nama dan foldernya",
    errno.EEXIST: "sudah ada, pilih nama lain atau tambahkan --ganti",
    errno.EISDIR: "itu folder, sebut berkas di dalamnya",
    errno.ENOTDIR: "bagian dari jalurnya bukan folder, periksa jalurnya",
    errno.EACCES: "akun ini tidak berizin, beri izin atau jalankan sebagai pemiliknya",
    errno.EPERM: "akun ini tidak berizin, beri izin atau jalankan sebagai pemiliknya",
    errno.EROFS: "tempat itu hanya dapat dibaca, pilih folder lain",
    errno.ENOSPC: "ruang penyimpanan habis, kosongkan sebagian",
    errno.EDQUOT: "jatah penyimpanan habis, kosongkan sebagian",
    errno.ENAMETOOLONG: "namanya terlalu panjang, pakai nama yang lebih pendek",
    errno.ELOOP: "tautannya berputar, sebut berkas aslinya",
    errno.ENXIO: "itu bukan berkas biasa, sebut berkas biasa",
    errno.EINVAL: "namanya tidak sah, pakai nama lain",
}
_GONE = "berkas atau penyimpanannya hilang di tengah jalan, sambungkan lalu jalankan lagi"
_SAID |= dict.fromkeys((errno.EIO, errno.ESTALE, errno.ENODEV), _GONE)


def reason(error: OSError) -> str:
    """As it goes on after a colon, without the full stop."""
    return _SAID.get(error.errno or 0, f"sistem menolak (galat nomor {error.errno})")
