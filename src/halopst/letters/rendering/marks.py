"""The QR code that leads from paper to the page of verification, written and read back."""

import re
from functools import lru_cache

import zxingcpp
from PIL import Image

TOKEN = re.compile(r"/verifikasi/([A-Za-z0-9_-]{16,32})/?\s*$")
QR_CODES = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    return zxingcpp.write_barcode_to_svg(code, add_quiet_zones=False)


def tokens_in(picture: Image.Image) -> set[str]:
    """The tokens of all verification addresses whose codes are on `picture`."""
    codes = zxingcpp.read_barcodes(picture.convert("L"), QR_CODES)
    return {found[1] for code in codes if (found := TOKEN.search(code.text))}
