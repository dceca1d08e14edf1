"""Which of "he" and "she" a name goes with, where its title or its first name tells; many names tell nothing."""

from __future__ import annotations

__all__ = ["pronoun_of"]

_TITLES = {
    "mr": "he",
    "sir": "he",
    "lord": "he",
    "mrs": "she",
    "ms": "she",
    "miss": "she",
    "dame": "she",
    "lady": "she",
}
_HE = frozenset(
    """
    aaron abdul abdullah abdurrahman adam adel ahmad ahmed alan albert alejandro alexander alexei alfred ali alvaro amir
    anatoly andreas barack andrei andrew andy anthony antonio antonis arthur asher bashar ben benjamin bernard bernie bill bob boris
    brad brian bruce carl carlos chad charles chris christopher chuck clarence cory craig dale dan daniel dave david dean
    dennis diego dimitri dmitry don donald doug douglas dwight edgar eduardo edward emmanuel enrique eric ernest eugene
    evan fadi felipe fernando francisco francois françois frank fred frederick gary george gerald giorgos giovanni glenn
    gordon greg gregory guillermo gustavo hafez hamid hank harold harry hassan heinrich henry herbert hossein howard
    hugh hussein ian ibrahim igor ilya ismail ivan jack jacob jake james jared jason javier jeb jeff jeffrey jeremy
    jerome jerry jim jimmy joe joel johannes john johnny jon jonathan jorge jose joseph josh joshua josé juan juergen
    julio justin karl keith ken kenneth kevin khaled kostas kyle larry lars lawrence lester liam lorenzo louis luca luigi
    luis magnus mahmoud manuel marc marco marcus mario mark martin matt matthew maurice max mehmet michael michel miguel
    mikael mike mikhail milton mitch mitt mohamed mohammad mohammed moshe muhammad mustafa naftali nathan neil newt nicholas nick
    nicolas nigel nikolai nikos norman oleg oliver omar oscar otto pablo patrick paul pedro pete peter phil philip
    philippe pierre rafael ralph ramon randy ray raymond recep reza ricardo richard rick rob robert roberto rodney roger
    ronald rudy russell saad saeed salman samuel scott sean sebastian sergei sergey sergio simon stanley stefan stephen
    steve steven stuart ted terry theodore thomas tim timothy todd tom tony vincent viktor vladimir wayne wilhelm william
    wolfgang yannis yasser youssef yusuf zachary
    """.split()
)
_SHE = frozenset(
    """
    abigail adriana agnes aisha alexandra alice alicia amanda amelia amina amy ana angela angelina anita ann anna
    anne annie annika april audrey barbara beatrice becky beth betty beverly birgit bonnie brenda bridget brigitte
    camilla carla carmen carol caroline carolyn catherine cecilia charlotte chelsea cheryl chiara christina christine
    cindy claire clara claudia colleen connie cynthia daniela dawn deborah debbie debra denise diana diane dolores donna
    dora doris dorothy edith eileen elena eleni elizabeth ellen elsa emily emma erica erin esther eva evelyn fatima
    fatma felicia fiona florence frances francesca gabriela gail gennifer georgia gina giulia gloria grace greta hanna
    hannah heather heidi helen helena hillary huma ida ingrid irene irina isabel isabella ivana ivanka jacqueline jane
    janet janice jasmine jeanne jennifer jenny jessica jill joanna johanna josephine joyce juanita judith judy
    julia julie karen karin kate katharina katherine kathleen kathryn kathy katie kellyanne khadija kimberly kirsten
    kristen laura lauren layla leila lena leticia lily linda lisa liz lorena loretta lori louise lucia lucy
    lydia madeleine manuela margaret maria marie marina marta martha mary maureen megan melania melissa mercedes
    michelle mildred miriam molly monica mónica nadia nancy naomi natalia natalie nicole nina nora olga olivia
    pamela patricia paula pauline penny petra phyllis priscilla rachel rebecca regina renata renee rita roberta rosa
    rose rosemary ruth sabine sally samantha sandra sara sarah sheila shirley silvia sofia sonia sophia sophie
    stella stephanie susan susana susanna suzanne svetlana sylvia tamara tanya tatiana teresa theresa tiffany tina
    ursula valentina valerie vanessa vera veronica victoria virginia vivian wendy yasmin yvonne zahra zainab zoe
    """.split()
)
_MEN = frozenset(
    "boy brother businessman chairman congressman father gentleman grandfather husband king man prince son spokesman uncle".split()
)
_WOMEN = frozenset(
    """
    aunt businesswoman chairwoman congresswoman daughter girl grandmother lady mother princess queen sister spokeswoman
    widow wife woman
    """.split()
)


def pronoun_of(name: str) -> str:
    """Give the pronoun that a name or a person noun goes with.

    Parameters
    ----------
    name : str
        "Mr. Lima", "Marta Silva", "the spokesman".

    Returns
    -------
    str
        ``"he"``, ``"she"``, or an empty string where the words do not tell.
    """
    words = [word.strip(".,'’\"").casefold() for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return ""
    for word in words[:2]:
        if word in _TITLES:
            return _TITLES[word]
    for word in words[:-1][:2]:  # the last word is no first name ("Jean Martin")
        if word in _HE or word in _SHE:
            return "he" if word in _HE else "she"
    return "he" if words[-1] in _MEN else "she" if words[-1] in _WOMEN else ""
