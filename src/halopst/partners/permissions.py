"""Who does what with mitra and their money; the roles that hold these are in `accounts.roles`."""

VIEW = "partners.view"
MANAGE = "partners.manage"
CONFIGURE = "partners.configure"
ALLOCATE = "partners.allocate"
APPROVE = "partners.approve"
OVERRIDE = "partners.override"
PAY = "partners.pay"
