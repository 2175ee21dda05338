"""The administrator's pages of what works now: switches of functions, and technical breaks."""
