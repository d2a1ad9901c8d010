"""The meetings of the integration network: planned by its rule, their papers, who comes, who does what."""
