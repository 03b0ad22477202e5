"""The visit: the scenario, its reading and checking, the patient, voices, the encounter, the outcome, the debrief.

Nothing here knows pages, records or the network.
"""
