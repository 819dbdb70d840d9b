"""Letters as a scanner would give them: pictures of their pages in a PDF."""

from io import BytesIO

from PIL import Image

from halopst.letters.services.papers import pictures_of


def scanned(letter, *, blank=False):
    """With `blank` no code can be read on it."""
    shown = [Image.open(BytesIO(page)).convert("L") for page in pictures_of(letter)]
    if blank:
        shown = [Image.new("L", page.size, 255) for page in shown]
    made = BytesIO()
    shown[0].save(made, "PDF", save_all=True, append_images=shown[1:])
    return made.getvalue()
