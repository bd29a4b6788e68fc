"""Invented sentences, joined by a space, come apart where they were joined."""

from __future__ import annotations

import pytest

from annotator.model.span import Span
from annotator.text.segment import find_paragraphs, segment, segment_lines

ENGLISH: dict[str, list[list[str]]] = {
    "quotes": [
        ['"Did you sign the letter?" the judge asked.', '"I did not," she said.'],
        ['"Get out!" he shouted at the crowd.', "Nobody moved."],
        ["“Is this the end of the alliance?” one delegate wondered.", "Few had an answer."],
        ['"Why now?" Senator Brown asked on Tuesday.', "The panel did not reply."],
        ['"Are you serious?" Mr. Lee said.', "He left the room."],
        ['"Who paid for it?" asked Rep. Diaz.', '"Taxpayers did."'],
        ['The premier was clear: "There will be no deal."', "Markets fell."],
        ['"It is over."', "She put down the phone."],
        ['"We lost."', '"We did," he agreed.'],
        ['"We were ready.', 'They were not," the colonel said.'],
        ["“The bridge held.", "The road did not.", "We walked,” a driver said.", "Rain followed."],
        ['He wrote: "Stop the count.', 'Stop it now."', "The post was removed."],
        ['"I came," she said, "to tell the truth."', "The room was silent."],
        ['"I came," she said.', '"I told the truth."'],
        ["'It was dark,' he said.", "'I saw no one.'"],
        ["'Who is there?' she called.", "No one answered."],
        ["“He told me ‘Never again.’ and left,” she said.", "The court adjourned."],
        ["“They called it ‘progress.’", "It was not,” he wrote."],
        ['The so-called "peace plan" failed.', "It had no backers."],
        ['His "evidence!" amused the court.', "It was thrown out."],
        ['"... and then it fell," the witness said.', "The court took a break."],
        ['"We had hoped ... for more," he said.', "They got less."],
        ['"I thought...', 'Never mind."', "He hung up."],
        ['Is it "fake news"?', "Readers must decide."],
        ["The slogan “Yes we can!” was on every wall.", "It is gone now."],
        ['"Will it pass?" the paper asked, and "When?" the radio added.', "It did not."],
    ],
    "ranks and titles": [
        ["Gen. Mark Hale met Adm. Ruth Cole in Norfolk.", "They signed nothing."],
        ["Maj. Gen. K.L. Moss and Lt. Col. Pat Reyes testified.", "Both denied it."],
        ["Sgt. 1st Class Dana Wu was hurt.", "She is at home."],
        ["The bill by Sen. Ames and Reps. Ito and Cruz failed.", "Gov. Shaw had backed it."],
        ["Rev. Al Moore spoke.", "Prof. Dr. Anna Stern listened."],
        ["Mr. and Mrs. Hall sued.", "Ms. Hall won."],
        ["Dr. No is a film.", "Dr. Strange is another."],
        ["Sens. Bright and Cole voted no.", "Atty. Gen. Park did not vote."],
        ["He lives on Main St.", "The house is old."],
        ["Capt. Orr landed at Ft. Bragg.", "He was met by Pvt. Jones."],
    ],
    "initials": [
        ["J. K. Rowling denied it.", "So did T.S. Garp."],
        ["The book is by W. E. B. Du Bois.", "It sold well."],
        ["George W. Bush signed it.", "Lyndon B. Johnson had not."],
        ["Police named him as Daniel K.", "He is 34."],
        ["They took vitamin D.", "Doctors had advised it."],
        ["There was no Plan B.", "Ministers admitted as much."],
        ["It was she and I.", "We left early."],
        ["The statue honours John F. Kennedy.", "It was cleaned."],
    ],
    "times": [
        ["Doors open at 7 p.m. on Friday.", "Entry is free."],
        ["The raid began at 4 a.m.", "Soldiers sealed the road."],
        ["The vote is at 9 a.m. Monday.", "It will be close."],
        ["Talks end at 5 p.m. ET on Sunday.", "No deal is expected."],
        ["By 6 a.m. Smith had left.", "Nobody saw him."],
        ["It shut at 11 p.m.", "Ms. Lowe then went home."],
        ["The 10 p.m. News was cut.", "It will not return."],
        ["He rose at 6 a.m. and slept at 8 p.m. every day.", "It did not help."],
        ["It was 3 A.M.", "The phone rang."],
    ],
    "numbers": [
        ["He is No. 2 in the party.", "No. 3 is his wife."],
        ["Was it true?", "No.", "It was not."],
        ["See p. 12 and fig. 3 for more.", "Vol. 2 is out."],
        ["Sales rose 3.5 percent to $1.25 million.", "Costs fell 0.4 percent."],
        ["The law passed in 2014.", "It was amended in 2016.", "20 people objected."],
        ["Nos. 4 and 5 were closed.", "No. 6 was not."],
        ["The fine was $500.", "$200 of it was paid."],
        ["The score was 3-1.", "They lost."],
        ["It cost 1,300 euros.", "10 were returned."],
    ],
    "firms": [
        ["Acme Inc. denied the report.", "Bolt Corp. Chief Executive Ann Day did not."],
        ["He sold Widget Co.", "The price was low."],
        ["She joined Gray & Sons Ltd.", "In 2019 she left."],
        ["Shell companies such as Omega Ltd. and Delta Bros. were used.", "None exist now."],
        ["The loan came from Orion Inc.", "Shares fell 3 percent."],
        ["He works for Acme Inc.", "Mr. Poole hired him."],
    ],
    "versus": [
        ["The case of Brown vs. Board ended it.", "Smith v. Jones did not."],
        ["It is man vs. machine.", "Machine won."],
        ["Team A beat Team B 2-1 vs. 3-0 last year.", "Fans were glad."],
    ],
    "countries": [
        ["She moved to the U.S.", "Her brother stayed."],
        ["The U.S. Senate and the U.K. Parliament agreed.", "The U.N. did not."],
        ["Troops left the U.S. in May.", "They are in the U.A.E. now."],
        ["It was debated at the U.N.", "No vote was held."],
        ["He is wanted in the U.S.", "Officials said so on Monday."],
        ["Is it legal in the U.S.?", "Yes."],
        ["Then-U.S. President Ford spoke.", "The E.U. Commission replied."],
        ["The U.S.-led force withdrew.", "It had lost."],
        ["It is the largest in the U.S. (and the world).", "It opened in May."],
        ["She lives in Washington, D.C.", "The house is rented."],
    ],
    "ellipses": [
        ["He hesitated...", "Then he signed."],
        ["Well... maybe he lied.", "Maybe not."],
        ["The law ... is void.", "It was never signed."],
        ["She waited…", "Nobody came."],
        ["We know ... the President of the council knew.", "He said so."],
        ["I wonder... I really do.", "It is odd."],
        ["It is finished....", "We can go."],
    ],
    "brackets": [
        ["The act (signed in 2010. It lapsed in 2012.) is dead.", "Few mourn it."],
        ["(The figure was wrong.", "It has been corrected.)"],
        ["The minister (who else?) denied it.", "The court did not."],
        ["He won.", "(He had lost before.)", "She lost."],
        ["He left [the party] in 2010.", "[She] stayed."],
        ["Profits rose (see table 2).", "Costs did too."],
        ["Rep. Lee (D-Calif.) agreed.", "Sen. Poe (R-Ala.) did not."],
        ["The group (est. 1990) closed.", "It owed $5."],
        ["It was held (in secret!) in May.", "Few came."],
    ],
    "datelines": [
        ["GENEVA — The talks failed.", "No date was set for more."],
        ["KYIV, Ukraine (AP) — Shells hit the city.", "Two people died."],
        ["ST. PAUL, Minn. — The river rose.", "Roads were shut."],
        ["LONDON (Reuters) - Britain's economy shrank.", "Wages fell."],
    ],
    "addresses": [
        ["See www.example.org/a.b?c=D for more.", "It is free."],
        ["News.example.com had it first.", "It cited example.net."],
        ["Write to ann.lee@example.com.", "She will answer."],
        ["It is at https://example.com/Is.It.True?x=1.", "Open it."],
        ["The file report.Final.pdf leaked.", "It was signed by @J.Doe."],
    ],
    "lists": [
        ["1. Wages rose.", "2. Prices fell.", "3. Rents did not."],
        ["a) The mayor lied", "b) The council knew"],
        ["• Taxes rose.", "• Spending fell."],
        ["(1) He knew.", "(2) He lied."],
        ["He found two things.", "1. The lock was broken.", "2. The safe was empty."],
    ],
    "exclaiming names": [
        ["Yahoo! bought it in 2013.", "It paid $1.1 billion."],
        ["He left Yahoo! Inc. in May.", "She stayed."],
        ['"Jeopardy!" is on at 7.', "It is popular."],
        ["She joined Yahoo!", "It was 1999."],
    ],
    "latin": [
        ["Some drugs, e.g. Aspirin, are old, i.e. cheap.", "Others are not."],
        ["They sell tea, coffee, etc. in the hall.", "It is open daily."],
        ["They sold guns, drones, etc.", "The state banned it."],
        ["The study (Lee et al. 2019) was withdrawn.", "Why is unclear."],
        ["It was ca. 1900.", "Nobody knows, cf. Jones."],
    ],
    "months and states": [
        ["It opened on Jan. 5 and shut on Sept. 30, 2019.", "Few noticed."],
        ["It rose in Oct. and fell in Nov.", "Wages did not."],
        ["He is from Flint, Mich.", "The water is bad there."],
        ["Fires near Reno, Nev., and Bend, Ore., spread.", "Crews are there."],
        ["He moved to Austin, Tex.", "She did not."],
        ["The storm hit on Tues.", "It lasted a day."],
    ],
    "juniors": [
        ["Sammy Davis Jr. sang.", "Cal Ripken Jr. played."],
        ["The book is by Tom Hale Jr.", "It is good."],
        ["John Doe Sr. and John Doe Jr. were charged.", "Jr.'s case was dropped."],
        ["She is a Ph.D. student.", "He has an M.D.", "They met in 2010."],
    ],
    "dashes": [
        ["He lied -- and knew it -- for years.", "She did not."],
        ["Is it safe? — that is the question.", "Nobody knows."],
        ["The plan – such as it was – failed.", "It had cost $5 million."],
    ],
    "questions inside": [
        ["Whether to stay or go? was the headline.", "They went."],
        ["What did he know?", "When did he know it?"],
        ["Really?!", "Yes, really!!", "Good."],
        ["The film Who's Afraid? opened.", "It flopped."],
    ],
    "missing spaces": [
        ["The report was false.", "It was withdrawn."],
        ["Node.js is software.", "ASP.NET is too."],
    ],
    "small capitals": [
        ["They use old IE.", "It is slow."],
        ["It runs on macOS.", "iPhone sales fell."],
        ["He is the man.", "Trump agreed."],
        ["It went to mass.", "Doctors came in.", "Fans did too."],
    ],
}

OTHERS: dict[str, list[list[str]]] = {
    "de": [
        ["Am 12. Mai traf Dr. Weber Prof. Lang.", "Sie sprachen z. B. über Geld."],
        ["Der 2. Weltkrieg endete 1945.", "Danach kam der Frieden."],
        ["„Stimmt das?“, fragte er.", "Niemand antwortete."],
        ["»Stimmt das?« fragte sie.", "»Ja.«"],
        ["Es kostet ca. 3,5 Mio. Euro, d. h. zu viel.", "Das ist bekannt."],
        ["Die Firma, u. a. Bosch, klagt.", "Sie verlor."],
        ["Er sagte: „Wir gehen.", "Wir kommen nicht wieder.“"],
    ],
    "fr": [
        ["M. Dupont et Mme Roy sont partis.", "Ils reviendront."],
        ["« Est-il vrai ? » demanda-t-elle.", "« Oui. »"],
        ["Le ministre a dit : « C'est faux. »", "Il est parti à 20 h."],
        ["Qui est-ce ?", "C'est J. Martin !", "Bien sûr."],
    ],
    "es": [
        ["El Sr. López y la Dra. Ruiz llegaron.", "¿Es verdad?", "¡No!"],
        ["«¿Es cierto?», preguntó.", "Nadie respondió."],
        ["Llegó a las 5 p. m. y salió.", "Ud. lo sabe."],
    ],
    "it": [["Il sig. Rossi e il dott. Bianchi negano.", "È vero?", "No."]],
    "pt": [["O Sr. Silva e a Dra. Lima negaram.", "É verdade?", "Não."]],
    "nl": [["Dhr. De Vries en mevr. Bakker ontkennen.", "Is het waar?", "Nee."]],
    "pl": [["Pan prof. Nowak zaprzeczył.", "Czy to prawda?", "Nie."]],
    "ru": [
        ["А. С. Пушкин родился в 1799 г. в Москве.", "Он был поэтом."],
        ["«Это правда?» — спросил он.", "Никто не ответил."],
        ["Они купили хлеб, соль и т. д. и ушли.", "Это было вчера."],
    ],
    "uk": [["Це правда?", "Ні.", "Проф. Шевченко заперечив."]],
    "ar": [
        ["قال د. أحمد إن الخبر كاذب.", "هل هذا صحيح؟", "لا."],
        ["نفى الوزير ذلك.", "وأكد المتحدث الخبر."],
    ],
    "hi": [["श्री. शर्मा ने कहा कि यह झूठ है।", "क्या यह सच है?", "नहीं।"]],
    "tr": [["Dr. Yılmaz bunu yalanladı.", "Doğru mu?", "Hayır."]],
    "xx": [["Dette er sant.", "Er det?"]],
}

UNSPACED: dict[str, list[list[str]]] = {
    "zh": [
        ["总理周一辞职了。", "这是真的吗？", "没有人知道！"],
        ["“这是真的吗？”他问道。", "没有人回答。"],
        ["他说：“我们不知道。”", "会议结束了。"],
    ],
    "ja": [
        ["首相は月曜日に辞任した。", "本当ですか？", "誰も知らない。"],
        ["「本当ですか？」と彼は尋ねた。", "「はい。」"],
    ],
    "en": [["He denied it.", "She did not."], ["Was it so?", "It was.", "They knew."]],
}


def _cut(text: str, language: str = "en") -> list[str]:
    return [text[span.start : span.end] for span in segment(text, language)]


@pytest.mark.parametrize(
    "sentences",
    [pytest.param(s, id=f"{k}-{n}") for k, v in ENGLISH.items() for n, s in enumerate(v)],
)
def test_english_sentences_come_apart_where_they_were_joined(sentences: list[str]) -> None:
    assert _cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [pytest.param(k, s, id=f"{k}-{n}") for k, v in OTHERS.items() for n, s in enumerate(v)],
)
def test_other_languages_come_apart_too(language: str, sentences: list[str]) -> None:
    assert _cut(" ".join(sentences), language) == sentences


@pytest.mark.parametrize(
    ("language", "sentences"),
    [pytest.param(k, s, id=f"{k}-{n}") for k, v in UNSPACED.items() for n, s in enumerate(v)],
)
def test_sentences_without_a_space_between_them_come_apart(
    language: str, sentences: list[str]
) -> None:
    assert _cut("".join(sentences), language) == sentences


QUOTED_TWICE = [
    '"We saw it. We ran," he said. He wept.',
    "“We saw it. We ran,” he said. He wept.",
    "'We saw it. We ran,' he said. He wept.",
    "« We saw it. We ran », he said. He wept.",
]


@pytest.mark.parametrize("text", QUOTED_TWICE)
def test_a_quote_of_two_sentences_is_cut_in_every_style_of_quotes(text: str) -> None:
    assert len(_cut(text)) == 3


@pytest.mark.parametrize("closer", ['"', "”", "’", "'", "»", ")", "]"])
def test_no_sentence_starts_with_a_closing_mark_that_stands_alone(closer: str) -> None:
    opener = {'"': '"', "”": "“", "’": "‘", "'": "'", "»": "«", ")": "(", "]": "["}[closer]
    first = f"{opener}It ended. {closer}"
    assert _cut(f"{first} Then it began.") == [first, "Then it began."]


def test_a_lone_straight_quote_opens_a_sentence_where_none_is_open() -> None:
    assert _cut('It ended. " It began , " he said .') == ["It ended.", '" It began , " he said .']


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t\r\n\u2028 ", "\u3000"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert segment(text) == []
    assert segment_lines(text) == []


@pytest.mark.parametrize(
    "language", ["", "e", "EN", "en-GB", "xx", "zzzz", "日本", "\ud800", "de_AT"]
)
def test_any_language_code_will_do(language: str) -> None:
    assert _cut("Yes. No.", language) == ["Yes.", "No."]


@pytest.mark.parametrize("space", ["\u00a0", "\u2003", "\u2028", "\u3000", "\x85", "\r", "\t"])
def test_any_white_space_stands_after_an_end_or_an_initial(space: str) -> None:
    text = f"He met J.{space}Doe.{space}She left."
    assert _cut(text) == [f"He met J.{space}Doe.", "She left."]


def test_lone_surrogates_are_characters_like_any_other() -> None:
    assert _cut("A \ud800 here. B \udfff there.") == ["A \ud800 here.", "B \udfff there."]


def test_offsets_are_code_points() -> None:
    assert segment("😀 été. Ž") == [Span(0, 6), Span(7, 8)]


def test_each_line_is_a_sentence_when_asked() -> None:
    text = "  One. Two. \n\n\tthree\r\n"
    assert [text[s.start : s.end] for s in segment_lines(text)] == ["One. Two.", "three"]


def test_a_paragraph_begins_after_a_blank_line() -> None:
    text = "A one. A two.\nStill A.\n \t\nB.\n\n\nC."
    assert find_paragraphs(text, segment(text)) == [0, 0, 0, 1, 2]
    assert find_paragraphs("\n\n  A.", segment("\n\n  A.")) == [0]


def test_words_glued_by_a_full_stop_are_two_sentences_addresses_are_one() -> None:
    assert _cut("They left early.Nobody saw them.") == ["They left early.", "Nobody saw them."]
    assert _cut("It is on example.Com today.") == ["It is on example.Com today."]
