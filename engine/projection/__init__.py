"""What an actor sees: of a menu, an entity, a record, an approval. Pure: configuration and person in, plain data out."""
