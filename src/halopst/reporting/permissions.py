VIEW = "reporting.view"
