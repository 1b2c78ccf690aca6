"""Automations at work: what answers to what happens, what is due by the clock, what is pressed, and what comes from outside."""
