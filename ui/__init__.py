"""Drawing: one module a page, a typed service that they all use, and nothing decided here."""
