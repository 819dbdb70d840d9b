from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from halopst.accounts.actors import actor_for
from halopst.accounts.models import ApiToken, User
from halopst.accounts.services import create_token, fresh_secret
from halopst.core.commands import DJANGOS
from halopst.core.errors import Refused


class Command(BaseCommand):
    suppressed_base_arguments = DJANGOS
    help = "Buat token API untuk seseorang; token dicetak sekali dan tidak dapat dilihat lagi."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="surel pemilik token")
        parser.add_argument("--name", default="baris perintah", help="untuk apa token ini")
        parser.add_argument(
            "--scope", action="append", choices=ApiToken.Scope.values, help="bawaan: baca; boleh diulang"
        )
        parser.add_argument(
            "--days", type=int, default=90, help="masa berlaku, 1 sampai 366 hari (bawaan 90)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"Tidak ada akun aktif dengan surel {options['email']}.")
        secret = fresh_secret()
        try:
            create_token(
                actor_for(user),
                name=options["name"],
                scopes=options["scope"] or [ApiToken.Scope.READ],
                days=options["days"],
                secret=secret,
                now=timezone.now(),
            )
        except Refused as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(secret)
