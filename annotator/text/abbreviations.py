"""Words that a full stop follows, and words that a sentence begins with, in English.

sentencex knows which words are abbreviations; these sets say what an abbreviation does to the
sentence: a title never ends one, "Inc." may, "etc." does before any capital. They are in small
letters and without the last full stop, unless a set says otherwise.
"""

from __future__ import annotations


def split_words(text: str) -> frozenset[str]:
    """Return the words of `text`, which white space parts."""
    return frozenset(text.split())


TITLES = split_words(
    "mr mrs ms mx messrs mssrs mme mlle dr drs prof rev revd hon pres st ste fr sr sra msgr "
    "mgr ven gen brig lt col maj capt cmdr cmdt comdr adm radm vadm sgt sfc cpl pvt pfc spc "
    "ens lcpl ssgt sen sens rep reps gov govs amb sec supt insp det dep atty attys asst treas "
    "mt ft del ald cllr flt sqn const"
)
"""They stand before a name and end a sentence only where a second meaning of theirs does."""

TITLES_AFTER_WORDS = split_words("st dr ft sec mt sr det del const rep gen")
"""Titles that a sentence may end on after all: "Main St.", "Ocean Dr.", "five ft."."""

ADDRESS_TITLES = split_words("Mr Mrs Ms Dr Prof")
"""As they are written: titles that no name of a place or a firm leads up to."""

JOINING = split_words("vs v viz cf e.g i.e eg ie ca approx a.k.a c.f q.v p pp c incl esp")
"""They stand in the middle of a sentence, whatever follows."""

NUMBERED = split_words(
    "no nos n° nº num p pp pg fig figs vol vols ch chap sec sect art arts par para paras eq "
    "eqs ex ver v vv op pt pts approx ca circa c cap cl est ext tel rt rte hwy bk app ed apt "
    "ste vs jan feb mar apr jun jul aug sep sept oct nov dec lit amend reg cir pop max min av "
    "avg"
)
"""A figure that follows belongs to them."""

CALENDAR = split_words(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed weds thu thur thurs fri"
)
"""A figure that follows belongs to them; a capital begins a sentence."""

ENDING = split_words("etc usw ecc enz itd itp")
"""They end a sentence wherever a capital follows."""

COMPANY = split_words("inc corp ltd co cos llc llp plc bros assn assoc")
"""Firms: a plural that follows with small letters after it begins a sentence ("Shares fell")."""

MAY_END = COMPANY | split_words(
    "jr sr esq dept univ inst intl natl govt ave blvd rd ln pkwy hwy pl sq ct bldg al ph.d "
    "ala ariz ark calif cal colo conn del fla ga ill ind kan ky la mass md mich minn miss mo "
    "mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ont que alta sask man oz lb "
    "lbs mi yd yds hr hrs min mins secs gal mph tbsp tsp cu km cm mm kg ed eds est max div "
    "mfg orig hosp exec adj adv dist res ext"
)
"""They end a sentence only where a word follows that begins one."""

ORDINARY = split_words(
    "man mass art con miss ill wash me in sun sat wed may ass ed la van vet ma pa ok hi oh so "
    "as is us per pop cap app pen temp arc ore or rep no fig mar sens bros med adds ref sub "
    "fed que tech ex dist plz op ind mi mo fin del gen"
)
"""In small letters they are words of their own as well ("He is the man. Trump agreed.")."""

STARTERS = split_words(
    "The This That These Those There Then Thus They Their Theirs He His She Her Hers It Its "
    "We Our You Your My Mine Who Whose What When Where Why How Which Whether While Whenever "
    "Wherever If In On At By For From With Without Within To Of As An And But Or Nor Yet So "
    "Because Since Until Unless Although Though Even Despite Besides Before After During "
    "Under Over Through Among Between Against Across Around Behind Beyond Near Upon Toward "
    "Towards Throughout Per Like Unlike Is Are Was Were Has Have Had Do Does Did Can Could "
    "Would Should Might Must Shall Not No None Never Nothing Nobody Neither Either Both Each "
    "Every Everyone Everybody Everything Some Someone Somebody Something Any Anyone Anybody "
    "Anything All Most Many Much More Few Fewer Less Several Other Others Another Such Only "
    "Just Also Again Still Once Now Today Tomorrow Yesterday Tonight Later Earlier Meanwhile "
    "However Moreover Nevertheless Nonetheless Instead Indeed Therefore Hence Furthermore "
    "Additionally Finally Eventually Recently Currently Previously Subsequently Perhaps "
    "Afterwards Maybe Please Here Let Yes Two Three Four Five Six Seven Eight Nine Ten Dozens "
    "Hundreds Thousands Millions According Following Asked Speaking Citing Apparently Clearly "
    "Unfortunately Fortunately Sometimes Often Usually Together Nearly About Almost Roughly "
    "Given Whoever Whatever Out Up Down Inside Outside Below Above One Don't Didn't Doesn't "
    "Isn't Wasn't Can't Won't Wouldn't It's He's She's That's There's We're They're We've "
    "They've You're What's Who's Let's"
)
"""As they are written: words that, with a capital in running text, begin a sentence."""

NEWS_STARTERS = split_words(
    "Officials Officers Police Authorities Critics Investigators Prosecutors Experts Analysts "
    "Lawmakers Scientists Researchers Protesters Protestors Demonstrators Residents Voters "
    "Supporters Opponents Witnesses Reporters Journalists Shares Prices Results Details "
    "Doctors Firefighters Rescuers Aides Campaigners Activists Economists Historians "
    "Observers Neighbours Neighbors Relatives Workers Shareholders Investors Sales Profits "
    "Revenue Polls Turnout Crowds Troops Rebels Talks Trading Schools Flights Tickets Doors "
    "Deaths Teachers Students Parents Detectives Lawyers"
)
"""As they are written: what news sentences begin with and names do not go on with."""

NAME_LIKE = split_words(
    "Will May Do An So My No Or Of Up Per Like Out Near Ten One Most Mine Can Let"
)
"""Starters that are family names too; after an initial they do not count."""

LETTERED = split_words(
    "vitamin hepatitis plan group grade type section appendix exhibit class category team "
    "phase point schedule building block ward terminal gate annex option part title table "
    "influenza zone tier unit room platform"
)
"""A single letter after one of these is a name in itself: "Vitamin C.", "Plan B."."""

CANNOT_END = split_words(
    "a an the of from with and or but nor than who whose its their our my your into onto if "
    "when while because between through president minister"
)
"""A sentence does not end on one of these: dots after it stand for words left out."""

ZONES = split_words(
    "ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET CEST EET EEST IST AEST AEDT "
    "JST KST MSK HKT SGT PKT AKST HST Eastern Central Pacific Mountain Greenwich Atlantic "
    "Moscow Beijing Tokyo Paris London Berlin Kyiv Jerusalem Israel Baghdad Tehran Kabul "
    "Sydney Coordinated Local Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon "
    "Tue Tues Wed Thu Thurs Fri Sat Sun January February March April May June July August "
    "September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
)
"""As they are written: what follows a time of day and still belongs to it."""

EXCLAIMING = split_words("Yahoo Jeopardy Yum Wham Joomla Kahoot Oklahoma Argghhh E Y")
"""As they are written: names with an exclamation mark of their own."""
