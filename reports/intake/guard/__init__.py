"""Against floods of reports: a challenge that machines pay for and people hardly notice."""
