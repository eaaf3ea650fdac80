"""What is done, a verb a module: each job takes the parts that `app` built and gives an outcome. `sync` is the main one.

Folders hold what belongs together: `places` what stands above offices, `libraries` which libraries an office has,
`mailing` what leaves the house, `unattended` the service and its upkeep, `diagnose` what `doctor` looks at.
"""
