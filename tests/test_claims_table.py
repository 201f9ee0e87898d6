"""What each of many invented sentences says of a scenario: roles, constraints, stance, stage and voice."""

from __future__ import annotations

import pytest

from briefing.extraction.claims.claim_reader import extract_claims
from briefing.extraction.entities import extract_mentions
from briefing.model import Claim, Constraint, Role, Scenario
from briefing.parsing import parse_document

SCENARIO = Scenario(
    question="What could Kenya do for Mozambique, and what stands in the way?",
    actor="Kenya",
    actor_terms=("kenya*", "nairobi", "ruto", "east african community"),
    roles=(
        Role("train", "Training", ("train|trains|trained|training|trainer*|instructor*",), ("training ship*",)),
        Role("escort", "Convoys", ("escort*", "convoy*", "patrol*")),
        Role("medic", "Hospitals", ("hospital*", "medic*", "doctors")),
        Role("radar", "Radars", ("radar*", "nasams")),
        Role("talks", "Mediation", ("talks", "mediat*", "host* .. summit", "presidents stressed")),
        Role("money", "Money", ("million|billion", "loan*", "fund|funds|funding")),
    ),
    constraints=(
        Constraint("law", "Law", ("constitution*", "mandate*", "parliament*", "law|laws"), ("rule of law",)),
        Constraint("cost", "Cost", ("cost|costs|costly", "budget*", "debt*"), ("cost .. lives", "at all costs")),
        Constraint("opinion", "Opinion", ("poll*", "voter*", "public opinion", "kenyans")),
        Constraint("malawi", "Malawi", ("ties|relations with malawi", "malawi ... object*|protest*|retaliat*")),
    ),
)

# Each row is a text and what its last sentence says: roles, constraints, stance, stage and voice ("" for the author),
# parted by slashes; "" where it is no claim.
DONE = [
    ("Kenya sent doctors to Pemba.", "medic//enables/done/"),
    ("Kenya has escorted six convoys.", "escort//enables/done/"),
    ("The radar was built by Kenya.", "radar//enables/done/"),
    ("Kenya had trained the crews by then.", "train//enables/done/"),
    ("Kenya lent the port two radars.", "radar//enables/done/"),
    ("For the first time, Kenyan medics serve in Pemba.", "medic//enables/done/"),
    ("Kenyan doctors reached Pemba after a week.", "medic//enables/done/"),
    ("Kenya began training crews in 2021.", "train//enables/done/"),
    ("Asked about it, a Kenyan hospital was silent.", "medic//enables/done/"),
    ("The Kenyan presidents stressed their calm.", "talks//enables/done/"),
]
UNDER_WAY = [
    ("Kenya is training the crews.", "train//enables/under way/"),
    ("Kenya has been providing radars.", "radar//enables/under way/"),
    ("Kenya is still escorting convoys.", "escort//enables/under way/"),
    ("Training by Kenya is under way.", "train//enables/under way/"),
    ("Kenya continues to fund the hospital.", "medic,money//enables/under way/"),
    ("Kenya keeps sending doctors.", "medic//enables/under way/"),
    ("A hospital is being built by Kenya.", "medic//enables/under way/"),
    ("Kenya is not only training crews but also lending radars.", "train,radar//enables/under way/"),
]
ANNOUNCED = [
    ("Kenya will send doctors.", "medic//enables/announced/"),
    ("Kenya decided to escort the convoys.", "escort//enables/announced/"),
    ("Kenya pledged 4 million shillings.", "money//enables/announced/"),
    ("Kenya agreed to host talks.", "talks//enables/announced/"),
    ("Kenya promised two radars.", "radar//enables/announced/"),
    ("Kenya is going to lend a radar.", "radar//enables/announced/"),
    ("Kenya is sending doctors next month.", "medic//enables/announced/"),
    ("Kenya said it would train the crews and has approved the funds.", "train,money//enables/announced/Kenya"),
    ("Kenya said it would train crews.", "train//enables/announced/Kenya"),
    ("The radar that had left Pemba will reach Kenya soon.", "radar//enables/announced/"),
]
PLANNED = [
    ("Kenya plans to send doctors.", "medic//enables/planned/"),
    ("Kenya had planned to send doctors.", "medic//enables/planned/"),
    ("Kenya was to host the talks in March.", "talks//enables/planned/"),
    ("Kenya intends to lend a radar.", "radar//enables/planned/"),
    ("Kenyan doctors are due to leave in May.", "medic//enables/planned/"),
    ("The Kenyan radars are set to arrive soon.", "radar//enables/planned/"),
    ("Training in Kenya is scheduled for June.", "train//enables/planned/"),
    ("Kenyan patrols were slated for June.", "escort//enables/planned/"),
    ("Kenya is about to open a hospital.", "medic//enables/planned/"),
    ("Kenya is expected to send doctors.", "medic//enables/planned/"),
    ("The planned training in Kenya is new.", "train//enables/planned/"),
]
PROPOSED = [
    ("Kenya proposed talks in Nairobi.", "talks//enables/proposed/"),
    ("Kenya offered to train the crews.", "train//enables/proposed/"),
    ("Mozambique asked Kenya to send doctors.", "medic//enables/proposed/"),
    ("The report recommends Kenyan patrols off Pemba.", "escort//enables/proposed/The report"),
    ("Kenya should send instructors.", "train//enables/proposed/"),
    ("Uganda called on Kenya to host talks.", "talks//enables/proposed/"),
    ("Uganda wants Kenya to host the talks.", "talks//enables/proposed/"),
    ("Kenya has offered doctors.", "medic//enables/proposed/"),
    ("Kenya has offered to train crews.", "train//enables/proposed/"),
]
POSSIBLE = [
    ("Kenya could send doctors.", "medic//enables/possible/"),
    ("Kenya may lend a radar.", "radar//enables/possible/"),
    ("Kenya is considering a loan.", "money//enables/possible/"),
    ("Will Kenya send doctors?", "medic//neutral/possible/"),
    ("Has Kenya ever trained them?", "train//neutral/possible/"),
    ("Kenya has not ruled out patrols.", "escort//enables/possible/"),
    ("A Kenyan radar cannot be ruled out.", "radar//enables/possible/"),
    ("Kenya hopes to train the crews.", "train//enables/possible/"),
    ("Kenya is seeking to mediate.", "talks//enables/possible/"),
    ("Kenya is ready to send doctors.", "medic//enables/possible/"),
    ("Kenya is unlikely to send doctors.", "medic//limits/possible/"),
    ("Kenya has not yet decided on a radar.", "radar//limits/possible/"),
    ("Kenya was also considering a radar.", "radar//enables/possible/"),
    ("If asked, Kenya would send doctors.", "medic//enables/possible/"),
    ("Kenya has been considering a radar.", "radar//enables/possible/"),
    ("Kenya is planning nothing, but a radar is an option.", "radar//enables/possible/"),
    ("Malawi warned Kenya against lending radars.", "radar//limits/possible/Malawi"),
]
UNCLEAR = [
    ("Kenya and its radars.", "radar//enables/unclear/"),
    ("Kenyan doctors are good.", "medic//enables/unclear/"),
    ("Kenya’s constitution binds its army.", "/law/limits/unclear/"),
    ("Kenya’s budget was cut.", "/cost/limits/unclear/"),
    ("Kenya is home to hospitals that had been closed.", "medic//enables/unclear/"),
    ("Kenya, which sailed there in 2019, is home to hospitals.", "medic//enables/unclear/"),
    ("Kenya stressed the worth of its radars.", "radar//enables/unclear/Kenya"),
]
DENIED = [
    ("Kenya will not send doctors.", "medic//limits/denied/"),
    ("Kenya won’t send doctors.", "medic//limits/denied/"),
    ("Kenya has never trained them.", "train//limits/denied/"),
    ("Kenya did not send doctors.", "medic//limits/denied/"),
    ("Kenya ruled out patrols.", "escort//limits/denied/Kenya"),
    ("Kenya has no plans to lend a radar.", "radar//limits/denied/"),
    ("Kenya denied that doctors had been sent.", "medic//limits/denied/Kenya"),
    ("Kenya refused to lend the radar.", "radar//limits/denied/"),
    ("Kenya rejected reports that it would escort ships.", "escort//limits/denied/Kenya"),
    ("No Kenyan doctors were sent.", "medic//limits/denied/"),
    ("Kenya no longer escorts convoys.", "escort//limits/denied/"),
    ("Kenya has yet to send doctors.", "medic//limits/denied/"),
    ("Kenya cannot lend radars.", "radar//limits/denied/"),
    ("Kenya stopped short of offering talks.", "talks//limits/denied/"),
    ("Kenya declined to host the talks.", "talks//limits/denied/"),
    ("Kenya cancelled the training.", "train//limits/denied/"),
    ("Kenya postponed the patrols.", "escort//limits/denied/"),
    ("Nor has Kenya sent doctors.", "medic//limits/denied/"),
    ("Kenya neither trained nor paid them.", "train//limits/denied/"),
    ("Kenya will soon stop training the crews.", "train//limits/denied/"),
    ("Kenya blocked the talks.", "talks//limits/denied/"),
    ("The Kenyan radar was never built.", "radar//limits/denied/"),
    ("Kenya opened no hospital in Pemba.", "medic//limits/denied/"),
]
NO_DENIAL = [
    ("Not only has Kenya sent doctors, it has lent a radar.", "medic,radar//enables/done/"),
    ("No doubt Kenya will send doctors.", "medic//enables/announced/"),
    ("Kenya sent doctors without joining the mission.", "medic//enables/done/"),
    ("Without joining the mission, Kenya sent doctors.", "medic//enables/done/"),
    ("Kenya sent doctors, but it will not lend a radar.", "medic//enables/done/"),
    ("Kenya will not lend a radar but will send doctors.", "medic//enables/announced/"),
    ("Although Kenya did not send doctors, it lent a radar.", "radar//enables/done/"),
    ("Kenya, which does not border the lake, sent doctors.", "medic//enables/done/"),
    ("Kenya will send doctors instead of lending radars.", "medic//enables/announced/"),
    ("It is not clear when Kenya will send doctors.", "medic//neutral/announced/"),
    ("Kenya will not send doctors until June.", "medic//enables/announced/"),
    ("Kenya said it had no plans to lend radars, adding that it would train crews.", "train//enables/possible/Kenya"),
    ("The loan from Kenya was granted, but not disclosed.", "money//enables/done/"),
]
OTHERS = [
    ("Kenya watched. Uganda sent doctors.", ""),
    ("Uganda has sent doctors to Kenya.", ""),
    ("Uganda’s help to Kenya was 4 million shillings.", ""),
    ("Kenya received radars from Uganda.", ""),
    ("Kenya was given a radar by Uganda.", ""),
    ("Kenya welcomed the loan by Uganda.", ""),
    ("Kenya thanked Uganda for its doctors.", ""),
    ("Kenya urged Uganda to host talks.", ""),
    ("Kenya invited other states to send doctors.", ""),
    ("Uganda will send observers to train in Kenya.", ""),
    ("Uganda is training Kenyan crews.", ""),
    ("In Kenya, the convoys were escorted by Ugandan ships.", ""),
    ("Kenya said that Uganda had sent doctors.", ""),
    ("Kenya stayed out, while Uganda sent doctors.", ""),
    ("Kenya sent 4 million shillings, and Uganda has lent two radars.", "money//enables/done/"),
    ("Uganda's parliament voted. Its budget is large.", ""),
    ("Uganda offered Kenya radars.", ""),
    ("Uganda, unlike Kenya, sent doctors.", ""),
    ("Kenya watched as Uganda trained crews.", ""),
    ("Ugandan instructors trained Kenyan crews.", ""),
    ("Kenya and President Ana Borzut met. Borzut sent doctors.", ""),
]
OWN = [
    ("Kenya and Uganda agreed to train together.", "train//enables/announced/"),
    ("Uganda and Kenya have escorted the convoys.", "escort//enables/done/"),
    ("The convoys were escorted by Kenya and Uganda.", "escort//enables/done/"),
    ("The convoys were escorted by Ugandan and Kenyan ships.", "escort//enables/done/"),
    ("The East African Community sent doctors.", "medic//enables/done/"),
    ("Uganda received radars from Kenya.", "radar//enables/done/"),
    ("Uganda was given a radar by Kenya.", "radar//enables/done/"),
    ("Kenya’s help to Uganda was 4 million shillings.", "money//enables/done/"),
    ("Uganda thanked Kenya for its doctors.", "medic//enables/done/"),
    ("Kenya’s training was welcomed by Uganda.", "train//enables/done/"),
    ("Kenya is a good host. It has sent doctors.", "medic//enables/done/"),
    ("The Kenyan minister Amina Borzut left. Borzut opened a hospital there.", "medic//enables/done/"),
    ("Kenya acted. Near Uganda, convoys were escorted.", "escort//enables/done/"),
    ("Kenya and Uganda met. Both countries agreed to train together.", "train//enables/announced/"),
    ("Kenya is far. Minister Ana Borzut said doctors would go.", "medic//enables/possible/Ana Borzut"),
    ("Unlike Uganda, Kenya sent doctors.", "medic//enables/done/"),
    ("Uganda will help Kenya to train crews.", "train//enables/announced/"),
    ("Kenya helped Uganda to train crews.", "train//enables/done/"),
    ("Kenyan crews were trained in Uganda.", "train//enables/done/"),
    (
        "Kenya and Uganda met. Uganda’s president said both countries will train crews.",
        "train//enables/announced/Uganda’s president",
    ),
]
CONTEXT = [
    ("Kenya will lend a radar. This decision is new.", "radar//enables/announced/"),
    ("Kenya will lend a radar. It would be the first one.", "radar//enables/possible/"),
    ("Kenya may lend a radar. That would be costly.", "radar/cost/limits/possible/"),
    ("Kenya lent a radar. A second contribution is planned for May.", "radar//enables/planned/"),
    ("Kenya will not lend a radar. This decision is new.", ""),
    ("Kenya will send:\n\n- two nurses;\n- one radar.", "radar//enables/announced/"),
    ("# Kenya\n\n## Training\n\n- On land and at sea", "train//enables/unclear/"),
    ("# Kenya\n\n## What it could offer\n\n- Radars", "radar//enables/possible/"),
    ("# Kenya\n\n## Planned deliveries for Pemba\n\n- Radars", "radar//enables/planned/"),
    ("# Kenya\n\n## Cost\n\n- High and rising", "/cost/limits/unclear/"),
    ("# Kenya\n\n## Cost\n\nThis is the main worry.", "/cost/limits/unclear/"),
    ("# Kenya\n\n## Options\n\n- **Training.** Its school is old.", "train//enables/possible/"),
    ("# Kenya\n\n## Obstacles\n\n- A budget that grows", "/cost/limits/unclear/"),
    ("# Kenya\n\n## Uganda\n\nDoctors are many.", ""),
    ("# Kenya sends radars\n\nIt will send them in May.\n\n## Radars\n\nWhy so many?", ""),
    ("# Kenya\n\n## What it could offer\n\n- It has radars", "radar//enables/unclear/"),
    ("# Kenya sends radars\n\nWhy? Doctors are ready.", "medic//enables/unclear/"),
    ("# Kenya\n\n## Training\n\nThe school is old, and nobody knows who built it or when that was.", ""),
    ("# Kenya\n\n## What has been done\n\n- Two radars", "radar//enables/done/"),
    ("# Kenya\n\n## Malawi\n\nThis worries many.", ""),
    ("# Kenya\n\n## Mediation\n\n- Among the tribes of the north", "talks//enables/unclear/"),
    ("# Kenya\n\n## Obstacles\n\n### At home\n\n- A budget that supports little", "/cost/limits/unclear/"),
    ("# Kenya\n\n## Opinion\n\n- Wary and tired", "/opinion/limits/unclear/"),
    ("# Kenya\n\n## What it could offer\n\n- NASAMS on rotation", "radar//enables/possible/"),
]
CONSTRAINTS = [
    ("Kenya’s constitution does not allow patrols abroad.", "escort/law/limits/denied/"),
    ("Patrols abroad need a mandate from Kenya’s parliament.", "escort/law/limits/unclear/"),
    ("Kenya has eased its laws.", "/law/enables/done/"),
    ("Kenya’s rule of law is strong.", ""),
    ("The attack in Kenya cost many lives.", ""),
    ("Kenya wants peace at all costs.", ""),
    ("Kenya cares. Malawi warned that it would object.", "/malawi/limits/unclear/Malawi"),
    ("Kenya cares. Uganda has a large budget.", ""),
    ("The patrols would strain Kenya’s ties with Malawi.", "escort/malawi/limits/possible/"),
    ("Can Kenya bear the cost?", "/cost/neutral/possible/"),
    ("Voters are against it, but Kenya will send doctors.", "medic/opinion/limits/announced/"),
    ("60 percent of Kenyans oppose sending doctors.", "medic/opinion/limits/unclear/"),
    ("Kenya assesses the cost of a radar.", "radar/cost/neutral/unclear/"),
    ("Despite the cost, Kenya sent doctors.", "medic/cost/limits/done/"),
    ("The budget allows Kenya to open hospitals.", "medic/cost/enables/unclear/"),
    ("Polls show most Kenyans back the training.", "train/opinion/enables/unclear/"),
    ("The high cost has kept Kenya from lending radars.", "radar/cost/limits/done/"),
    # What grows may be a burden.
    ("Kenya cares. The cost of fuel has doubled.", "/cost/limits/done/"),
    ("Kenya’s debts increased.", "/cost/limits/unclear/"),
    ("Kenya doubled its budget.", "/cost/enables/unclear/"),
]
VOICES = [
    ("Kenya will send doctors, Amina Borzut said.", "medic//enables/announced/Amina Borzut"),
    ("“Kenya will send doctors,” said Amina Borzut.", "medic//enables/announced/Amina Borzut"),
    ("Amina Borzut: “Kenya will send doctors.”", "medic//enables/announced/Amina Borzut"),
    ("Amina Borzut, the health minister, said Kenya will send doctors.", "medic//enables/announced/Amina Borzut"),
    (
        "The ministry’s press service said that Kenya will send doctors.",
        "medic//enables/announced/The ministry’s press service",
    ),
    ("Kenya will send doctors, the defence ministry said on Monday.", "medic//enables/announced/the defence ministry"),
    ("According to the Tide Institute, Kenya will send doctors.", "medic//enables/announced/Tide Institute"),
    ("Kenya will send doctors, according to a diplomat.", "medic//enables/announced/a diplomat"),
    (
        "The Tide Institute, citing a diplomat, writes that Kenya will send doctors.",
        "medic//enables/announced/a diplomat via Tide Institute",
    ),
    (
        "According to the Tide Institute, Amina Borzut said Kenya will send doctors.",
        "medic//enables/announced/Amina Borzut via Tide Institute",
    ),
    ("Some analysts say Kenya will send doctors.", "medic//enables/announced/Some analysts"),
    ("Kenyan officials have ruled out patrols.", "escort//limits/denied/Kenyan officials"),
    ("Amina Borzut spoke of Kenya. “We will send doctors,” she said.", "medic//enables/announced/Amina Borzut"),
    ("Amina Borzut said so. Kenya will send doctors, she added.", "medic//enables/announced/Amina Borzut"),
    ("“Kenya is near,” Amina Borzut said. “It will send doctors.”", "medic//enables/announced/Amina Borzut"),
    ("“Kenya is near,” Amina Borzut said.\n\n“It will send doctors.”", "medic//enables/announced/Amina Borzut"),
    ("A survey in Uganda found that Kenya will send doctors.", "medic//enables/announced/A survey in Uganda"),
    ("Kenya warned that it would escort ships.", "escort//enables/announced/Kenya"),
    (
        "“The doctors will leave Kenya,” a spokesman for the navy said.",
        "medic//enables/announced/a spokesman for the navy",
    ),
    ("As the president said, Kenya will train crews.", "train//enables/announced/the president"),
    ("Kenya’s president said he would not send doctors.", "medic//limits/denied/Kenya’s president"),
    ("Reuters reported that Kenya will train crews.", "train//enables/announced/Reuters"),
    ("A poll in Kenya found that training is popular.", "train/opinion/enables/unclear/A poll in Kenya"),
    ("Amina Borzut said so. “Stone Otter” is the Kenyan training.", "train//enables/unclear/"),
    ("Kenyan officials noted that doctors might come.", "medic//enables/possible/Kenyan officials"),
    ("Those in Kenya say doctors may come.", "medic//enables/possible/"),
    ("As to radars, Kenya said that it will send some.", "radar//enables/announced/Kenya"),
]
ROWS = [
    *DONE, *UNDER_WAY, *ANNOUNCED, *PLANNED, *PROPOSED, *POSSIBLE, *UNCLEAR, *DENIED, *NO_DENIAL,
    *OTHERS, *OWN, *CONTEXT, *CONSTRAINTS, *VOICES,
]  # fmt: skip


def claims_of(text: str) -> tuple[Claim, ...]:
    document = parse_document("row.md", f"{text}\n".encode(), date="2024-05-01")
    return extract_claims([document], SCENARIO, extract_mentions([document]))


def said_last(text: str) -> str:
    """What the last sentence of `text` says, as the rows put it."""
    claims = claims_of(text)
    document = parse_document("row.md", f"{text}\n".encode(), date="2024-05-01")
    last = [span for block in document.blocks for span in block.sentences][-1]
    claim = next((claim for claim in claims if claim.span == last), None)
    if claim is None:
        return ""
    voice = "" if claim.voice == "author" else claim.voice
    return "/".join([",".join(claim.roles), ",".join(claim.constraints), claim.stance, claim.stage, voice])


@pytest.mark.parametrize(("text", "says"), ROWS)
def test_the_last_sentence_says(text: str, says: str) -> None:
    assert said_last(text) == says


@pytest.mark.parametrize(("text", "says"), ROWS)
def test_status_is_that_of_the_stage(text: str, says: str) -> None:
    assert [claim.status for claim in claims_of(text)] == [claim.stage.status for claim in claims_of(text)]
