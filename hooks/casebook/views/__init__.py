"""Casebook → pages, one module a page family. Sorting, grouping and lookup happen here; templates hold shape only."""
