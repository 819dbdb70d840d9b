"""Letters as a scanner would give them: pictures of their pages in a PDF."""

from io import BytesIO

from PIL import Image

from halopst.letters.rendering.press import press
from tests.letters.conftest import sheet_of


def scanned(letter, *, blank=False):
    """With `blank` no code can be read on it."""
    shown = [Image.open(BytesIO(page)).convert("L") for page in press().pictures(sheet_of(letter))]
    if blank:
        shown = [Image.new("L", page.size, 255) for page in shown]
    made = BytesIO()
    shown[0].save(made, "PDF", save_all=True, append_images=shown[1:])
    return made.getvalue()
