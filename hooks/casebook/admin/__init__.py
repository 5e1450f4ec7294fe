"""The form in the browser: Decap CMS over the casefiles of this folder, with no account.

`config` makes the form from the models, `entries` and `saving` stand between the form and the files, `server` lets the
browser reach them from this machine only, `bundle` gets Decap CMS itself. Nothing here is part of the published site
unless it is asked for (`publishing`).
"""
