"""What the chain of evidence is told in: kinds of things, how they hang together, what is missing."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hearback.plan.chain.links import Chain, NodeId

KINDS = {
    "journey": _("Journeys"),
    "pain_point": _("Pain points"),
    "persona": _("Personas"),
    "insight": _("Insights"),
    "study": _("Studies"),
    "story": _("Stories"),
    "life_experience": _("Life experiences"),
    "project": _("Projects"),
    "milestone": _("Milestones"),
    "priority_area": _("Priority areas"),
    "strategy": _("Strategies"),
    "goal": _("Goals"),
    "success_measure": _("Success measures"),
    "measure": _("Measures"),
    "commitment": _("Commitments"),
    "action_plan": _("Action plans"),
    "action_plan_action": _("Actions of action plans"),
    "funding": _("Funding"),
    "update": _("Updates"),
    "result": _("Results"),
    "release": _("Releases"),
    "figure": _("Figures"),
    "answer": _("Answers"),
    "comment": _("Comments"),
    "case": _("Cases"),
    "observation": _("Observations"),
    "highlight": _("Passages of transcripts"),
    "evidence": _("Evidence"),
}
ONE = {
    "journey": _("Journey"),
    "pain_point": _("Pain point"),
    "persona": _("Persona"),
    "insight": _("Insight"),
    "study": _("Study"),
    "story": _("Story"),
    "life_experience": _("Life experience"),
    "project": _("Project"),
    "milestone": _("Milestone"),
    "priority_area": _("Priority area"),
    "strategy": _("Strategy"),
    "goal": _("Goal"),
    "success_measure": _("Success measure"),
    "measure": _("Measure"),
    "commitment": _("Commitment"),
    "action_plan": _("Action plan"),
    "action_plan_action": _("Action of an action plan"),
    "funding": _("Funding"),
    "update": _("Update"),
    "result": _("Result"),
    "release": _("Release"),
    "figure": _("Figure"),
    "answer": _("Answer"),
    "comment": _("Comment"),
    "case": _("Case"),
    "observation": _("Observation"),
    "highlight": _("Passage of a transcript"),
    "evidence": _("Evidence"),
}
SAYS = {
    "answers": _("answers"),
    "cites": _("cites"),
    "came of": _("came of"),
    "depends on": _("depends on"),
    "goes on with": _("goes on with"),
    "hurts at": _("hurts at"),
    "is a step of": _("is a step of"),
    "is about": _("is about"),
    "is for": _("is for"),
    "is lived as": _("is lived as"),
    "is measured by": _("is measured by"),
    "is part of": _("is part of"),
    "is to be moved by": _("is to be moved by"),
    "publishes": _("publishes"),
    "is to move": _("is to move"),
    "is told in": _("is told in"),
    "serves": _("serves"),
    "took the place of": _("took the place of"),
    "was seen in": _("was seen in"),
}
MISSING = {
    "pain_point_without_evidence": _("no evidence of it is named"),
    "pain_point_without_project": _("no project and no action of a plan is named that answers it"),
    "insight_without_evidence": _("none of the evidence that it cites is there; it is not published"),
    "persona_without_evidence": _("none of the evidence that it cites is there; it is not published"),
    "insight_without_project": _("no project or action answers a pain point that it cites"),
    "project_without_pain_point": _("it is not named which pain points it answers"),
    "project_without_milestone": _("no milestone is named"),
    "project_without_result": _("no result was published"),
    "project_without_success_measure": _("no success measure is named that it is to move"),
    "strategy_without_success_measure": _("no success measure is named that it is to move"),
    "success_measure_without_work": _("no project or strategy is named that is to move it"),
    "milestone_without_evidence": _("it is said to be complete; nothing beyond that is named as evidence"),
    "action_without_evidence": _("it is said to be delivered; nothing beyond that is named as evidence"),
    "success_measure_without_figures": _("no figure of it was published, or none but a baseline"),
    "success_measure_without_target": _("no target figure was published"),
    "commitment_without_evidence": _("a status is given; what was done is not told"),
    "commitment_without_progress": _("nothing of its progress is in this record"),
}


@dataclass(frozen=True)
class End:
    """One end of a link: what it is called, and whether it is there."""

    words: str
    is_there: bool


def broken_in_words(chain: Chain) -> list[tuple[End, Any, End]]:
    """Tell each link of which one end is not there: its start, how, its end."""
    return [(_end(chain, one.start), SAYS[one.says], _end(chain, one.end)) for one in chain.broken]


def _end(chain: Chain, of: NodeId) -> End:
    node = chain.nodes.get(of)
    return End(f"{ONE[of[0]]} {of[1]}", False) if node is None else End(node.title, True)
