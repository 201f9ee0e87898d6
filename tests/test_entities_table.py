"""Sentences from many countries and years, and every name that a reader would mark in them.

A row is a paragraph of `ROWS`; a name is written `[words|TYPE]`. The sentences were made up for this table.
"""

from __future__ import annotations

import pytest

from tests.marked_text import found, marks

ROWS = """
[India|PLACE] and [Pakistan|PLACE] agreed on [Saturday|DATE] to a ceasefire after four days of strikes,
[Indian|DEMONYM] Foreign Secretary [Vikram Misri|PERSON] said.

[Pakistani|DEMONYM] Defence Minister [Khawaja Asif|PERSON] told [Geo News|ORG] that [Islamabad|PLACE] would respond to
any violation along the [Line of Control|PLACE] in [Kashmir|PLACE].

The [Indian Air Force|ORG] used [Rafale|EQUIPMENT] jets armed with [SCALP|EQUIPMENT] missiles to hit targets near
[Bahawalpur|PLACE] and [Muridke|PLACE] during [Operation Sindoor|EVENT].

Lt. Gen. [Ahmed Sharif Chaudhry|PERSON], head of the [Inter-Services Public Relations|ORG], said five aircraft had
been shot down on [May 7, 2025|DATE].

[Burkina Faso|PLACE], [Mali|PLACE] and [Niger|PLACE] announced in [January 2024|DATE] that they would leave the
[Economic Community of West African States|ORG] ([ECOWAS|ORG]).

Captain [Ibrahim Traoré|PERSON] met [Russian|DEMONYM] Deputy Defence Minister [Yunus-bek Yevkurov|PERSON] in
[Ouagadougou|PLACE] [last week|DATE].

The [Estonian Internal Security Service|ORG] arrested a dual national in [Narva|PLACE] who had worked for the
[GRU|ORG] since [2019|DATE].

[Latvia|PLACE]'s [Ministry of Defence|ORG] and [Lithuania|PLACE]'s [Ministry of National Defence|ORG] signed a
memorandum on the joint purchase of [IRIS-T|EQUIPMENT] systems.

Prime Minister [Kaja Kallas|PERSON] said [Estonia|PLACE] would send all its [FH-70|EQUIPMENT] howitzers to
[Ukraine|PLACE].

The [BRP Sierra Madre|EQUIPMENT], a rusting warship, has been grounded on [Second Thomas Shoal|PLACE] since
[1999|DATE].

National Security Adviser [Eduardo Año|PERSON] and Defense Secretary [Gilberto Teodoro Jr.|PERSON] condemned the
action.

Under the [1951|DATE] [Mutual Defense Treaty|LAW], the [United States|PLACE] must help defend the [Philippines|PLACE]
if its armed forces are attacked.

[Colombian|DEMONYM] President [Gustavo Petro|PERSON] suspended peace talks with the [National Liberation Army|ORG]
([ELN|ORG]) after an attack in [Catatumbo|PLACE].

Defense Minister [Iván Velásquez|PERSON] said the [Colombian National Police|ORG] had seized three tons of cocaine in
[Buenaventura|PLACE].

The [FARC|ORG] signed a peace deal in [Cartagena|PLACE] in [2016|DATE]; a dissident faction led by [Iván
Mordisco|PERSON] rejected it.

[Israeli|DEMONYM] Prime Minister [Benjamin Netanyahu|PERSON] told the [Knesset|ORG] that the [Israel Defense
Forces|ORG] ([IDF|ORG]) would enter [Rafah|PLACE].

[Hamas|ORG] official [Osama Hamdan|PERSON] said in [Beirut|PLACE] that the movement wanted a permanent ceasefire and a
full withdrawal from the [Gaza Strip|PLACE].

[UN Security Council Resolution 2728|LAW] demanded an immediate ceasefire during Ramadan.

The [Rapid Support Forces|ORG] captured [El Fasher|PLACE], the last stronghold of the [Sudanese|DEMONYM] army in
[Darfur|PLACE], witnesses told the [Sudan Tribune|ORG].

General [Abdel Fattah al-Burhan|PERSON], head of the [Transitional Sovereignty Council|ORG], flew to [Port
Sudan|PLACE] on [Tuesday|DATE].

The [Jeddah Declaration|LAW] was signed by both sides on [11 May 2023|DATE].

[AUKUS|PROGRAMME], the trilateral partnership of [Australia|PLACE], [Britain|PLACE] and the [United States|PLACE], was
announced on [September 15, 2021|DATE].

Under Pillar II of [AUKUS|PROGRAMME], the partners will develop hypersonic and quantum technologies.

Former President [Donald Trump|PERSON]'s envoy [Keith Kellogg|PERSON] met [Volodymyr Zelensky|PERSON] in [Kyiv|PLACE]
on [Thursday|DATE].

Secretary of State [Marco Rubio|PERSON] and [Sergei Lavrov|PERSON] spoke by telephone, the [State Department|ORG]
said.

Ambassador [Linda Thomas-Greenfield|PERSON] vetoed the draft, while the [United Kingdom|PLACE] abstained.

The [People's Liberation Army|ORG] flew 45 aircraft, including [J-16|EQUIPMENT] fighters and [H-6|EQUIPMENT] bombers,
around [Taiwan|PLACE], [Taipei|PLACE]'s [Ministry of National Defense|ORG] reported.

[Lai Ching-te|PERSON] took office in [May|DATE] and [Beijing|PLACE] responded with exercise [Joint Sword-2024A|EVENT].

The [Moldovan|DEMONYM] parliament approved the [National Defense Strategy|LAW] for [2024-2034|DATE].

President [Maia Sandu|PERSON] won the second round, defeating [Alexandr Stoianoglo|PERSON], the [Central Electoral
Commission|ORG] said.

[Gagauzia|PLACE]'s governor [Evghenia Guțul|PERSON] was detained at [Chisinau|PLACE] airport.

[Azerbaijan|PLACE] launched what it called an anti-terrorist operation in [Nagorno-Karabakh|PLACE] on [19 September
2023|DATE].

[Armenian|DEMONYM] Prime Minister [Nikol Pashinyan|PERSON] accused the [CSTO|ORG] of failing [Yerevan|PLACE].

The [Houthis|ORG] fired two anti-ship ballistic missiles at the [MV True Confidence|EQUIPMENT] in the [Gulf of
Aden|PLACE], [U.S. Central Command|ORG] said.

The destroyer [USS Carney|EQUIPMENT] shot down drones over the [Red Sea|PLACE].

[Operation Prosperity Guardian|PROGRAMME] was launched in [December 2023|DATE].

[Ethiopia|PLACE]'s government and the [Tigray People's Liberation Front|ORG] ([TPLF|ORG]) signed the [Pretoria
Agreement|LAW]; the [TPLF|ORG] later split.

[Abiy Ahmed|PERSON] met [Isaias Afwerki|PERSON] in [Asmara|PLACE].

[Rwandan|DEMONYM]-backed [M23|ORG] rebels took [Goma|PLACE] in late [January 2025|DATE], according to [Bintou
Keita|PERSON], head of [MONUSCO|ORG].

[Félix Tshisekedi|PERSON] refused to attend the summit in [Luanda|PLACE].

[Venezuela|PLACE]'s [Nicolás Maduro|PERSON] ordered troops to the border with [Guyana|PLACE] over the
[Essequibo|PLACE] region.

The [International Court of Justice|ORG] in [The Hague|PLACE] ruled on [Friday|DATE].

Chancellor [Friedrich Merz|PERSON] promised to make the [Bundeswehr|ORG] the strongest army in [Europe|PLACE].

[German|DEMONYM] Defence Minister [Boris Pistorius|PERSON] visited the [45th Armoured Brigade|ORG] in [Rukla|PLACE],
[Lithuania|PLACE].

[Poland|PLACE]'s [East Shield|PROGRAMME] programme will fortify its border with [Belarus|PLACE] and
[Kaliningrad|PLACE].

[Finland|PLACE] joined [NATO|ORG] on [April 4, 2023|DATE], and [Sweden|PLACE] followed on [7 March 2024|DATE].

Exercise [Steadfast Defender 2024|EVENT] involved 90,000 troops from all 32 allies.

The "[Zapad-2025|EVENT]" exercise began near [Barysaw|PLACE], [Belarusian|DEMONYM] Defence Minister [Viktor
Khrenin|PERSON] said.

[Kim Jong Un|PERSON] and [Vladimir Putin|PERSON] signed the [Treaty on Comprehensive Strategic Partnership|LAW] in
[Pyongyang|PLACE].

[South Korea|PLACE]'s [National Intelligence Service|ORG] said about 11,000 [North Korean|DEMONYM] soldiers were in
the [Kursk region|PLACE].

[Myanmar|PLACE]'s [Arakan Army|ORG] has seized most of [Rakhine State|PLACE], while the junta holds [Sittwe|PLACE] and
[Kyaukphyu|PLACE].

The [Association of Southeast Asian Nations|ORG] ([ASEAN|ORG]) urged the [State Administration Council|ORG] to honour
the [Five-Point Consensus|LAW].

The [Foreign Ministry|ORG] spokesperson, [Mao Ning|PERSON], told reporters in [Beijing|PLACE] that [China|PLACE]
"firmly opposes" arms sales to [Taiwan|PLACE].

"We will not be intimidated," said Brigadier General [Joao Mbeki|PERSON], the commander of the [3rd Infantry
Division|ORG].

Ms. [Birgitta Ohlsson|PERSON], a former minister for European affairs, wrote in [Dagens Nyheter|ORG] on [3 June|DATE].

According to a report by the [Royal United Services Institute|ORG] ([RUSI|ORG]), [Russia|PLACE] has lost more than
3,000 tanks, among them [T-90M|EQUIPMENT] and [T-80BVM|EQUIPMENT] models.

The [Ministry of Foreign Affairs of the Republic of Kazakhstan|ORG] and the [Embassy of Turkmenistan|ORG] issued a
joint statement.

The [Council of the European Union|ORG] adopted the 14th package of sanctions in [June 2024|DATE].

[Congress|ORG] passed the [National Defense Authorization Act for Fiscal Year 2024|LAW], which authorizes $886
billion.

The [House Armed Services Committee|ORG] questioned Gen. [Charles Q. Brown|PERSON], chairman of the [Joint Chiefs of
Staff|ORG].

In the [1990s|DATE], [Yugoslavia|PLACE] broke apart; the [Dayton Agreement|LAW] ended the [Bosnian War|EVENT] in
[November 1995|DATE].

The [Treaty on the Non-Proliferation of Nuclear Weapons|LAW] ([NPT|LAW]) entered into force in [1970|DATE].

[Turkey|PLACE]'s [Recep Tayyip Erdoğan|PERSON] hosted talks at the [Dolmabahçe Palace|PLACE] in [Istanbul|PLACE].

The [Organization for Security and Co-operation in Europe|ORG] ([OSCE|ORG]) monitored the ceasefire along the line of
contact.

[Kenya|PLACE] will lead the [Multinational Security Support Mission|ORG] ([MSS|ORG]) to [Haiti|PLACE], President
[William Ruto|PERSON] said during a visit to [Port-au-Prince|PLACE].

The gang leader [Jimmy Chérizier|PERSON], known as Barbecue, threatened civil war if Prime Minister [Ariel
Henry|PERSON] returned.

[NATO|ORG] Secretary General [Mark Rutte|PERSON] visited the [Rzeszów|PLACE] logistics hub alongside General
[Christopher Cavoli|PERSON].

The [European Commission|ORG]'s [ReArm Europe|PROGRAMME] plan would raise 800 billion euros, [Ursula von der
Leyen|PERSON] said.

[Norway|PLACE] delivered [NASAMS|EQUIPMENT] launchers, and the [Dutch|DEMONYM] government pledged 24
[F-16|EQUIPMENT]s.

The [Ukrainian General Staff|ORG] reported 145 clashes near [Pokrovsk|PLACE], [Chasiv Yar|PLACE] and [Velyka
Novosilka|PLACE] on [Monday|DATE].

Military analyst [Michael Kofman|PERSON] of the [Carnegie Endowment|ORG] said attrition favoured [Moscow|PLACE].

[Kofman|PERSON] added that Western aid would be decisive.

[Iranian|DEMONYM]-made [Shahed|EQUIPMENT] drones hit a power station in [Odesa|PLACE].

The [Islamic Revolutionary Guard Corps|ORG] ([IRGC|ORG]) test-fired a [Fattah|EQUIPMENT] missile; the [IRGC|ORG] said
it was hypersonic.

The [Turkish Navy|ORG]'s [TCG Anadolu|EQUIPMENT] docked in [Izmir|PLACE].

The [Japanese|DEMONYM] and [South Korean|DEMONYM] navies held a joint drill in the [East China Sea|PLACE].

Both [North|PLACE] and [South Korea|PLACE] fired artillery near the [Northern Limit Line|PLACE].

The [Atlantic|PLACE] and [Pacific oceans|PLACE] no longer isolate [America|PLACE].

The [Cuban Missile Crisis|EVENT] of [October 1962|DATE] remains the classic case.

In his Nobel lecture, [Barack Obama|PERSON] invoked just war theory.

The [German Marshall Fund|ORG]'s [Bonnie Glaser|PERSON] and [CSIS|ORG]'s [Victor Cha|PERSON] testified before the
[Senate Foreign Relations Committee|ORG].

[India|PLACE]'s [Ministry of External Affairs|ORG] summoned the [Canadian|DEMONYM] envoy.

The Ministry later withdrew the remark.

[Australia|PLACE]'s [Department of Home Affairs|ORG] and the [Department of Foreign Affairs and Trade|ORG] declined to
comment.

On behalf of the [Security Council|ORG], the Secretary-General appointed Ms. [Hanna Tetteh|PERSON] of [Ghana|PLACE] as
his Special Representative for [Libya|PLACE].

The [African Union Peace and Security Council|ORG] met in [Addis Ababa|PLACE] on the situation in [Sudan|PLACE].

[Egypt|PLACE], [Jordan|PLACE] and the [United Arab Emirates|PLACE] airdropped food over northern [Gaza|PLACE].

The [Arab Peace Initiative|PROGRAMME] of [2002|DATE] offered normal relations in return for full withdrawal.

[Saudi Arabia|PLACE]'s Crown Prince [Mohammed bin Salman|PERSON] spoke with President [Xi Jinping|PERSON] about the
[Belt and Road Initiative|PROGRAMME].

In [1979|DATE] the [Soviet Union|PLACE] invaded [Afghanistan|PLACE]; the mujahideen fought back with
[Stinger|EQUIPMENT] missiles.

[Georgia|PLACE]'s ruling [Georgian Dream|ORG] party passed the [Law on Transparency of Foreign Influence|LAW].

Mass protests filled [Rustaveli Avenue|PLACE] in [Tbilisi|PLACE].

[Kosovo|PLACE] Prime Minister [Albin Kurti|PERSON] called the [KFOR|ORG] commander, Major General [Özkan
Ulutaş|PERSON].

The [Wagner Group|ORG], now called [Africa Corps|ORG], guards the airport in [Bamako|PLACE].

[Chad|PLACE]'s junta leader [Mahamat Idriss Déby|PERSON] won the vote with 61 percent.

The [Black Sea Grain Initiative|LAW], brokered by the [UN|ORG] and [Turkey|PLACE], expired on [July 17, 2023|DATE].

The second [Trump|PERSON] administration paused aid for eight days in [March 2025|DATE].

The [US Navy|ORG]'s [Seventh Fleet|ORG] is based at [Yokosuka|PLACE].

Chief Cabinet Secretary [Yoshimasa Hayashi|PERSON] told a news conference that [Tokyo|PLACE] had lodged a protest.

[Vietnam|PLACE] and the [Philippines|PLACE] signed a [Memorandum of Understanding|LAW] on coast guard cooperation.

[Yemen|PLACE]'s [Presidential Leadership Council|ORG] is headed by [Rashad al-Alimi|PERSON].

[Hungary|PLACE]'s [Viktor Orbán|PERSON] blocked the [European Peace Facility|PROGRAMME] for the third time [this
year|DATE].

[Mexico|PLACE]'s [Secretariat of National Defense|ORG] deployed 2,000 soldiers to [Culiacán|PLACE].

[Peru|PLACE]'s congress approved the [Law on Public Security|LAW] on [March 3, 2025|DATE].

The [Norwegian|DEMONYM] frigate [HNoMS Thor Heyerdahl|EQUIPMENT] will join [Carrier Strike Group 10|ORG].

[Al-Shabaab|ORG] fighters stormed a hotel in [Kismayo|PLACE], [Somali|DEMONYM] police said.

The [Kenya Defence Forces|ORG] ([KDF|ORG]) replied with artillery; the [KDF|ORG] gave no figure.

[Danish|DEMONYM] Foreign Minister [Lars Løkke Rasmussen|PERSON] rejected the offer for [Greenland|PLACE].

In [May|DATE], [Greece|PLACE] bought 40 [F-35|EQUIPMENT]s, and in [March|DATE] it ordered three [Belharra|EQUIPMENT]
frigates.

They may march on May Day.

He had served in [Congress|ORG] since [1998|DATE].

The [Treaty of Lisbon|LAW] and [Article 42 of the Treaty on European Union|LAW] govern the clause.

[Article 5|LAW] was invoked once, after [9/11|EVENT].

About 2,000 soldiers and 1500 tanks crossed the [Dnipro River|PLACE] in [1943|DATE].

[Spain|PLACE] and [Portugal|PLACE] applied for membership in [1977|DATE].

The [West Bank|PLACE] and the [West|PLACE] are different things.

Rivals in the [West|PLACE] fear [Beijing|PLACE], but towns to the west of [Xi'an|PLACE] do not.

The [US|PLACE], not us, decided.

[IS|ORG] claimed the attack; it is the third [this month|DATE].

The [World Health Organization|ORG] ([WHO|ORG]) asked who would pay.

[Nato|ORG] ministers met in [Brussels|PLACE] [last week|DATE].

A spokesman for the [Polish Foreign Ministry|ORG], [Paweł Wroński|PERSON], confirmed it to [Reuters|ORG].

The [Indian|DEMONYM] and [Pakistani|DEMONYM] foreign ministers did not shake hands in [Astana|PLACE].

Senator [Chris Coons|PERSON] visited [Taipei|PLACE] and met [Joseph Wu|PERSON].

Dr. [Aisha Bello|PERSON] of the [University of Ibadan|ORG] advised the governor of [Lagos|PLACE].

The [Ministry of Defence of Singapore|ORG] signed an agreement with [Australia|PLACE]'s [Department of Defence|ORG].

[Eritrea|PLACE]'s [Isaias|PERSON] left for [Jeddah|PLACE] [two days later|DATE].

The [Battle of Adwa|EVENT] in [1896|DATE] ended the [First Italo-Ethiopian War|EVENT].

[Typhoon Rai|EVENT] killed more than 400 [Filipinos|DEMONYM] in [December 2021|DATE].

Joint Exercise "[Silent Wolf|EVENT]" was held near [Constanta|PLACE] in [summer 2022|DATE].

Its [constitution|LAW] forbids foreign bases, but [Malta|PLACE]'s [constitution|LAW] says more.

The [war in Tigray|EVENT] cost 600,000 lives.

[Uruguay|PLACE] sent peacekeepers to [MINUSTAH|ORG] and [MONUSCO|ORG].

The [Quad|ORG] met in [Tokyo|PLACE]; four quad bikes were stolen.

[British|DEMONYM] Chancellor [Rachel Reeves|PERSON] met [Wang Yi|PERSON] in [London|PLACE] in [2025|DATE].

Prince [Faisal bin Farhan|PERSON] and King [Abdullah II|PERSON] spoke on [Sunday|DATE].

Between [2014|DATE] and [2020|DATE], and again in [2021-22|DATE], exports fell.

The early [2000s|DATE] and the mid-[1990s|DATE] were boom years.

It ends on [31.12.2025|DATE] or on [2026-01-15|DATE].

[Ethiopian Airlines|ORG] resumed flights to [Asmara|PLACE] in [July 2018|DATE].

The [Iron Dome|EQUIPMENT] and the [David's Sling|EQUIPMENT] intercepted 90 percent of the rockets from [Khan
Younis|PLACE].

The [Bundestag|ORG] voted on [Leopard 2|EQUIPMENT] tanks and [Taurus|EQUIPMENT] missiles on [22 February|DATE].

[Ukraine|PLACE]'s [ATACMS|EQUIPMENT] and [Storm Shadow|EQUIPMENT] strikes hit the [Black Sea Fleet|ORG] in
[Sevastopol|PLACE].

The [Type 055|EQUIPMENT] destroyer [Nanchang|EQUIPMENT] sailed with two [Type 054A|EQUIPMENT] frigates.

[Argentina|PLACE]'s [Javier Milei|PERSON] and [Chile|PLACE]'s [Gabriel Boric|PERSON] clashed at the [Mercosur
Summit|EVENT].

The [North Korean|DEMONYM] missile flew over [Hokkaido|PLACE] at 7:29 a.m.

The [Strait of Malacca|PLACE] is 2.7 kilometres wide at the [Phillips Channel|PLACE].

The [Mongolian|DEMONYM] contingent of [UNMISS|ORG] patrols [Bentiu|PLACE].

[Nagorno-Karabakh|PLACE] fell in a day; [Stepanakert|PLACE] emptied in a week.

[Trinidad and Tobago|PLACE] and [Antigua and Barbuda|PLACE] abstained; [Bosnia and Herzegovina|PLACE] voted in favour.

The [Democratic Republic of the Congo|PLACE] recalled its envoy from [Kigali|PLACE].

[Sheikh Hasina|PERSON] fled [Dhaka|PLACE] by helicopter on [5 August 2024|DATE].
"""


def _rows() -> list[str]:
    return [" ".join(row.split()) for row in ROWS.strip().split("\n\n")]


def test_the_table_is_long_enough() -> None:
    assert len(_rows()) >= 150


@pytest.mark.parametrize("row", _rows())
def test_names_of_a_sentence(row: str) -> None:
    assert found(row) == marks(row)
