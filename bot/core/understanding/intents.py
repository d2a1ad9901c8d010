"""What for: the intent of a sentence, by rules over its concepts, in the order of what must not be missed."""

from __future__ import annotations

from bot.core.understanding.rules import rule as _rule
from bot.core.understanding.rules import rules as _rules

# Concepts in capitals are not words but what the sentence holds: TOPIC, DAY, TOWN, AUDIENCE, OFFER, SHORT.
GUARDS = _rules(
    _rule("emergency", "say.emergency", "say.exercise"),
    _rule("emergency", "violence harmed|my_people", "TOPIC say.exercise", 3),
    _rule("emergency", "threat harmed|my_people", "", 6),
    _rule("emergency", "die want", "say.exercise TOPIC", 3),
    _rule("emergency", "dying my_people|harmed|someone|person|people|man|child|I", "", 4),
    _rule("emergency", "breathe cannot|not", "", 4),
    _rule("emergency", "fire home", "", 6),
    _rule(
        "emergency",
        "fire start|BRIEF",
        "DAY CLOCK TOPIC AUDIENCE activity counted say.exercise exists when where aside far",
    ),
    _rule("emergency", "get_out BRIEF", "name list TOPIC WEAK activity sign_up system you_org be_deleted"),
    _rule("emergency", "follow me afraid|street|man", "", 10),
    _rule("emergency", "follow my_people|child man|men|afraid|street", "TOPIC activity", 9),
    _rule("emergency", "ambulance", "say.exercise TOPIC"),
    _rule("emergency", "face hangs|half_of|half", "TOPIC DAY CLOCK", 5),
    _rule("emergency", "locks harmed|my_people inside|home", "TOPIC DAY activity", 6),
    _rule("stop", "say.stop", "smoke say.cancel_mine elsewhere"),
    _rule("stop", "stop message|send|contact", "TOPIC", 6),
    _rule("stop", "unsubscribe message|list|everything", "TOPIC elsewhere"),
    _rule("stop", "unsubscribe SHORT", "TOPIC DAY activity elsewhere"),
    _rule("stop", "stop ALONE"),
    _rule("stop", "not_want receive", "TOPIC hear_no understand", 4),
    _rule("stop", "not_want|not_want_after message", "TOPIC hear_no understand", 7),
    _rule("stop", "not|never send|contact message|me|no_more", "TOPIC remind forget", 6),
    _rule("stop", "no_more message|send|contact", "TOPIC remind LANGUAGE", 6),
    _rule("stop", "stop write|send", "TOPIC LANGUAGE", 5),
    _rule("stop", "not_send", "TOPIC remind"),
    _rule("stop", "end_it|bother message", "TOPIC DAY CLOCK remind elsewhere cancel", 6),
    _rule("stop", "bother stop|end_it|not_want|no_more you|your", "TOPIC", 12),
    _rule("privacy", "say.privacy", "say.cancel_mine elsewhere"),
    _rule("privacy", "delete data|about_me|account", "elsewhere", 8),
    _rule("privacy", "delete everything saved|know|about_me", "", 9),
    _rule("privacy", "delete phone_number|everything", "TOPIC DAY activity sign_up remind plan list", 5),
    _rule("privacy", "data about_me|saved", "DAY TOPIC activity", 7),
    _rule("privacy", "saved about_me", "", 7),
    _rule("privacy", "delete write|answer", "TOPIC", 7),
    _rule("privacy", "be_deleted", "TOPIC DAY activity sign_up plan list remind elsewhere"),
    _rule("privacy", "be_deleted|remove system|you_org", "TOPIC DAY activity sign_up plan list remind elsewhere", 6),
    _rule("privacy", "saved our_talk", "TOPIC DAY activity sign_up list danish", 6),
    _rule("privacy", "share name|data|about_me|phone_number|our_talk", "TOPIC DAY activity sign_up list", 6),
    _rule("privacy", "not_want|not_want_after|no_more|not system you_org|your", "TOPIC DAY activity understand", 8),
    _rule("privacy", "not_want|not_want_after phone_number", "TOPIC DAY activity call", 7),
    _rule("privacy", "see|copy|download my data", "TOPIC", 7),
    _rule("how_it_works", "are_you robot|person|real|computer", "call contact", 5),
    _rule("talk_to_person", "say.person", "practise play OFFER"),
    _rule("talk_to_person", "person ALONE"),
    _rule("talk_to_person", "connect person", "TOPIC OFFER", 5),
    _rule("talk_to_person", "give person SHORT", "TOPIC OFFER DAY"),
    _rule("talk_to_person", "person please|want|need SHORT", "TOPIC OFFER"),
    _rule(
        "talk_to_person",
        "speak someone",
        "danish TOPIC WEAK practise one_to_one LANGUAGE friend volunteer far aside activity OFFER",
        3,
    ),
    _rule(
        "talk_to_person",
        "speak|contact person|you_org",
        "danish TOPIC practise one_to_one language.da friend OFFER cost",
        7,
    ),
    _rule("talk_to_person", "speak someone you_org", "danish practise OFFER", 9),
    _rule(
        "talk_to_person", "call someone|person|you_org me|can|want|you_org", "remind TOPIC far OFFER course children", 7
    ),
    _rule("talk_to_person", "not|not_want|not_want_after robot", "TOPIC OFFER say.how", 7),
    _rule("talk_to_person", "person real", "danish TOPIC OFFER", 4),
    _rule(
        "talk_to_person",
        "person want|need",
        "danish TOPIC help_at home speak_with practise friend volunteer explain guide advise language.da OFFER",
        3,
    ),
    _rule(
        "talk_to_person",
        "staff speak|explain|appointment|call|contact|meet",
        "TOPIC OFFER far DAY volunteer practise",
        7,
    ),
    _rule("talk_to_person", "phone_number you_org|person|call|your|give", "far OFFER TOPIC"),
)

RULES = _rules(
    _rule("cancel", "say.cancel_mine"),
    _rule("volunteer", "say.volunteer", "need.me come_to_me"),
    _rule("change_language", "say.language", "TOPIC CLOCK SPAN OFFER"),
    _rule("change_language", "LANGUAGE change", "TOPIC"),
    _rule("change_language", "language change", "TOPIC far"),
    _rule(
        "change_language",
        "LANGUAGE write|speak|answer|continue you|can|want|please|better|me|prefer",
        "TOPIC STRONG someone activity learn practise help_people for_people translate volunteer LONG OFFER",
        6,
    ),
    _rule("change_language", "LANGUAGE prefer BRIEF", "TOPIC activity someone learn course OFFER"),
    _rule("change_language", "LANGUAGE instead", "TOPIC activity someone learn course OFFER"),
    _rule("change_language", "LANGUAGE ALONE"),
    _rule("change_language", "LANGUAGE please SHORT", "TOPIC activity learn teach teach_me help"),
    _rule("change_language", "LANGUAGE exists BRIEF", "TOPIC activity someone learn course OFFER people far letter"),
    _rule("change_language", "LANGUAGE not understand", "TOPIC activity letter", 12),
    _rule("set_reminder", "remind"),
    _rule(
        "set_reminder", "write|message me CLOCK", "exists where what when activity TOWN LANGUAGE no_more stop TOPIC", 5
    ),
    _rule("set_reminder", "tell_me CLOCK", "activity exists what where"),
    _rule("set_reminder", "tell_me|message|send|contact|write SPAN", "exists where no_more person someone"),
    _rule("set_reminder", "tell_me|message|send|give|contact|write day_before", "exists where cancel cost free"),
    _rule("set_reminder", "remember me|must CLOCK|SPAN", "exists where what when activity TOWN", 12),
    _rule("set_reminder", "tell_me|message|send|contact|write must DAY|CLOCK", "exists where what when activity", 9),
    _rule("find_activity", "called_off TOPIC|WEAK|activity", "I me my my_people cannot not_come"),
    _rule("cancel", "say.cancel", "exists elsewhere"),
    _rule("cancel", "cancel sign_up|my|TOPIC|DAY|activity|place_on|me|SHORT", "far elsewhere"),
    _rule("cancel", "cannot|not|not_come after_all", "exists where what far find", 5),
    _rule("cancel", "cannot come", "exists where far", 4),
    _rule("cancel", "not come", "exists where someone far", 3),
    _rule("cancel", "remove name|list", "", 6),
    _rule("cancel", "delete|remove sign_up|place_on", "data about_me exists", 4),
    _rule("cancel", "not_come", "exists where"),
    _rule("cancel", "unsubscribe TOPIC|DAY|activity"),
    _rule("my_plans", "say.plans", "far"),
    _rule("my_plans", "signed_up something|I|what|my|where|which|when|show|am", "cancel OFFER", 9),
    _rule("my_plans", "my plan what|show|when|see|next|have|DAY|which|where|list|ALONE|SHORT", "cancel far", 7),
    _rule("how_it_works", "say.how", "far TOPIC"),
    _rule("how_it_works", "say.how robot", "far"),
    _rule("how_it_works", "cost|free speak|write you_org|you|your", "TOPIC far activity DAY", 7),
    _rule("how_it_works", "robot how|what|cost|free|can_do|work|are_you|SHORT", "TOPIC"),
    _rule("how_it_works", "use cost|free|how|what", "TOPIC far", 7),
    _rule("how_it_works", "start ALONE"),
    _rule(
        "volunteer",
        "volunteer be|want_to|sign_up|like|can|how|offer_myself|free_time|SHORT",
        "need need.me come_to_me someone help_me practise",
        9,
    ),
    _rule(
        "volunteer",
        "help_people want|can|like|free_time|how|I|want_to",
        "need need.me help_me my someone come school",
        12,
    ),
    _rule(
        "volunteer",
        "i_help newcomers|gratis|free_time|AUDIENCE",
        "where need.me come_to_me help_me my_people robot",
        12,
    ),
    _rule("volunteer", "offer_myself teach|translate|help_people|volunteer", "need need.me"),
    _rule("my_plans", "my activity next|when|where|what", "cancel exists far find", 4),
    _rule("thanks", "thanks everything|SHORT", "TOPIC OFFER LANGUAGE activity DAY"),
    _rule("thanks", "thanks you BRIEF", "TOPIC WEAK OFFER LANGUAGE activity DAY exists where how call buy need help"),
    _rule(
        "thanks",
        "thanks",
        "TOPIC WEAK DAY TOWN AUDIENCE activity exists where OFFER LANGUAGE want need can far aside REFUSED",
    ),
    _rule("volunteer", "give_hand refugees|people|you_org", "need need.me help_me", 6),
    _rule("volunteer", "for_you free|like", "need need.me help_me exists where cost my what how use", 6),
    _rule("volunteer", "help_out can|want|want_to|like", "need need.me help_me my exists someone children", 8),
    _rule("volunteer", "translate for_people", "need need.me"),
    _rule("volunteer", "refugees invite I|want_to|can|free_time|my_people|home", "need need.me help_me", 12),
    _rule("volunteer", "you_need translate|volunteer|help_me|teach"),
    _rule(
        "talk_to_person",
        "help|help_wanted need|me|help_me|help_wanted|give|please BRIEF READ",
        "TOPIC WEAK OFFER LETTER activity LANGUAGE language homework school_subject school far aside translate you_need"
        " AUDIENCE DAY TOWN job system people refugees how what where free_time i_help",
    ),
)

# What the bot has no answer to, though a topic may be named in it: a joke about swimming, the state of one's own case.
OUTSIDE = _rules(
    _rule("unknown", "makes tell_me|write|give|show|translate|help_me|can", "course activity join", 5),
    _rule("unknown", "makes", "activity join learn course exists where TOWN DAY together"),
    _rule(
        "unknown",
        "status",
        "TOPIC WEAK OFFER activity course exists join sign_up help help_me help_at advise explain someone cancel",
    ),
    _rule("unknown", "status legal|letters|job|parenting|danish", "course help help_me help_at advise explain someone"),
    _rule("unknown", "feast when|cost BRIEF", "activity course join TOWN AUDIENCE together where eating_together"),
    _rule("unknown", "called LANGUAGE|danish|TOPIC", "activity course TOWN DAY"),
    _rule(
        "unknown",
        "translate",
        "need.me someone for_people help help_me letter LETTER volunteer course activity exists offer_myself free_time"
        " TOWN DAY teach robot",
    ),
    _rule("unknown", "judges is_it", "I me my my_people activity join course where want AUDIENCE OFFER DAY"),
    _rule(
        "unknown", "forget TOPIC|school", "activity when what where exists DAY CLOCK remind sign_up course learn want"
    ),
    _rule("unknown", "eats not", "activity exists where join come together can DAY want eating_together"),
    _rule("unknown", "HOW_TO", "activity join learn course exists where TOWN DAY together someone help_me teach_me"),
    _rule("unknown", "taste", "activity join course exists where me my my_people I AUDIENCE OFFER", 9),
)

OFFERS = _rules(
    _rule(
        "ask_offer", "families danish friend|know|visit|meet|want|need|get|have|connect", "far", 12, "network_family"
    ),
    _rule("ask_offer", "families visit|friend|know find|get|want|need|can", "far activity", 8, "network_family"),
    _rule("ask_offer", "families visit exists", "far activity DAY TOWN", 8, "network_family"),
    _rule("ask_offer", "friend families", "far", 3, "network_family"),
    _rule(
        "ask_offer",
        "someone|volunteer|person|native|woman_one|friend|one speak|practise danish|language.da",
        "TOPIC far LETTER activity cafe together",
        8,
        "language_training",
    ),
    _rule("ask_offer", "volunteer|woman_one come|visit danish|language.da", "TOPIC far", 12, "language_training"),
    _rule("ask_offer", "one_to_one danish|language.da|language|speak", "TOPIC far LETTER", 9, "language_training"),
    _rule(
        "ask_offer",
        "volunteer practise language|danish|language.da",
        "TOPIC far activity cafe",
        6,
        "language_training",
    ),
    _rule("ask_offer", "speak_with danish|language.da", "TOPIC far activity cafe", 6, "language_training"),
    _rule(
        "ask_offer",
        "someone|volunteer|tutor|person|woman_one|one homework|school_subject home|help_me|help_at|need|teach",
        "cafe open far",
        12,
        "homework_help",
    ),
    _rule("ask_offer", "someone|volunteer|one|tutor|person school home", "cafe open far LETTER", 12, "homework_help"),
    _rule("ask_offer", "help_me school home", "cafe open far LETTER", 12, "homework_help"),
    _rule("ask_offer", "homework home", "cafe open far where", 8, "homework_help"),
    _rule(
        "ask_offer",
        "school_subject help_me|help_at home|my_people|child|children",
        "cafe open far place_for",
        10,
        "homework_help",
    ),
    _rule("ask_offer", "tutor", "far cafe", 9, "homework_help"),
    _rule(
        "ask_offer",
        "someone|person|contact_person|volunteer|one explain|guide|advise|understand system|society|denmark|job|study",
        "far LETTER",
        12,
        "mentor",
    ),
    _rule("ask_offer", "someone|person|one guide|advise want|need", "far LETTER TOPIC", 9, "mentor"),
    _rule("ask_offer", "contact_person", "far", 9, "mentor"),
    _rule(
        "ask_offer",
        "help|teach_me danish|language.da",
        "TOPIC LETTER OFFER far aside activity cafe course homework school_subject school write translate message"
        " letter system society job understand families people exists where help_people for_people someone LONG",
        6,
        "language_training",
    ),
)

FIND = _rules(
    _rule("find_activity", "say.find", "far"),
    _rule("find_activity", "everything|show AUDIENCE|TOWN|DAY", "far aside delete data", 9),
    _rule("find_activity", "bored", "far aside"),
    _rule("find_activity", "REFUSED AUDIENCE|everything|something", "far aside"),
    _rule("find_activity", "activity", "far aside"),
    _rule("find_activity", "something happen|do|exists|DAY|TOWN|AUDIENCE", "far aside", 6),
    _rule("find_activity", "what happen|do|exists DAY|TOWN|where|AUDIENCE|here", "far aside", 8),
)

# Topics that several words say together: to meet people is social.
DERIVED = _rules(
    _rule("playgroup", "mothers babies", "far", 3),
    _rule("playgroup", "mothers meet", "far", 4),
    _rule("social", "meet|know people|AUDIENCE|someone|friend|danish", "far", 4),
    _rule("social", "AUDIENCE activity speak|meet", "far", 8),
    _rule("second_hand", "used clothes", "far", 4),
    _rule("playgroup", "babies activity", "far", 2),
    _rule("walking", "on_foot stroll", "far", 4),
    _rule("letters", "letter understand|help_me|explain", "far", 10),
    _rule("parenting", "parents course|learn|something|help_at|speak", "far", 6),
    _rule("swimming", "water afraid|teach|learn|play", "far aside buy", 6),
)

SMALL = _rules(_rule("thanks", "thanks"), _rule("greeting", "greeting"))
