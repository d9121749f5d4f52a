"""The register as it stood on any day, as people meet it: which pages have a past, and how one gets there and back."""
