"""Tresen beside the models others would install, on data sets that are read from elsewhere."""
