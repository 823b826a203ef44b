"""Documents that a person wrote: YAML read to plain values that remember their lines; nothing executed."""
