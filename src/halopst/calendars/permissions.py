VIEW = "calendars.view"
MANAGE = "calendars.manage"
