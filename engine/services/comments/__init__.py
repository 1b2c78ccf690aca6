"""What people say about records: threads of comments, whom they mention, and who is told."""
