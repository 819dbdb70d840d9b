from django.db import connection

from halopst.assistant.rules.slots import Slots, bare, longest, possible_names, years

# Regions by their own name, so that "Jember" is found as well as "Kabupaten Jember".
_REGIONS = """
SELECT DISTINCT region FROM units_unit WHERE kind <> 'pusat'
AND lower(regexp_replace(region, '^(Kabupaten|Kota|Provinsi) (Administrasi )?', '')) = ANY(%s)
"""


def slots_of(question: str) -> Slots:
    """The years and regions a question names."""
    with connection.cursor() as cursor:
        cursor.execute(_REGIONS, [possible_names(question)])
        regions = [bare(region) for (region,) in cursor.fetchall()]
    return Slots(years(question), longest(regions))
