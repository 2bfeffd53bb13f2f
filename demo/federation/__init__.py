"""The Lanternfield Housing Federation: invented branches and people who live two years by the rulebook beside this file.

`people` who they are; `clerk` hands in their acts; `meetings`, `ballots` and `branches` what they do there; `years` what
happens when; `present` what is open on the last day. Nothing here decides anything: every act is judged.
"""
