from halopst.accounts.forms.people import InvitationForm, MappingForm, PeriodForm, RoleForm
from halopst.accounts.forms.profile import ProfileForm, TokenForm
from halopst.accounts.forms.sign_in import AddressForm, CodeForm, NameForm

__all__ = [
    "AddressForm",
    "CodeForm",
    "InvitationForm",
    "MappingForm",
    "NameForm",
    "PeriodForm",
    "ProfileForm",
    "RoleForm",
    "TokenForm",
]
