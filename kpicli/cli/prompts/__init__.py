"""What a person is asked while definitions are made; an empty answer takes what is offered."""
