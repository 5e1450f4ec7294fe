"""The preview: what an editor sees while casefiles change. It knows no site generator; the adapter lends it one's theme."""
