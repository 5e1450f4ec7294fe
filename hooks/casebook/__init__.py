"""The Founder Casebook: casefiles in, linked and verified pages out.

The package knows no site generator. `pipeline` reads as its table of contents; `docs/architecture.md`
explains the floors that its modules stand on.
"""

__version__ = "0.1.0"
