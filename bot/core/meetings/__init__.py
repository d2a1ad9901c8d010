"""The meetings of the integration network, decided without looking anything up."""
