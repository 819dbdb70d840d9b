"""What a letter's PDF holds, as a reader of PDF files sees it."""

from io import BytesIO

from django.core.files.storage import default_storage
from pypdf import PdfReader


def content_of(letter):
    with default_storage.open(letter.file) as file:
        return file.read()


def text_of(letter):
    reader = PdfReader(BytesIO(content_of(letter)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())
