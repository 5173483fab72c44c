"""Relief in disaster or epidemic: what is needed, what is offered, handed out once against a code, erased when it ends."""
