"""A photo is drawn anew from its pixels: nothing else that was in the file reaches the disk."""

from io import BytesIO
from typing import BinaryIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid
from halopst.core.files import dropped_on_failure
from halopst.scheduling.models import Expert
from halopst.scheduling.services.authority import must_edit

LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 40_000_000
SIDE = 480
_FORMATS = ("JPEG", "PNG", "WEBP")


class NotAPhoto(Invalid):
    message = _("Berkas ini bukan foto yang dapat dibaca. Unggah JPEG, PNG atau WebP, paling besar 5 MB.")


def set_photo(actor: Actor, expert: Expert, *, image: BinaryIO) -> None:
    """Show this photo, cut to a square; the one before it is thrown away."""
    must_edit(actor, expert)
    drawn, before = _redrawn(image), expert.photo.name
    expert.photo.save("foto.jpg", ContentFile(drawn), save=False)
    with dropped_on_failure(expert.photo.name), transaction.atomic():
        expert.save(update_fields=["photo", "updated_at"])
        record(actor, "scheduling.photo-set", expert)
        _discard(before)


@transaction.atomic
def remove_photo(actor: Actor, expert: Expert) -> None:
    must_edit(actor, expert)
    before, expert.photo = expert.photo.name, ""
    expert.save(update_fields=["photo", "updated_at"])
    record(actor, "scheduling.photo-removed", expert)
    _discard(before)


def _redrawn(image: BinaryIO) -> bytes:
    content = image.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NotAPhoto
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPhoto
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise NotAPhoto from error
    square = Image.new("RGB", (SIDE, SIDE))
    square.paste(ImageOps.fit(upright, (SIDE, SIDE), Image.Resampling.LANCZOS))
    drawn = BytesIO()
    square.save(drawn, "JPEG", quality=86, optimize=True)
    return drawn.getvalue()


def _discard(name: str) -> None:
    if name:
        transaction.on_commit(lambda: default_storage.delete(name))
