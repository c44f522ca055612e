"""Make the bundled data: `python tools/make_examples.py ../shared/data examples/federal`.

Facts and figures go in: names, codes, counts, dates, amounts, statuses, short summaries in our own words,
each with its source. Narrative text of the sources, wordings of surveys and people other than the leaders of
the priority area stay out. The same input gives the same bytes.
"""

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.american import american
from tools.example_journeys import journey
from tools.example_parts import AREA, READ, Record, milestones, reference, taken
from tools.wording import worded

DATA_SOURCE = "https://github.com/GSA/HISP-CX-Data"
PUBLISHED = ("cx_quarterly_v1.csv", "trust_counts.csv")
LEADER = "Priority area leader"
CODES, GOAL_CODES = "us-cx-organization", "us-performance-agency"

# Two providers record the same service under code 3; it is one row of the directory with two provisions.
SHARED_SERVICE = 3
SHARED_SERVICE_KEY = "usda-fsa-3"

# Groups that are bound where a text names no agency.
GROUPS = {"HISPs": "all high impact service providers", "all agencies": "all agencies"}

# Success measure of the area → the measure Hearback computes.
COMPUTED = {"m2": "trust_agree_share"}

# Goal whose text a later one replaced.
REPLACED_GOALS = {"2.1-2022": "2.1-2024"}

# Websites that the published file names: address → name, provider, and how the file writes it.
WEBSITES = {
    "farmers.gov": ("Farmers.gov", "usda-fsa", "Farmers.gov"),
    "fafsa.gov": ("FAFSA.gov", "ed-fsa", "FAFSA.gov"),
    "www.healthcare.gov": ("HealthCare.gov", "hhs-cms", "HealthCare.gov"),
    "www.irs.gov": ("IRS.gov", "treas-irs", "IRS.gov"),
    "www.medicare.gov": ("Medicare.gov", "hhs-cms", "Medicare.gov"),
    "www.recreation.gov": ("Recreation.gov", "multi-recreation-gov", "Recreation.gov"),
    "www.sba.gov": ("SBA.gov", "sba", "SBA.gov"),
    "travel.state.gov": ("Travel.State.gov", "state-passports", "travel.state.gov"),
    "www.usa.gov": ("USA.gov", "gsa-pxp", "USA.gov"),
    "www.fws.gov": ("FWS.gov", "doi-fws", "fws.gov"),
    "www.uspto.gov": ("USPTO.gov", "doc-uspto", "www.uspto.gov"),
    "my.uspto.gov": ("MyUSPTO", "doc-uspto", "myuspto.gov"),
    "tmsearch.uspto.gov": ("Trademark search", "doc-uspto", "tmsearch.uspto.gov"),
}


def agency_key(name: str) -> str:
    """Write an agency of the sources as a key of the directory."""
    return name.lower().replace("/", "-")


def one_line(text: str) -> str:
    """Collapse white space."""
    return re.sub(r"\s+", " ", text).strip()


def present(codes: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out codes that are blank or not known."""
    known = {scheme: [value for value in values if value] for scheme, values in codes.items()}
    return {scheme: values for scheme, values in known.items() if values}


class Sources:
    """The collected files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with (folder / "published" / PUBLISHED[0]).open(encoding="utf-8-sig", newline="") as file:
            self.published = list(csv.DictReader(file))
        self.providers = self.records("hisps")
        self.services: dict[str, list[tuple[str, Record]]] = defaultdict(list)
        for provider in self.providers:
            for service in provider["services"]:
                self.services[service_key(service)].append((provider["id"], service))

    def records(self, name: str) -> list[Record]:
        """Read the records of one collected file."""
        text = (self.folder / "priority-area" / f"{name}.json").read_text(encoding="utf-8")
        found: list[Record] = json.loads(text)["records"]
        return found

    def pairs(self, left: str, right: str) -> dict[str, set[str]]:
        """Give, for each value of one published column, the values of another that stand beside it."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.published:
            if row[left]:
                found[row[left]].add(row[right])
        return found


def service_key(service: Record) -> str:
    """Give the key of a service; the shared one has one key only."""
    return SHARED_SERVICE_KEY if service["dataset_service_id"] == SHARED_SERVICE else service["id"]


def agencies(sources: Sources) -> list[Record]:
    """Agencies with their codes. An office published as a department gives its code to its department."""
    home = {str(p["dataset_provider_id"]): p["agency"] for p in sources.providers}
    codes: dict[str, list[str]] = defaultdict(list)
    pairs = sources.pairs("attributes_organization_id", "attributes_service_provider_id")
    for code in sorted(pairs, key=int):
        (agency,) = {home[provider] for provider in pairs[code]}
        codes[agency].append(code)
    return [
        {
            "key": agency_key(record["id"]),
            **taken(record, "name", "abbreviation"),
            "level": "federal",
            "parent": agency_key(record["parent"]) if record["parent"] else None,
            **taken(record, *READ),
            "identifiers": present({CODES: codes[record["id"]], GOAL_CODES: [record["agency_code"]]}),
        }
        for record in sources.records("agencies")
    ]


def providers(sources: Sources) -> list[Record]:
    """Providers with the code of the published file."""
    return [
        {
            "key": p["id"],
            **taken(p, "name", "abbreviation"),
            "agency": agency_key(p["agency"]),
            **taken(p, "gist", "designated_since", "note", *READ),
            "identifiers": present({"us-cx-provider": [str(p["dataset_provider_id"] or "")]}),
        }
        for p in sources.providers
    ]


def services(sources: Sources) -> list[Record]:
    """Services with their providers and codes; quarters span those of all records of the service."""
    slugs = sources.pairs("attributes_service_id", "attributes_service_slug")
    return [service(key, records, slugs) for key, records in sources.services.items()]


def service(key: str, records: list[tuple[str, Record]], slugs: dict[str, set[str]]) -> Record:
    """One service, which may stand in several records, each with another provider."""
    main = next(s for _, s in records if s["id"] == key)
    code = main["dataset_service_id"]
    codes = {"us-cx-service": [str(code) if code else ""], "us-cx-slug": sorted(slugs.get(str(code), ()))}
    firsts, lasts = ([s[f] for _, s in records if s[f]] for f in ("first_quarter", "last_quarter"))
    return {
        "key": key,
        "name": one_line(main["name"]),
        **taken(main, "gist", "designated", "state"),
        "first_quarter": min(firsts, default=None),
        "last_quarter": max(lasts, default=None),
        "replaced_by": None,
        "provisions": [{"provider": provider} for provider in sorted(provider for provider, _ in records)],
        **taken(main, *READ),
        "identifiers": present(codes),
    }


def websites(sources: Sources) -> list[Record]:
    """Websites, each held against the published file that names it."""
    text = "\n".join("\n".join(row.values()) for row in sources.published)
    agency = {p["id"]: agency_key(p["agency"]) for p in sources.providers}
    missing = [written for _, _, written in WEBSITES.values() if written not in text]
    if missing:
        raise SystemExit(f"The published file does not name {', '.join(missing)}: take it out of WEBSITES.")
    return [
        {"address": address, "name": name, "agency": agency[provider], "provider": provider,
         "source": DATA_SOURCE, "confidence": "high"}
        for address, (name, provider, _) in sorted(WEBSITES.items())
    ]  # fmt: skip


def priority_areas(sources: Sources) -> list[Record]:
    """The priority area with its seats, success measures and strategies."""
    area, *strategies = sources.records("strategies")
    return [
        {
            "key": AREA,
            **taken(area, "number", "title", "gist", "challenge", "opportunity", *READ),
            "seats": seats(sources.records("leaders")),
            "success_measures": [
                {
                    "key": f"{AREA}-{m['id']}",
                    **taken(m, "name", "kind", "provider", "baseline", "baseline_value", "baseline_year"),
                    **taken(m, "target", "target_value", "latest"),
                    "drivers": m.get("drivers", []),
                    "note": m.get("note"),
                    "measure_key": COMPUTED.get(m["id"]),
                    **taken(m, *READ),
                }
                for m in area["success_measures"]
            ],
            "strategies": [strategy(record) for record in strategies],
        }
    ]


def seats(leaders: list[Record]) -> list[Record]:
    """The seats of the leaders, with everybody shown in them and the times they were shown empty."""
    made: dict[str, Record] = {}
    for leader in (one for one in leaders if one["role_in_area"] == LEADER):
        agency = agency_key(leader["seat"])
        key = f"{AREA}-{agency}"
        seat = made.setdefault(key, {"key": key, "role": LEADER, "agency": agency, "holders": []})
        named = taken(leader, "name", "office_title", "shown_from", "shown_to", "note", *READ)
        seat["holders"].append({"key": f"{key}-{leader['shown_from']}", **named})
    return list(made.values())


def strategy(record: Record) -> Record:
    """A strategy with its goals, milestones and counts of who reports."""
    return {
        "key": record["id"],
        **taken(record, "number", "title"),
        "is_cross_agency_goal": record.get("is_cap_goal"),
        **taken(record, "note", *READ),
        "goals": [
            {
                "key": f"{AREA}-{g['id']}",
                "number": g["id"].split("-")[0],
                **taken(g, "gist", "target_date", "status", "as_of", "note"),
                "replaced_by": f"{AREA}-{REPLACED_GOALS[g['id']]}" if g["id"] in REPLACED_GOALS else None,
                **taken(g, *READ),
            }
            for g in record["goals"]
        ],
        "milestones": milestones(record.get("milestones", []), record["id"]),
        "reporting_counts": [
            {"key": f"{record['id']}-{c['as_of']}", **taken(c, "as_of", "reporting", "total", "note", *READ)}
            for c in record.get("reporting_counts", [])
        ],
    }


def life_experiences(sources: Sources) -> list[Record]:
    """The life experiences with their projects and milestones."""
    return [life_experience(record) for record in sources.records("life_experiences")]


def journeys(sources: Sources) -> list[Record]:
    """What people go through in each life experience, as far as it was published."""
    return [journey(record) for record in sources.records("life_experiences")]


def life_experience(record: Record) -> Record:
    """One life experience; what was found in discovery stands beside it, the journey apart."""
    key, charter, discovery = record["id"], record["charter"], record["discovery"]
    lead = record["agencies"]["lead"]
    return {
        "key": key,
        **taken(record, "name", "question"),
        "lead_agency": agency_key(lead) if lead else None,
        "participants": [agency_key(a) for a in record["agencies"]["participants"]],
        "facts": [taken(f, "gist", *READ) for f in record["facts"]],
        **taken(charter, "where_we_want_to_be", "where_we_start"),
        "charter_source": charter["source"],
        **{f"discovery_{name}": discovery[name] for name in ("dates", "who", "people", "states", "source")},
        "journey": key,
        **taken(record, *READ),
        "projects": [project(p) for p in record["projects"]],
        "milestones": milestones(record["milestones"], key),
    }


def project(record: Record) -> Record:
    """A project with its results and milestones."""
    return {
        "key": record["id"],
        **taken(record, "name", "name_is_official", "goal"),
        "agencies": [agency_key(a) for a in record["agencies"]],
        "phase": record["phase_at_last_page"],
        **taken(record, "announced", "next_steps"),
        "results": [taken(r, "gist", *READ) for r in record["results"]],
        **taken(record, "note", *READ),
        "milestones": milestones(record["milestones"], record["id"]),
    }


def commitments(sources: Sources) -> list[Record]:
    """Commitments; a group that is bound stands apart from agencies."""
    return [
        {
            "key": record["id"],
            "kind": record["kind"],
            "reference": reference(record),
            "agencies": [agency_key(a) for a in record["agencies"] if a not in GROUPS],
            "bound_group": next((GROUPS[a] for a in record["agencies"] if a in GROUPS), None),
            **taken(record, "joint", "gist", "due", "status"),
            **({"status_is_official": False} if record["status"] else {}),  # says a note of the source file
            **taken(record, *READ),
            **taken(record, "progress", "progress_date", "progress_source", "progress_confidence"),
        }
        for record in sources.records("commitments")
    ]


def funding(sources: Sources) -> list[Record]:
    """Money set aside, awarded and asked for; some of it for two agencies together."""
    known = {a["id"] for a in sources.records("agencies")}
    return [
        {
            "key": record["id"],
            **taken(record, "kind", "date", "fiscal_year", "recipient"),
            "agencies": [agency_key(name) for name in _named(record["agency"] or "", known)],
            "amount_usd": record["amount_usd"],
            "customer_experience": record["cx_related"],
            **taken(record, "gist", "life_experience", "note", *READ),
        }
        for record in sources.records("funding")
    ]


def _named(text: str, known: set[str]) -> list[str]:
    return [text] if text in known else [name for name in text.split("/") if name]


def updates(sources: Sources) -> list[Record]:
    """Dated notes of progress; all were published, so all are approved."""
    return [
        {
            "key": record["id"],
            "date": record["date"],
            "kind": record["channel"],
            **taken(record, "title", "gist"),
            "body": None,
            "corrections": [],
            "strategies": [f"{AREA}-s{number}" for number in record["strategies"]],
            "life_experiences": [e for e in record["life_experiences"] if e != "all"],
            "all_life_experiences": "all" in record["life_experiences"],
            "approved": True,
            **taken(record, *READ),
        }
        for record in sources.records("updates")
    ]


def capacity_areas(sources: Sources) -> list[Record]:
    """Areas of the yearly self-assessment; some gists end with the round that asked about them, as (2023)."""
    made = []
    for record in sources.records("cx_measurement"):
        if record["kind"] == "capacity_area":
            gist, asked = re.fullmatch(r"(.*?)(?: \((\d{4})\))?\.", record["gist"]).groups()  # type: ignore[union-attr]
            named = {"key": record["id"], "name": record["title"], "gist": f"{gist}.", "round": asked}
            made.append({**named, **taken(record, *READ)})
    return made


def action_plans(_: Sources) -> list[Record]:
    """No text of a provider's action plan was found, and none is made up."""
    return []


MAKERS = (agencies, providers, services, websites)
MAKERS += (journeys, priority_areas, life_experiences, commitments, funding, updates)
MAKERS += (capacity_areas, action_plans)


def reported_surveys(folder: Path, target: Path) -> None:
    """Import the published files into an empty home, and export them without words of surveys."""
    hearback = Path(sys.executable).parent / "hearback"
    with tempfile.TemporaryDirectory() as home:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("HEARBACK_")}
        environ["HEARBACK_HOME"] = home

        def run(*words: str | Path) -> None:
            subprocess.run([hearback, *words], env=environ, stdout=subprocess.DEVNULL, check=True)

        run("init")
        run("directory", "load", target)
        run("collect", "import", *(folder / "published" / name for name in PUBLISHED))
        run("collect", "export", target / "reported_surveys.csv", "--replace")


def main(folder: Path, target: Path) -> None:
    """Make every file."""
    sources = Sources(folder)
    target.mkdir(parents=True, exist_ok=True)
    for make in MAKERS:
        text = json.dumps(worded(american(make(sources))), ensure_ascii=False, indent=1) + "\n"
        (target / f"{make.__name__}.json").write_text(text, encoding="utf-8")
    reported_surveys(folder, target)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("Use: python tools/make_examples.py ../shared/data examples/federal")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
