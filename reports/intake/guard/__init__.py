"""The guard against floods of reports: a challenge that is costly for machines sending many reports
and hardly noticed by people.
"""
