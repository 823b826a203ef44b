"""Time under Chinese law: working days, legal periods, and dates that can explain themselves."""
