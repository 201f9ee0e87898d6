"""What sentences say of the scenario: roles, constraints, stance, stage, voice and date.

`claim_reader.extract_claims` is the way in. Nothing is loaded from here: whoever reads a scenario
needs its terms alone, and before the first screen.
"""
