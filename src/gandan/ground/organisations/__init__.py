"""Units, their dated place in the tree, successions; people, appointments, rights."""
