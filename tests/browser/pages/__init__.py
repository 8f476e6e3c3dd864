"""A package, because a fixture of a plain folder would live on to the end of the run."""
