from halopst.accounts.forms.profile import ProfileForm, TokenForm
from halopst.accounts.forms.sign_in import AddressForm, CodeForm, NameForm

__all__ = ["AddressForm", "CodeForm", "NameForm", "ProfileForm", "TokenForm"]
