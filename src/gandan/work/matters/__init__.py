"""Complex matters: a place and an issue, what people ask, dialogues held, promises kept or broken; joint by both sides."""
