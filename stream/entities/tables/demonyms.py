"""Which country a nationality points to (ISO 3166-1 alpha-2); adjectives of continents and peoples have none."""

_TABLE = """
AF Afghan Afghans Afghani
AL Albanian Albanians
DZ Algerian Algerians
AD Andorran Andorrans
AO Angolan Angolans
AR Argentine Argentines Argentinian Argentinians
AM Armenian Armenians
AU Australian Australians Aussie Aussies
AT Austrian Austrians
AZ Azerbaijani Azerbaijanis
BS Bahamian Bahamians
BH Bahraini Bahrainis
BD Bangladeshi Bangladeshis
BB Barbadian Barbadians
BY Belarusian Belarusians
BE Belgian Belgians
BZ Belizean Belizeans
BJ Beninese
BM Bermudian Bermudians
BT Bhutanese
BO Bolivian Bolivians
BA Bosnian Bosnians
BW Motswana Batswana
BR Brazilian Brazilians
BN Bruneian Bruneians
BG Bulgarian Bulgarians
BF Burkinabe Burkinabé
MM Burmese
BI Burundian Burundians
KH Cambodian Cambodians
CM Cameroonian Cameroonians
CA Canadian Canadians
CV Cape_Verdean Cape_Verdeans
TD Chadian Chadians
CL Chilean Chileans
CN Chinese
CO Colombian Colombians
KM Comorian Comorians
CD Congolese
CR Costa_Rican Costa_Ricans
HR Croatian Croatians Croat Croats
CU Cuban Cubans
CY Cypriot Cypriots
CZ Czech Czechs
DK Danish Danes
DJ Djiboutian Djiboutians
NL Dutch Dutchman Dutchwoman
TL Timorese
EC Ecuadorian Ecuadorians Ecuadorean Ecuadoreans
EG Egyptian Egyptians
AE Emirati Emiratis
GB British Briton Britons Brit Brits
ER Eritrean Eritreans
EE Estonian Estonians
SZ Swazi Swazis
ET Ethiopian Ethiopians
FJ Fijian Fijians
PH Filipino Filipinos Filipina Filipinas Philippine
FI Finnish Finns
FR French Frenchman Frenchwoman Frenchmen
GA Gabonese
GM Gambian Gambians
GE Georgian Georgians
DE German Germans
GH Ghanaian Ghanaians
GR Greek Greeks
GL Greenlandic Greenlander Greenlanders
GD Grenadian Grenadians
GT Guatemalan Guatemalans
GN Guinean Guineans
GY Guyanese
HT Haitian Haitians
HN Honduran Hondurans
HK Hongkonger Hongkongers
HU Hungarian Hungarians
IS Icelandic Icelander Icelanders
IN Indian Indians
ID Indonesian Indonesians
IR Iranian Iranians
IQ Iraqi Iraqis
IE Irish Irishman Irishwoman
IL Israeli Israelis
IT Italian Italians
CI Ivorian Ivorians
JM Jamaican Jamaicans
JP Japanese
JO Jordanian Jordanians
KZ Kazakh Kazakhs Kazakhstani Kazakhstanis
KE Kenyan Kenyans
XK Kosovar Kosovars
KW Kuwaiti Kuwaitis
KG Kyrgyz
LA Laotian Laotians Lao
LV Latvian Latvians
LB Lebanese
LS Basotho Mosotho
LR Liberian Liberians
LY Libyan Libyans
LI Liechtensteiner Liechtensteiners
LT Lithuanian Lithuanians
LU Luxembourgish Luxembourger Luxembourgers
MG Malagasy
MW Malawian Malawians
MY Malaysian Malaysians
MV Maldivian Maldivians
ML Malian Malians
MT Maltese
MR Mauritanian Mauritanians
MU Mauritian Mauritians
MX Mexican Mexicans
MD Moldovan Moldovans
MC Monegasque Monégasque Monegasques
MN Mongolian Mongolians
ME Montenegrin Montenegrins
MA Moroccan Moroccans
MZ Mozambican Mozambicans
NA Namibian Namibians
NP Nepali Nepalis Nepalese
NZ New_Zealander New_Zealanders
NI Nicaraguan Nicaraguans
NE Nigerien Nigeriens
NG Nigerian Nigerians
KP North_Korean North_Koreans
MK North_Macedonian North_Macedonians Macedonian Macedonians
NO Norwegian Norwegians
OM Omani Omanis
PK Pakistani Pakistanis
PS Palestinian Palestinians
PA Panamanian Panamanians
PG Papua_New_Guinean
PY Paraguayan Paraguayans
PE Peruvian Peruvians
PL Polish Poles
PT Portuguese
PR Puerto_Rican Puerto_Ricans
QA Qatari Qataris
RO Romanian Romanians
RU Russian Russians
RW Rwandan Rwandans
SV Salvadoran Salvadorans Salvadorean Salvadoreans
WS Samoan Samoans
SA Saudi Saudis Saudi_Arabian Saudi_Arabians
GB Scottish Scots Scotsman
GB Welsh Welshman
GB English Englishman Englishwoman
SN Senegalese
RS Serbian Serbians Serb Serbs
SC Seychellois
SL Sierra_Leonean Sierra_Leoneans
SG Singaporean Singaporeans
SK Slovak Slovaks Slovakian Slovakians
SI Slovenian Slovenians Slovene Slovenes
SO Somali Somalis
ZA South_African South_Africans
KR South_Korean South_Koreans
SS South_Sudanese
ES Spanish Spaniard Spaniards
LK Sri_Lankan Sri_Lankans
SD Sudanese
SR Surinamese
SE Swedish Swede Swedes
CH Swiss
SY Syrian Syrians
TW Taiwanese
TJ Tajik Tajiks Tajikistani
TZ Tanzanian Tanzanians
TH Thai Thais
TG Togolese
TO Tongan Tongans
TT Trinidadian Trinidadians Tobagonian
TN Tunisian Tunisians
TR Turkish Turks
TM Turkmen
UG Ugandan Ugandans
UA Ukrainian Ukrainians
US American Americans
UY Uruguayan Uruguayans
UZ Uzbek Uzbeks
VU Ni-Vanuatu
VE Venezuelan Venezuelans
VN Vietnamese
YE Yemeni Yemenis
ZM Zambian Zambians
ZW Zimbabwean Zimbabweans
"""


def _rows() -> list[tuple[str, list[str]]]:
    """Each line's country and demonyms; an underscore stands for the space in a demonym."""
    lines = (line.split() for line in _TABLE.strip().splitlines())
    return [(country, [word.replace("_", " ") for word in words]) for country, *words in lines]


COUNTRY_OF = {word: country for country, words in _rows() for word in words}
"""Demonym as written in English ("Chinese", "Sri Lankans") to the country's code."""

ADJECTIVE_OF = {word: words[0] for _, words in _rows() for word in words}
"""Demonym to the form that stands for all of its country's ("Danes" to "Danish")."""
