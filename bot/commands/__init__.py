"""The commands of `attache`. Heavy imports wait until a command needs them."""
