"""What a release gives away of what it holds back."""
