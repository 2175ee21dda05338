"""The administrator's room: finding a person and acting on their account."""
