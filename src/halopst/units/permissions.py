VIEW = "units.view"
MANAGE = "units.manage"
