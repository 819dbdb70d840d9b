VIEW = "satisfaction.view"
