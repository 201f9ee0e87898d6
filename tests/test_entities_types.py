"""Sentences by type of name: what a reader would mark in them, and sentences in which they would mark nothing."""

from __future__ import annotations

import pytest

from tests.marked_text import found, marks

EVENTS = """
The [Battle of the Java Sea|EVENT] in [February 1942|DATE] cost Rear Admiral [Karel Doorman|PERSON] his life.

[Cobra Gold 2024|EVENT], the largest exercise in mainland [Southeast Asia|PLACE], opened in [Rayong|PLACE].

[Typhoon Haiyan|EVENT] killed 6,000 people on [8 November 2013|DATE]; [Cyclone Idai|EVENT] struck [Beira|PLACE] [six
years later|DATE].

The [Falklands War|EVENT] lasted ten weeks; [Argentina|PLACE] surrendered on [14 June 1982|DATE].

Delegates to the [Munich Security Conference|EVENT] went home without a word on [Yemen|PLACE].

The [Shangri-La Dialogue|EVENT] opens in [Singapore|PLACE] on [Friday|DATE].

[Operation Linda Nchi|EVENT] began when [Kenyan|DEMONYM] troops crossed into [Somalia|PLACE] in [October 2011|DATE].

The [Suez Crisis|EVENT] of [1956|DATE] divided [London|PLACE] and [Washington|PLACE].

The two navies have held exercise "[Blue Lantern|EVENT]" off [Valparaíso|PLACE] every year since [2007|DATE].

The [Iran-Iraq War|EVENT] ended in a stalemate.

[Angola|PLACE] hosted the [Luanda Summit|EVENT], and [Zambia|PLACE] the [Lusaka Conference|EVENT].

The [Carnation Revolution|EVENT] brought down the dictatorship in [Lisbon|PLACE].

At the [Bandung Conference|EVENT], [Sukarno|PERSON] spoke of a common fate.

The [2023|DATE] [African Games|EVENT] were put off.

The drill, codenamed "[Desert Kite|EVENT]," involves 400 [Omani|DEMONYM] soldiers.

The [Siege of Sarajevo|EVENT] lasted longer than the [Siege of Leningrad|EVENT].

The [Beslan school siege|EVENT] shook the country.
"""

EQUIPMENT = """
[Brazil|PLACE] took delivery of four [Gripen|EQUIPMENT] fighters and one [KC-390|EQUIPMENT] transport in [2022|DATE].

A [Bayraktar TB2|EQUIPMENT] drone was lost near [Gao|PLACE], the [Malian|DEMONYM] army said.

The submarine [ARA San Juan|EQUIPMENT] vanished on [15 November 2017|DATE].

The [Royal Thai Navy|ORG] put [HTMS Chakri Naruebet|EQUIPMENT] in dock near [Sattahip|PLACE].

Rebels fired [RPG-7|EQUIPMENT] rockets at two [BTR-80|EQUIPMENT] carriers.

The [MQ-9 Reaper|EQUIPMENT] that crashed in [Niger|PLACE] carried [Hellfire|EQUIPMENT] missiles.

[Warsaw|PLACE] ordered 212 [K9 Thunder|EQUIPMENT] howitzers from [Hanwha Aerospace|ORG].

The [Philippine Marine Corps|ORG] received its first [BrahMos|EQUIPMENT] missiles from [India|PLACE].

Its [Mirage 2000|EQUIPMENT] jets are older than the pilots who fly them.

The frigate [Almirante Lynch|EQUIPMENT] and the corvette [Tres Puntas|EQUIPMENT] sailed together.

Two [Black Hawk|EQUIPMENT] helicopters collided over [Antioquia|PLACE].

An [S-300|EQUIPMENT] battery near [Latakia|PLACE] did not fire.

The [Type 26|EQUIPMENT] frigate will carry [Sea Ceptor|EQUIPMENT] missiles.

They lost a [T-72|EQUIPMENT], two [BMP-2|EQUIPMENT]s and a [Grad|EQUIPMENT] launcher.
"""

LAWS = """
The [Chemical Weapons Convention|LAW] ([CWC|LAW]) entered into force on [29 April 1997|DATE].

[Costa Rica|PLACE] has ratified the [Treaty of Tlatelolco|LAW] and the [Convention on Cluster Munitions|LAW].

[Turkey|PLACE] closed the straits under the [Montreux Convention|LAW].

[Resolution 1325|LAW] of [2000|DATE] was the first on women, peace and security.

The [Good Friday Agreement|LAW] and the [Camp David Accords|LAW] were both called impossible.

[Article 51 of the UN Charter|LAW] speaks of self-defence.

Members passed the [Cybercrime Act 2015|LAW], which amends the [Telecommunications Act|LAW].

The [Taif Agreement|LAW] ended the [Lebanese Civil War|EVENT].

[New Zealand|PLACE] published its [National Security Strategy|LAW] in [June 2016|DATE].

[Ghana|PLACE]'s [constitution|LAW] gives the [National Security Council|ORG] that power.

The [Arms Trade Treaty|LAW] ([ATT|LAW]) has gaps. States that signed the [ATT|LAW] know them.

The [Algiers Accord|LAW] was signed in [2000|DATE] and never carried out.

Under the [Foreign Agents Registration Act|LAW], lobbyists must say who pays them.

Both sides broke the [Protocol on Arms Control|LAW] within a month.
"""

PROGRAMMES = """
[Italy|PLACE] joined the [Global Combat Air Programme|PROGRAMME] ([GCAP|PROGRAMME]) in [December 2022|DATE].

[Moldova|PLACE] entered the [Partnership for Peace|PROGRAMME] in [1994|DATE].

The [European Defence Fund|PROGRAMME] paid for the study.

The [Mérida Initiative|PROGRAMME] gave [Mexico|PLACE] helicopters and scanners.

The [Proliferation Security Initiative|PROGRAMME] has no secretariat.

The [Belt and Road Initiative|PROGRAMME] reached [Piraeus|PLACE] in [2016|DATE] and [Lima|PLACE] in
[November 2024|DATE].

The [Sahel Resilience Fund|PROGRAMME] and the [Coastal Watch|PROGRAMME] programme have the same donors.

Work on the [Northern Corridor Project|PROGRAMME] stopped when the [World Bank|ORG] withdrew.

[Bangladesh|PLACE] reads the [Indo-Pacific Economic Framework|PROGRAMME] as a plan against no one.

[Plan Colombia|PROGRAMME] cost [Washington|PLACE] ten billion dollars.

[Saudi|DEMONYM] planners count on [Vision 2030|PROGRAMME].

The [Cooperative Threat Reduction Program|PROGRAMME] paid to cut up the bombers.

The [Clean Rivers Initiative|PROGRAMME] and the [Global Gateway|PROGRAMME] want the same railways.

Under the [Permanent Structured Cooperation|PROGRAMME] ([PESCO|PROGRAMME]) framework, [Denmark|PLACE] joined two
projects.

The [JCPOA|LAW] is a deal; the [Joint Submarine Project|PROGRAMME] is a hope.
"""

DATES = """
The talks ran from [3 to 5 March 2011|DATE] and again on [12-14 June|DATE].

[Yesterday|DATE] the guns were silent; [tomorrow|DATE] nobody knows.

It began [two years ago|DATE] and will end [next month|DATE], or in early [2026|DATE].

In the [summer of 2008|DATE] the columns moved south; by mid-[2009|DATE] they were gone.

The accord of [1 January 1994|DATE] was renewed on [Sept. 21, 2004|DATE] and on the [4th of July|DATE].

Between [1996-97|DATE] and the late [1960s|DATE] lies more than a typing error.

Elections are due [next year|DATE], in [May|DATE].

He was born on [Dec. 7, 1941|DATE], and died [last Tuesday|DATE].

Prices rose 12 percent from [January|DATE] to [March 2019|DATE].
"""

PEOPLES_AND_PEOPLE = """
[Sri Lankan|DEMONYM] and [Maldivian|DEMONYM] crews trained with [Emirati|DEMONYM] and [Saudi|DEMONYM] pilots.

Three [Kazakhs|DEMONYM], a [Swiss|DEMONYM] and two [Bolivians|DEMONYM] were aboard.

The [Dutch|DEMONYM] foreign minister met her [Irish|DEMONYM] counterpart, [Micheál Martin|PERSON].

Foreign Minister [Péter Szijjártó|PERSON] called it a mistake. [Szijjártó|PERSON] did not say whose.

[Ngozi Adeyemi|PERSON], a lecturer in [Ibadan|PLACE], disagrees. "It is late," [Adeyemi|PERSON] said.

"No comment," said [Tshabalala|PERSON], who left soon after.

Judge [Mariana Quispe|PERSON] freed General [Hugo Apaza|PERSON]; [Apaza|PERSON] had waited nine years.

Col. [Jean-Baptiste Kouassi|PERSON], Maj. Gen. [Ole van der Berg|PERSON] and Sgt. [Tomás Ferreira Jr.|PERSON] were
decorated.

Ambassador-designate [Leila Haddad|PERSON] will replace [Omar Nasser|PERSON] in [Rabat|PLACE].

The economist [Dragana Petrović|PERSON] doubts the figures that Dr. [Goran Kovačević|PERSON] gave.

Queen [Margrethe II|PERSON] opened the session; Prime Minister [Mette Frederiksen|PERSON] spoke.

MS. [OYELARAN|PERSON]: Thank you, Mr. President. MR. [LINDQVIST|PERSON]: The floor is yours.

The figures came from Dr. [Milan Kovačević|PERSON].

They went to meet [Abdi Warsame|PERSON], an officer from [Hargeisa|PLACE].

[Al Jazeera|ORG]'s [Hoda Nasr|PERSON] reported from [Benghazi|PLACE].
"""

ALL_TYPES = """
[Bamako|PLACE] broke with the [G5 Sahel|ORG] in [May 2022|DATE].

The [Wassenaar Arrangement|LAW] covers dual-use goods.

[Zimbabwe|PLACE]'s [Zanu-PF|ORG] held its congress in [Bulawayo|PLACE].

The [Lord's Resistance Army|ORG] crossed into [Garamba National Park|PLACE].

Rear Adm. [Tanaka Ichiro|PERSON] took over from Vice Adm. [Mori Kenji|PERSON].

The [Ethiopian National Defence Force|ORG] ([ENDF|ORG]) denied it. An [ENDF|ORG] spokesman gave no number.

[Denmark|PLACE] leads the [Joint Expeditionary Force|ORG] this time.

The [Bay of Bengal|PLACE] and the [Andaman Sea|PLACE] are calm in [January|DATE].

[Kuwait City|PLACE] and [Doha|PLACE] signed the [Al-Ula Declaration|LAW].

The [Panama Canal Authority|ORG] raised its tolls.

The [10th Mountain Division|ORG] left [Kandahar Airfield|PLACE] in [2014|DATE].

The [INS Vikrant|EQUIPMENT] carries [MiG-29K|EQUIPMENT] fighters.

[Pakistan|PLACE] tested the [Shaheen-III|EQUIPMENT] missile.

The [FGM-148 Javelin|EQUIPMENT] weighs 22 kilos.

A [Leopard 1A5|EQUIPMENT] tank burned near [Robotyne|PLACE].

The [Treaty of Friendship|LAW] was signed in [Tashkent|PLACE] in [April 1992|DATE].

The [Hague Convention of 1907|LAW] and the [Additional Protocols|LAW] apply.

[Botswana|PLACE] ratified the [Malabo Convention|LAW].

The [Kampala Accords|LAW] were never kept.

[Switzerland|PLACE]'s [War Materiel Act|LAW] forbids it.

[Operation Irini|PROGRAMME] watches the [Libyan|DEMONYM] coast.

The [Artemis Accords|LAW] have 43 signatories.

The [International Criminal Court|ORG] ([ICC|ORG]) sought warrants for [Ahmad Harun|PERSON].

In [Nouakchott|PLACE], [Mohamed Ould Ghazouani|PERSON] took the oath.

According to [Ankara|PLACE]-based analyst [Selin Korkmaz|PERSON], the deal is dead.

[Tariq al-Mansour|PERSON], 44, drove a truck in [Idlib|PLACE].

"It is over," says [Wiktoria Zielińska|PERSON] of the [Centre for Eastern Studies|ORG].

[Xinhua|ORG] said [Hu Jintao|PERSON] would visit [Astana|PLACE] in [June 2011|DATE].

The [Canadian Armed Forces|ORG] are short of people.

The [Communist Party of Vietnam|ORG] meets every five years.

[Laos|PLACE] and [Cambodia|PLACE] closed the [Preah Vihear|PLACE] crossing.

The [Paris Peace Accords|LAW] of [27 January 1973|DATE] ended one war.

During the [Second Congo War|EVENT], [Kisangani|PLACE] was fought over three times.

The [Yom Kippur War|EVENT] began on [6 October 1973|DATE].

The [Arab Spring|EVENT] reached [Sanaa|PLACE] in [2011|DATE].

The [Sunflower Movement|ORG] filled the chamber.

The [Normandy landings|EVENT] began on [June 6, 1944|DATE].

The [Astana Process|EVENT] is stalled.

[RIMPAC|EVENT] is held every two years off [Hawaii|PLACE].
"""

NOTHING = """
Training is hard. Logistics is harder. Money decides.

The Prime Minister and the Foreign Minister left by different doors.

Mr. President, Madam Chair, honourable members, thank you.

Figure 2 shows the results; Table 3 and Annex B give the data.

Dear Colleagues, Please find the agenda below.

He may march in step, but will he fall or spring?

Is this war? No. Was it peace? Never. Who lied? Everyone.

Democracy needs Patience, wrote the student, and Patience needs Time.

They believe in Peace through Strength, as the poster had it.

The Second Committee's Third Report has Four Annexes.

Thank you very much. Next question, please. Please, sit down.

The second phase begins once the First ends; Phase Three may never come.

My Lords, the honourable member is right. Hear, hear!

He said: "Nobody knows. We will see. Perhaps Later."

The government wants more tanks, ships and aircraft by then.

Note: Totals may not add up. Source: Own calculations.

The turkey was cold and the china broke; a march hare would polish it.

"Enough," he said. "Go home." They did.

Part One ends here; Chapter Four says why.

About 2000 soldiers, 1945 rifles and 300 mules were lost at 19:45.

GDP fell by 3 percent while the CEO slept.

Yes, the Internet helps. So does the Web.
"""

ROWS = [
    " ".join(row.split())
    for rows in (EVENTS, EQUIPMENT, LAWS, PROGRAMMES, DATES, PEOPLES_AND_PEOPLE, ALL_TYPES, NOTHING)
    for row in rows.strip().split("\n\n")
]


@pytest.mark.parametrize("row", ROWS)
def test_names_by_type(row: str) -> None:
    assert found(row) == marks(row)
