"""The groups that the verbs of collect belong to."""

import click

group = click.Group("collect", help="What people said: reported counts, files of answers, and forms.")
form_group = click.Group("form", help="Forms: make, change, publish, close; and the responses to them.")
group.add_command(form_group)
responses_group = click.Group("responses", help="Responses to forms as files.")
group.add_command(responses_group)
