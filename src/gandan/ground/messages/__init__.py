"""The outbox: what is sent to people, by e-mail and by gateways."""
