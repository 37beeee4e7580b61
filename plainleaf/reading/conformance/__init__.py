"""Whether a finished PDF meets the Matterhorn Protocol, condition by condition; knows nothing of how it was made."""
