"""New casefiles and new entries of the registries, written so that they pass the checker from the first minute.

What is made is tried on a working copy first (`desk`), and nothing is written before it is sound. Facts are asked for
and never made up: what nobody has said stands as a placeholder (`placeholders`), or is left out.
"""
