"""Processes of `hearback bench intake`: what drives the intake, and what it is compared with.

They are apart from `bench`, whose other measurements take seconds to load. `order` tells the `driver`
what to do, `responses` what to send; `beside` serves a handler that does nothing and the plain `view`.
"""
