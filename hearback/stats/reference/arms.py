"""The two arms of an experiment's case: which rows had the treatment."""

from collections.abc import Sequence

from hearback.stats.reference.case import Case, CaseNotValid, Row, labels

ARM_COLUMNS = ("arm", "group", "variant", "treatment")
CONTROLS = ("a", "control", "0", "old", "no", "false")


def arm_column(rows: Sequence[Row]) -> str:
    """Find the column that names the arms; `arm` where there are no rows.

    Raises:
        CaseNotValid: if no column is named as one.
    """
    if not rows:
        return ARM_COLUMNS[0]
    found = next((name for name in ARM_COLUMNS if name in rows[0]), None)
    if found is None:
        raise CaseNotValid(f"no column of {', '.join(rows[0])} names the arms; call it {ARM_COLUMNS[0]!r}")
    return found


def in_treatment(case: Case, rows: Sequence[Row]) -> list[bool]:
    """Say for every row whether it had the treatment.

    The control is the parameter `control`, or the first of the parameter `arms`, or an arm named as controls
    are, or else the first by name.

    Raises:
        CaseNotValid: if the arms are more than two, or a row names none.
    """
    arms = labels(rows, case.parameters.get("arm") or arm_column(rows))
    names = sorted(set(arms))
    if len(names) > 2 or "" in names:
        raise CaseNotValid(f"{case.id} has arms {', '.join(map(repr, names))}; two named arms are compared")
    control = _control(case, names)
    return [arm != control for arm in arms]


def _control(case: Case, names: Sequence[str]) -> str | None:
    stated = case.parameters.get("control") or next(iter(case.parameters.get("arms") or ()), None)
    if stated is not None:
        return str(stated)
    if len(names) == 1:
        return names[0] if names[0].lower() in CONTROLS else None
    return next((name for name in names if name.lower() in CONTROLS), names[0] if names else None)
