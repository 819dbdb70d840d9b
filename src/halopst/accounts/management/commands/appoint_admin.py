from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from halopst.accounts.services import appoint_admin
from halopst.core.actors import SYSTEM
from halopst.core.commands import DJANGOS
from halopst.core.errors import Refused
from halopst.units.models import Unit

DONE = """{user} kini admin {unit}.
Masuk di {address}/akun/masuk/ dengan kode yang dikirim ke surel itu,
atau beri akun ini kata sandi dengan 'halopst manage changepassword {email}'."""


class Command(BaseCommand):
    suppressed_base_arguments = DJANGOS
    help = "Angkat admin satker, dengan akun baru bila surel itu belum punya."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="surel orangnya")
        parser.add_argument("--name", default="", help="namanya, untuk akun baru")
        parser.add_argument(
            "--unit", default="0000", help="kode BPS satkernya (bawaan 0000: BPS Pusat, berwenang atas semua)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unit = Unit.objects.filter(code=options["unit"]).first()
        if unit is None:
            raise CommandError(f"Tidak ada satker dengan kode {options['unit']}. Contoh: 3578.")
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} bukan alamat surel.") from error
        try:
            user = appoint_admin(SYSTEM, email=options["email"], name=options["name"][:150], unit=unit)
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        said = DONE.format(user=user, unit=unit.name, address=settings.PUBLIC_URL, email=user.email)
        self.stdout.write(said)
