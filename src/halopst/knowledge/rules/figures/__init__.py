"""Published figures: values, units, periods, regions, and what tables and files of them say."""
