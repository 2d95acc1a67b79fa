"""Training of the embedded Stanza models: treebanks in, `data/models/fr` out."""
