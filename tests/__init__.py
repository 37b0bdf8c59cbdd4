"""The tests: a package, since a library brings one of that name."""
