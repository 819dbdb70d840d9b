VIEW = "notifications.view"
MANAGE = "notifications.manage"
