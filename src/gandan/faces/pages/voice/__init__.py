"""What people bring: sent and followed by them, worked on at the desk. Each kind's own pages stand in a module of its name."""
