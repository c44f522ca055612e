"""What rules say in English, told to translators: rules are plain Python and cannot do so themselves.

A test compares it with the rules. `said` says them in the language that is spoken.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

WORDS = (
    _(
        "A pooled survey has many answers and two or more of the five boxes empty: fewer points may "
        "have been offered."
    ),
    _(
        "Other surveys are pooled than in the quarter before; a difference between the two quarters "
        "may come from that alone."
    ),
    _(
        "Some surveys have too few people of this group to show; they are left out of it, so that no "
        "subtraction can find them."
    ),
    _("A pooled survey reported the same counts for trust and for another question."),
    _("A pooled survey reported more answers than people who answered."),
    _("A pooled survey was offered to more people than were served."),
    _("A pooled survey reported more respondents than customers served."),
    _("A pooled survey reported more respondents than people offered it."),
    _(
        "In a pooled survey, fewer than 70 % of the people who were shown the question answered it; "
        "those who left it out may think otherwise."
    ),
    _(
        "Fewer than 80 % of the people who were offered a pooled survey answered it; those who did "
        "not may think otherwise."
    ),
    _("The mean that the source printed for a pooled survey is not the mean of its counts."),
    _("Some pooled surveys reported no usable counts of people; the rate is of the others."),
    _(
        "The publisher's own review marked the report of a pooled survey as not following the rules; "
        "its answers are kept."
    ),
    _("The publisher's own review marked the report of a pooled survey as following the rules in part."),
    _("One survey stands for the whole group."),
    _("Two reports came for one survey and quarter; the first is used."),
    _("A pooled survey put its trust question in another way in the quarter before."),
    _("Trust or confidence increased"),
    _(
        "People said on five points how far they agree that this contact increased their trust or "
        "confidence. Both words are forms of the same standard item."
    ),
    _("Trust stated"),
    _(
        "People said on five points how far they agree that they trust the body that served them. "
        "That is about more than the last contact, so it is not joined with the other pool."
    ),
    _("The standard words"),
    _("People said on five points how far they agree with the standard statement on this question."),
    _("Thumbs up or down"),
    _(
        "People answered with a thumb up or down. That is another question than one on five points: "
        "the two are never compared."
    ),
    _("Ticked after a thumb"),
    _("People who chose one of the thumbs were shown what could matter and ticked what did."),
    _("A question of its own"),
    _(
        "The question, scale or moment is not that of any other pool. The figures of each survey "
        "stand by themselves and are neither compared nor added up."
    ),
    _("The survey had no trust question."),
    _("The words are not those of the standard question, so the answers are compared with nothing."),
    _("People answered on another scale than the standard one."),
    _("People rated their confidence; they were not asked to agree or disagree."),
    _("People were asked whether they would recommend the service, not about trust."),
    _("People were asked whether they would come back, not about trust."),
    _("People were asked whether their expectations were met, not about trust."),
    _("The question in the place of the trust question asks something else."),
    _("The words of the question are not known, so nobody can say what the answers mean."),
    _(
        "People answered on ten points; by which rule the published five boxes were made from them is"
        " not known."
    ),
    _("People could answer only yes or no, which is no rating from 1 to 5."),
    _("The scale on which people answered is not known."),
    _("People were asked at set times, not about a contact they just had."),
    _("When people were asked is described in a way that no rule covers."),
    _(
        "What was reported as counts are not counts of answers: they are percentages, or one number "
        "typed into a box, while far more people answered."
    ),
    _("No answers to the question were reported."),
    _("Answers are weighted to stand for more people; a sum with answers that are not would mean neither."),
    _(
        "Too few people answered to publish the figures without risk to their privacy; it is left out"
        " of every sum, so that no subtraction can find it."
    ),
    _("A second report came for the same survey and quarter; only the first is added up."),
    _("A chart needs 4 quarters with figures for its target, and one more."),
    _("All answers of the first quarters are the same, so chance cannot be reckoned."),
    _("Mean of the trust answers"),
    _("sum of answers 1 to 5"),
    _("answers"),
    _("Share agreeing"),
    _("answers 4 and 5"),
    _("Share strongly agreeing"),
    _("Answers to the trust question"),
    _("How many people answered the trust question."),
    _("Response rate"),
    _("Of the people who were offered the survey, the share who answered it."),
    _("respondents"),
    _("people offered the survey"),
    _("Share of thumbs up"),
    _("thumbs up"),
    _("people who ticked it"),
    _("people who were shown it"),
    _("strongly disagree"),
    _("disagree"),
    _("neither"),
    _("agree"),
    _("strongly agree"),
    _("Strongly disagree"),
    _("Disagree"),
    _("Neither"),
    _("Agree"),
    _("Strongly agree"),
    _("met"),
    _("on track"),
    _("off track"),
    _("going the wrong way"),
    _("missed"),
    _("cannot tell yet"),
    _("Met"),
    _("On track"),
    _("Off track"),
    _("Going the wrong way"),
    _("Missed"),
    _("Cannot tell yet"),
    _("the figure is at the target, allowing for chance"),
    _("the figure of the due date is not at the target, even allowing for chance"),
    _("the rate so far is enough to be at the target by the due date, allowing for chance"),
    _("the rate so far is not enough to be at the target by the due date, even allowing for chance"),
    _("the figure moves away from the target, by more than chance explains"),
    _("the figure is outside the bounds it is to keep, by more than chance explains"),
    _("no numeric target was published"),
    _("it was not published whether the figure is to rise, to fall or to stay"),
    _("no due date was published"),
    _("no figure of the baseline, or no date of it, is known"),
    _("no figure was published"),
    _("there is no figure after the baseline, or the first one, from which to see a rate"),
    _("how sure the figures are is not known, so a change cannot be told from chance"),
    _("the newest figure is made by another definition than the baseline"),
    _("other surveys count in the newest figure than at the start, so who reported may be what moved it"),
    _("the newest figure is more than 6 quarters old"),
    _("the due date has passed, and no figure of it was published"),
    _("the newest figure is of the due date, which is not over yet"),
    _("allowing for chance, the figure of the due date may lie on either side of the target"),
    _("allowing for chance, the rate so far may or may not be enough"),
    _("no due date is known"),
    _("its status is not known"),
    _("what its status means is not known"),
    _("when it was done is not known"),
    _("when it was done is not known precisely enough"),
    _("on time"),
    _("late"),
    _("overdue"),
    _("not due yet"),
    _("dropped"),
    _("cannot tell"),
    _("effectiveness"),
    _("ease"),
    _("efficiency"),
    _("transparency"),
    _("fair treatment"),
    _("staff"),
    _("something else"),
    _("Satisfaction"),
    _("Effectiveness"),
    _("Ease"),
    _("Efficiency"),
    _("Transparency"),
    _("Fair treatment"),
    _("Employee helpfulness"),
    _("the trust question"),
    _("the satisfaction question"),
    _("the question whether the need was met"),
    _("the question on ease"),
    _("the question on time"),
    _("the question on clearness"),
    _("the question on fair treatment"),
    _("the question on helpful staff"),
    _("the trust question with a thumb"),
    _("thumbs down"),
    _("4 or 5 of 5"),
    _("wilson"),
    _("mean t"),
    _("count"),
    _("1 day"),
    _("$1 million"),
    _("trust"),
    _("satisfaction"),
    _("equity"),
    _("employee"),
    _("customers"),
    _("offered"),
    _("federal"),
    _("No answer to any question is counted."),
    _("This is not waiting any more."),
    _("This is not waiting any more: look at what waits now."),
    _("Another release was made since this was prepared: prepare it again."),
    _("Nothing waits."),
    _("Say what changed and why: the public reads it beside the release."),
    _("There is nothing to publish yet: begin with `hearback directory load`."),
    _("There is no key to sign releases: run `hearback init`, which makes one."),
    _("increased_trust"),
    _("increased_confidence"),
    _("stated_trust"),
    _("rated_confidence"),
    _("expectations"),
    _("likelihood_of_use"),
    _("recommend"),
    _("other"),
    _("ten_point_converted"),
    _("yes_no"),
    _("five_point"),
)
"""Texts that rules say as they stand here."""

ELSEWHERE_OTHERWISE = (
    pgettext_lazy("rule", "answers"),
    pgettext_lazy("rule", "customers"),
    pgettext_lazy("rule", "offered"),
    pgettext_lazy("rule", "respondents"),
)
"""Words that mean something else where they stand on pages by themselves."""

SENTENCES = (
    _("The average answer to %(question)s, from 1 (strongly disagree) to 5 (strongly agree)."),
    _("Of the people who answered %(question)s, the share who chose %(answer)s."),
    _("Of the people who chose %(thumb)s and were then asked what mattered, the share who ticked %(what)s."),
    _("%(what)s, mean"),
    _("%(what)s, share agreeing"),
    _("Thumbs up and %(what)s"),
    _("Thumbs down and %(what)s"),
    _("Share answering %(n)s, %(answer)s"),
    _("answers %(n)s"),
    _("%(n)s of 5"),
    _("%(n)s months"),
    _("%(n)s weeks"),
    _("%(n)s days"),
    _("Cannot tell: %(why)s"),
    _("cannot tell: %(why)s"),
    _("Late by %(n)s quarter"),
    _("Late by %(n)s quarters"),
    _("Late by %(n)s day"),
    _("Late by %(n)s days"),
    _("Late by at least %(n)s quarter"),
    _("Late by at least %(n)s quarters"),
    _("Late by at least %(n)s day"),
    _("Late by at least %(n)s days"),
    _("Overdue by %(n)s quarter"),
    _("Overdue by %(n)s quarters"),
    _("Overdue by %(n)s day"),
    _("Overdue by %(n)s days"),
    _("Overdue by at least %(n)s quarter"),
    _("Overdue by at least %(n)s quarters"),
    _("Overdue by at least %(n)s day"),
    _("Overdue by at least %(n)s days"),
    _("Met: %(why)s."),
    _("On track: %(why)s."),
    _("Off track: %(why)s."),
    _("Going the wrong way: %(why)s."),
    _("Missed: %(why)s."),
    _("Cannot tell yet: %(why)s."),
    _("%(nvalue)s (how sure is not known)"),
    _("%(nvalue)s (exact)"),
    _("%(nvalue)s (%(nlow)s to %(nhigh)s)"),
    _("%(nrate)s percentage points a year"),
    _("%(nrate)s percentage points a year (how sure is not known)"),
    _("%(nrate)s percentage points a year (%(nlow)s to %(nhigh)s)"),
    _("from %(nlow)s to %(nhigh)s percentage points a year"),
    _("at least %(nlow)s percentage points a year"),
    _("at most %(nhigh)s percentage points a year"),
    _("%(nrate)s a year"),
    _("%(nrate)s a year (how sure is not known)"),
    _("%(nrate)s a year (%(nlow)s to %(nhigh)s)"),
    _("from %(nlow)s to %(nhigh)s a year"),
    _("at least %(nlow)s a year"),
    _("at most %(nhigh)s a year"),
    _("$%(n)s million"),
    _("$%(n)s billion"),
    _("The %(question)s question was not asked."),
    _("The %(question)s question is of the class %(wording)s; it cannot be compared."),
    _("The %(question)s question was answered on another scale (%(scale)s) and put into five boxes."),
    _("%(n)s answers to the %(question)s question; %(nall)s respondents reported."),
    _("Nobody of %(n)s chose %(nanswers)s at the %(question)s question."),
    _("No answer to the %(question)s question is counted."),
    _("%(one)s and %(other)s have the same five counts (%(ncounts)s)."),
    _("The number of %(people)s is not reported."),
    _("Every question has one box filled and few answers; %(n)s people answered."),
    _("Every question adds up to about %(n)s; %(nall)s people answered."),
    _(
        "The %(question)s question is %(now)s here and was %(before)s in %(quarter)s. The two "
        "quarters cannot be compared."
    ),
    _("%(who)s prepared this release; somebody else has to publish it."),
    _(
        "The scores of %(quarters)s are not those of the answers reported now: run `hearback measure "
        "all` first."
    ),
    _("What is held back can be worked out: %(what)s."),
    _(
        "Fewer than %(n)s people make the difference to the newest release in %(what)s. Where these "
        "are late answers, wait until there are more; where they are counts put right, say so."
    ),
)
"""Texts with gaps. A gap whose name begins with n holds numbers and nothing else."""
