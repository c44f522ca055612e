"""The front door of the web program: settings, addresses, server entry point."""
