"""Owners that are nobody: everyone, a whole team, or a place that is still empty."""

from kpicli.language.tokens import phrase_list, says_phrase, spoken, word_set, words

_ALL = word_set(
    """everyone everybody anyone anybody someone somebody nobody noone we us all together shared
    alle allesammen alla samtliga vi oss hele hela alles jeder wir fellesskapet everyone's various
    several multiple many"""
)
_EMPTY = word_set(
    """tbd tba tbc todo na none unknown unassigned undecided pending xxx xx ukjent ingen ukendt
    okänd niemand offen unbekannt unklar vacant? vakant ledig nn open"""
)
_EMPTY_PHRASES = phrase_list(
    """to be decided|to be determined|to be defined|to be confirmed|to be announced|to be agreed
    |n a|not decided|not yet decided|not assigned|no one|no owner|not set|ikke bestemt|ikke avklart
    |ikke besat|noch offen|inte bestämt|wird noch|to be appointed|to be hired|to be named|i t"""
)
_WHOLE = phrase_list(
    """the whole|whole team|whole company|entire team|entire company|the entire|the team
    |the company|our team|all of us|all staff|all employees|all hands|every manager|each team
    |all teams|all departments|every team|each department|the organisation|the organization
    |hele teamet|hele selskapet|hele virksomheten|hele firmaet|hele holdet|hela teamet
    |hela företaget|alle ansatte|alle medarbejdere|alla medarbetare|das ganze team|ganzes team
    |alle mitarbeiter|das team|all managers|the staff|the department|every employee
    |every department|all leaders"""
)
_ALONE = word_set(
    """team teams staff company employees organisation organization department departments teamet
    people"""
)
_GROUPS = word_set("team department group committee board crew")
_ROLE = word_set("head chief director manager lead leader vp officer owner president coordinator")


def is_nobody(owner: str) -> bool:
    """Whether an owner names no one person or role who can be asked."""
    said = spoken(owner)
    if not said:
        return True
    if says_phrase(owner, _EMPTY_PHRASES) and not _is_role(said):
        return True
    if set(said) <= _EMPTY | _ALONE:
        return True
    if words(owner)[0] in _ALL:
        return said[1:2] not in {("van",), ("von",), ("de",)}
    if _is_role(said):
        return False
    return said[-1] in _ALL or says_phrase(owner, _WHOLE) or _EMPTY & {said[0]} == {said[0]}


def _is_role(said: tuple[str, ...]) -> bool:
    return not _ROLE.isdisjoint(said)
