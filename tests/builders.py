"""Short ways to make what tests need. Each builder takes only what the test is about and invents the rest.

Every app adds its own builders below, in the order in which the work flows.
"""
