"""The signed-in pages on which one person prepares a release and another looks at it and publishes it.

`pages` show and take it; `preview` shows every public page as it will be.
"""
