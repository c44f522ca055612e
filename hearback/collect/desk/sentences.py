"""What checks of instruments and readers of files say, put into the language of the person."""

from django.utils.translation import gettext_noop

from hearback.ui.sentences import translator

SENTENCES = (
    gettext_noop("give {least} to {most} choices"),
    gettext_noop("give exactly the codes 1 and 0"),
    gettext_noop("the codes of a rating are 1, 2, 3 and so on, the lowest first"),
    gettext_noop("{code} stands there twice"),
    gettext_noop("has no words in {language}, the first language"),
    gettext_noop("another question has this code"),
    gettext_noop("looks at {code}, which is not asked before this question"),
    gettext_noop("say how many minutes answering takes"),
    gettext_noop("close after opening"),
    gettext_noop("nobody can be asked for what they cannot see"),
    gettext_noop("a question of type {type} has no choices"),
    gettext_noop("{code} is no choice of {question}"),
    gettext_noop("nothing in the file says it"),
    gettext_noop("what the file says cannot be used"),
    gettext_noop("what the form had is kept"),
    gettext_noop("{what} has no counterpart"),
    gettext_noop("it is dropped"),
    gettext_noop("it is not used"),
)
"""Those with words in other languages; any other is shown in English, and marked so."""

translated = translator(SENTENCES)
