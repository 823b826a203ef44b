"""What somebody has begun to fill in, kept until it is sent."""
