"""What is made of a release when somebody asks for it."""
