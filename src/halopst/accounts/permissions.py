VIEW = "accounts.view"
MANAGE = "accounts.manage"
