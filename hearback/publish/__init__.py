"""The frozen releases and the public site that reads them."""
