VIEW = "scheduling.view"
MANAGE = "scheduling.manage"
