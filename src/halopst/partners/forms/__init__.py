from halopst.partners.forms.importing import ColumnsForm, UploadForm
from halopst.partners.forms.reference import (
    ActivityForm,
    BudgetLineForm,
    CapForm,
    CeilingForm,
    DutyForm,
    FigureForm,
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
    "FigureForm",
    "PersonForm",
    "PriceForm",
    "RulesForm",
    "TaxForm",
    "TeamForm",
    "UploadForm",
    "YearForm",
]
