VIEW = "cases.view"
WORK = "cases.work"
MANAGE = "cases.manage"
CONFIGURE = "cases.configure"
