"""What sentencex's lists lack or overdo, language by language: words with a full stop after them.

In small letters and without the last full stop, unless a set says otherwise.
"""

from __future__ import annotations

from annotator.text.abbreviations import split_words

ORDINAL_LANGUAGES = split_words("de da nb no nn fi cs sk hu hr sl sr bs pl et lv tr is fo lb")
"""They write a full stop after an ordinal number."""

TITLES: dict[str, frozenset[str]] = {
    "de": split_words("dr prof hr fr st nr mio mrd tel bzw ca vgl inkl ggf evtl sog geb gest"),
    "fr": split_words("m mm mme mlle mgr me dr pr st ste p av bd art vol no"),
    "es": split_words(
        "sr sra srta sres dr dra d dª dña ud uds gral cap cnel lic ing prof núm pág av"
    ),
    "it": split_words("sig sigg dott dr prof avv ing on sen gen col art n pag mons don ecc"),
    "pt": split_words("sr sra srs dr dra prof eng exmo exma d gen cel cap av n pág art"),
    "nl": split_words("dhr mevr mw dr drs ir ing mr prof st nr ca bijv jl resp gen"),
    "pl": split_words("dr prof mgr inż ul al pl św tzw np tj im nr płk gen ks hab m.in tzn"),
    "ru": split_words(
        "г-н г-жа гн гжа проф акад им ул стр рис см напр ген полк св тов т.е т.к т.н"
    ),
    "uk": split_words("проф акад ім вул стор рис див напр ген св т.зв т.е п"),
    "tr": split_words("dr prof doç av sn bkz no yrd gen alb"),
    "sv": split_words("dr prof t.ex bl.a s.k d.v.s kl nr ca st fr hr"),
    "hi": split_words("डॉ डा श्री श्रीमती प्रो कु मो पं स्व सं रु"),
    "mr": split_words("डॉ डा श्री श्रीमती प्रा कु सौ पं"),
    "bn": split_words("ড ডা ডঃ মো মি প্রফে অধ্যা"),
    "ur": split_words("ڈاکٹر"),
    "ar": split_words("د أ م ا.د أ.د"),
    "fa": split_words("د آ"),
    "el": split_words("κ δρ κα αρ π.χ"),
    "he": split_words("ד פרופ מר"),
}
"""Before a name or a figure; they never end a sentence."""

STARTERS: dict[str, frozenset[str]] = {
    "de": split_words(
        "Der Die Das Er Sie Es Ein Eine Wir Ich Dann Doch Aber In Im Am Auch Seine Ihre"
    ),
    "es": split_words("El La Los Las Un Una En No Se Pero Según Su Sus Esto Ese Esta Este Después"),
    "fr": split_words(
        "Le La Les Il Elle Ils Elles Un Une Des On Ce Cette Mais En Dans Selon Son Sa"
    ),
    "it": split_words("Il Lo La Gli Le Un Una È Ma Non In Secondo Questo Questa Si I"),
    "pt": split_words("O A Os As Um Uma Ele Ela Eles Mas Não Em No Na Segundo Isso Esta Este"),
    "ru": split_words(
        "Он Она Оно Они Это Эти Но А И В На Мы Вы Я По Как Когда Его Ее Её Их Однако"
    ),
    "uk": split_words(
        "Він Вона Воно Вони Це Ці Але А І В У На Ми Ви Я За Як Коли Його Її Їх Однак"
    ),
    "pl": split_words("On Ona Ono Oni To Te Ale A I W Na Po Jak Kiedy Jego Jej Ich Jednak Nie Czy"),
    "nl": split_words("De Het Een Hij Zij Ze Dat Dit Maar In Volgens Er Wij We Ook"),
}
"""As they are written: words that, with a capital in running text, begin a sentence."""

ENDING = split_words("etc usw enz ecc itd itp")
"""They end a sentence wherever a capital follows."""

CHAIN_ENDS = split_words("д п др ä Ä")
"""Last letters of chains that do end a sentence before a capital: "и т. д.", "u. Ä."."""

YEARS = split_words("r г гг р рр в вв руб грн zł")
"""Year, century, money: they end a sentence where a word follows that begins one."""

WORDS = split_words("no maj mar man in me con extra contra super sobre so sa")
"""Words that sentencex takes for abbreviations; in small letters they are none."""
