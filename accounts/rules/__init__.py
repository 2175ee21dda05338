"""New rules: residents get a letter, accept or resign, are reminded, and lose the account if they
do neither.
"""
