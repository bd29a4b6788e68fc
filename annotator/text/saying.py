"""English words by which a report tells who says something, and those that stand around a name."""

from __future__ import annotations

from typing import Final


def _list(words: str) -> frozenset[str]:
    return frozenset(words.split())


SAYING: Final = _list(
    """
    said say says told tell tells added adds noted notes stated states wrote writes announced
    announces explained explains declared declares replied replies responded responds recalled
    claimed claim claims argued argue argues insisted insist insists alleged allege alleges asserted
    asserts contended contend contends maintained maintains believed believe believes
    denied deny denies rejected reject rejects disputed dispute disputes dismissed dismisses
    accused accuse accuses blamed blame blames warned warn warns admitted admit admits
    acknowledged acknowledges conceded concedes confirmed confirm confirms concluded conclude
    concludes stressed stresses testified testifies suggested suggests estimated estimates revealed
    reveals predicted predicts complained complains described describes
    """
)
"""Verbs of saying, in the forms that stand after who says it."""

NEEDS_MORE: Final = {
    "found": _list("that no"),
    "finds": _list("that no"),
    "reported": _list("that on ,"),
    "reports": _list("that ,"),
    "report": _list("that"),
    "called": _list('the it them a an all "'),
    "calls": _list('the it them a an all "'),
}
"""Verbs that say something only before one of these words."""

TAKES_SIDE: Final = _list(
    """
    denied deny denies rejected reject rejects disputed dispute disputes dismissed dismisses accused
    accuse accuses blamed blame blames admitted admit admits
    """
)
"""Verbs whose subject is who speaks, though a report of it is somebody else's."""

TAKES_PERSON: Final = _list("told tell tells accused accuse accuses blamed blame blames warned")
"""Verbs after which stands who is spoken to or of, never who speaks."""

NOT_SAID: Final = {
    "denied": _list("bail entry access permission"),
    "claims": _list("of by against about are were is was"),
    "claim": _list("of by against about is was"),
    "states": _list("of"),
    "notes": _list("of on"),
}
"""A verb before one of these words is another word."""

AUXILIARIES: Final = _list(
    "has have had did does do would will could can may might must should not never also once again"
    " later then earlier since already now still however thus today yesterday often always twice"
    " more first long both all yet flatly even just only too instead nevertheless"
)
"""What may stand between a name and its verb."""

PASSIVES: Final = _list("is are was were be been being am get got gets")
"""Before a verb's form these turn it round: who speaks comes after `by`."""

PRONOUNS: Final = _list(
    "he she it they we i you who which that this these those one ones there what nobody someone"
    " everyone others none him her them us it's he's she's some many most both all"
)
"""Words that name nobody by themselves."""

DETERMINERS: Final = _list(
    "a an the his her its their our my your this that these those another some several many two"
    " three four five six seven eight nine ten one no each every both other few most all dozens"
    " hundreds"
)
"""Words with which the naming of somebody begins."""

LEADING: Final = _list("a an the recent new latest separate earlier later previous")
"""What a name does not begin with, though its description in the text does."""

PREPOSITIONS: Final = _list(
    "in on at after before during following under by for from with without despite of to into over"
    " near against about amid among between through until within responding including since per"
    " inside outside across along around behind beside beyond toward towards upon via like unlike"
    " asked citing speaking"
)
"""Words whose object is not who speaks."""

INNER: Final = _list("of for by from at with in")
"""Prepositions that may be part of a name: `spokesman for the mill`."""

OPENERS: Final = _list(
    "meanwhile however but and so yet still later earlier today yesterday nevertheless moreover"
    " then also instead afterwards separately nonetheless"
)
"""Words with which a clause begins before who speaks is named."""

BOUNDARIES: Final = _list(
    "that which where when while as though although because but if whether than so unless whereas"
    " nor or"
)
"""Words at which a clause begins."""

RELATIVES: Final = _list("who whose whom")
"""Words with which something is told of the name before it, up to the verb."""

DATES: Final = _list(
    "january february march april may june july august september october november december monday"
    " tuesday wednesday thursday friday saturday sunday last next week month year night morning"
    " evening afternoon"
)

PEOPLE: Final = _list(
    "police people staff media troops authorities officials witnesses doctors activists residents"
    " sources critics experts opponents supporters scientists researchers lawyers prosecutors"
    " relatives villagers rebels farmers workers teachers students members leaders ministers"
    " inspectors investigators reports"
)
"""Who may be named without an article."""

KIN: Final = (
    _list("diplomat envoy ambassador"),
    _list("spokesman spokeswoman spokesperson representative"),
    _list("government regime administration"),
    _list("firm company"),
)
"""Descriptions that an article uses of the same one, by turns."""
