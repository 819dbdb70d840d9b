from halopst.units.models.services import OfferedService, ServiceKind
from halopst.units.models.standards import (
    COMPONENTS,
    DELIVERY,
    MANUFACTURING,
    Maklumat,
    PlatformText,
    PromiseUnit,
    PublishState,
    ServiceStandard,
    StandardTemplate,
)
from halopst.units.models.unit import Unit

__all__ = [
    "COMPONENTS",
    "DELIVERY",
    "MANUFACTURING",
    "Maklumat",
    "OfferedService",
    "PlatformText",
    "PromiseUnit",
    "PublishState",
    "ServiceKind",
    "ServiceStandard",
    "StandardTemplate",
    "Unit",
]
