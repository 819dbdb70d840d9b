from halopst.core.reference import reference_data
from halopst.knowledge.services.cell_references import add_regions_of_units


@reference_data("wilayah data")
def load_regions() -> None:
    """A region for every office, so that figures can be about it."""
    add_regions_of_units()
