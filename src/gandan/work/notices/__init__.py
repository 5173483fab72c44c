"""What bodies tell everyone, always in their own name: notices, corrections of claims, alerts; and who calls whom."""
