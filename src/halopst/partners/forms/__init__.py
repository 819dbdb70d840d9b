from halopst.partners.forms.activities import ActivityForm, DutyForm, YearLineForm
from halopst.partners.forms.importing import ColumnsForm, UploadForm
from halopst.partners.forms.reference import (
    BudgetLineForm,
    CapForm,
    CeilingForm,
    EndForm,
    FigureForm,
    PositionForm,
    PriceForm,
    RulesForm,
    TaxForm,
    TeamForm,
)
from halopst.partners.forms.register import (
    AccountForm,
    AppealForm,
    BlacklistForm,
    DecisionForm,
    DocumentForm,
    PersonForm,
    YearForm,
)

__all__ = [
    "AccountForm",
    "ActivityForm",
    "AppealForm",
    "BlacklistForm",
    "BudgetLineForm",
    "CapForm",
    "CeilingForm",
    "ColumnsForm",
    "DecisionForm",
    "DocumentForm",
    "DutyForm",
    "EndForm",
    "FigureForm",
    "PersonForm",
    "PositionForm",
    "PriceForm",
    "RulesForm",
    "TaxForm",
    "TeamForm",
    "UploadForm",
    "YearForm",
    "YearLineForm",
]
