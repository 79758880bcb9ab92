"""What acronyms stand for: a reader knows NATO without being told, and texts rarely tell.

Only acronyms with one dominant meaning in English news are listed. Acronyms of places are at the end.
"""

from stream.entities.names import fold
from stream.events import EntityType

_ORGANIZATIONS = """
AARP American Association of Retired Persons
ABA American Bar Association
ACLU American Civil Liberties Union
ADB Asian Development Bank
ADL Anti-Defamation League
AEC Australian Electoral Commission
AfD Alternative for Germany
AFC Asian Football Confederation
AFL-CIO American Federation of Labor and Congress of Industrial Organizations
AfDB African Development Bank
AFP Agence France-Presse
AICPA American Institute of Certified Public Accountants
AIG American International Group
AIIMS All India Institute of Medical Sciences
AIPAC American Israel Public Affairs Committee
AMA American Medical Association
AMD Advanced Micro Devices
ANC African National Congress
ANU Australian National University
AP Associated Press
APEC Asia-Pacific Economic Cooperation
ASEAN Association of Southeast Asian Nations
ASIO Australian Security Intelligence Organisation
ASX Australian Securities Exchange
ATF Bureau of Alcohol, Tobacco, Firearms and Explosives
ATP Association of Tennis Professionals
AWS Amazon Web Services
BAFTA British Academy of Film and Television Arts
BBC British Broadcasting Corporation
BBVA Banco Bilbao Vizcaya Argentaria
BCCI Board of Control for Cricket in India
BEA Bureau of Economic Analysis
BIS Bank for International Settlements
BJP Bharatiya Janata Party
BKA Federal Criminal Police Office
BLM Bureau of Land Management
BLS Bureau of Labor Statistics
BMA British Medical Association
BMW Bayerische Motoren Werke
BND Federal Intelligence Service
BOE Bank of England
BOJ Bank of Japan
BP British Petroleum
BSF Border Security Force
BSP Bahujan Samaj Party
BT British Telecom
CAF Confederation of African Football
CAIR Council on American-Islamic Relations
CAQ Coalition Avenir Québec
CARICOM Caribbean Community
CAS Court of Arbitration for Sport
CBC Canadian Broadcasting Corporation
CBI Central Bureau of Investigation
CBO Congressional Budget Office
CBP Customs and Border Protection
CBS Columbia Broadcasting System
CCP Chinese Communist Party
CDC Centers for Disease Control and Prevention
CDU Christian Democratic Union
CENTCOM United States Central Command
CERN European Organization for Nuclear Research
CFPB Consumer Financial Protection Bureau
CFTC Commodity Futures Trading Commission
CIA Central Intelligence Agency
CISA Cybersecurity and Infrastructure Security Agency
CITES Convention on International Trade in Endangered Species
CMA Competition and Markets Authority
CMS Centers for Medicare and Medicaid Services
CNBC Consumer News and Business Channel
CNN Cable News Network
CNRS French National Centre for Scientific Research
COMESA Common Market for Eastern and Southern Africa
CONCACAF Confederation of North, Central America and Caribbean Association Football
CONMEBOL South American Football Confederation
CPJ Committee to Protect Journalists
CPS Crown Prosecution Service
CRA Canada Revenue Agency
CRPF Central Reserve Police Force
CSIRO Commonwealth Scientific and Industrial Research Organisation
CSIS Center for Strategic and International Studies
CSU Christian Social Union
CTV Canadian Television Network
DARPA Defense Advanced Research Projects Agency
DCMS Department for Culture, Media and Sport
DEA Drug Enforcement Administration
DEFRA Department for Environment, Food and Rural Affairs
DFB German Football Association
DHL Dalsey, Hillblom and Lynn
DHS Department of Homeland Security
DMK Dravida Munnetra Kazhagam
DNC Democratic National Committee
DOD Department of Defense
DOE Department of Energy
DOJ Department of Justice
DOT Department of Transportation
DPA Deutsche Presse-Agentur
DPP Democratic Progressive Party
DRDO Defence Research and Development Organisation
DUP Democratic Unionist Party
DVLA Driver and Vehicle Licensing Agency
DWP Department for Work and Pensions
EASA European Union Aviation Safety Agency
EBRD European Bank for Reconstruction and Development
ECB European Central Bank
ECHR European Court of Human Rights
ECJ European Court of Justice
ECOWAS Economic Community of West African States
EEOC Equal Employment Opportunity Commission
EFF Electronic Frontier Foundation
EFTA European Free Trade Association
EIA Energy Information Administration
EIB European Investment Bank
ELN National Liberation Army
EMA European Medicines Agency
EPA Environmental Protection Agency
ESA European Space Agency
ESPN Entertainment and Sports Programming Network
EU European Union
EUROPOL European Union Agency for Law Enforcement Cooperation
FAA Federal Aviation Administration
FAO Food and Agriculture Organization
FARC Revolutionary Armed Forces of Colombia
FBI Federal Bureau of Investigation
FCA Financial Conduct Authority
FCC Federal Communications Commission
FDA Food and Drug Administration
FDIC Federal Deposit Insurance Corporation
FDP Free Democratic Party
FEC Federal Election Commission
FEMA Federal Emergency Management Agency
FERC Federal Energy Regulatory Commission
FIA Fédération Internationale de l'Automobile
FIDE International Chess Federation
FIFA Fédération Internationale de Football Association
FINRA Financial Industry Regulatory Authority
FOMC Federal Open Market Committee
FPO Freedom Party of Austria
FSB Federal Security Service
FTC Federal Trade Commission
G20 Group of Twenty
G7 Group of Seven
GAO Government Accountability Office
GCC Gulf Cooperation Council
GCHQ Government Communications Headquarters
GE General Electric
GM General Motors
GOP Republican Party
GRU Main Intelligence Directorate
GSA General Services Administration
GSK GlaxoSmithKline
HBO Home Box Office
HHS Department of Health and Human Services
HKMA Hong Kong Monetary Authority
HMRC HM Revenue and Customs
HP Hewlett-Packard
HRW Human Rights Watch
HSBC Hongkong and Shanghai Banking Corporation
HTS Hayat Tahrir al-Sham
HUD Department of Housing and Urban Development
IAEA International Atomic Energy Agency
IATA International Air Transport Association
IBM International Business Machines
ICAO International Civil Aviation Organization
ICE Immigration and Customs Enforcement
ICJ International Court of Justice
ICRC International Committee of the Red Cross
IDF Israel Defense Forces
IEA International Energy Agency
IEEE Institute of Electrical and Electronics Engineers
IFC International Finance Corporation
IFRC International Federation of Red Cross and Red Crescent Societies
IIHF International Ice Hockey Federation
IIT Indian Institute of Technology
ILO International Labour Organization
IMF International Monetary Fund
IMO International Maritime Organization
INTERPOL International Criminal Police Organization
IOC International Olympic Committee
IOM International Organization for Migration
IPCC Intergovernmental Panel on Climate Change
IPL Indian Premier League
IRA Irish Republican Army
IRC International Rescue Committee
IRCC Immigration, Refugees and Citizenship Canada
IRGC Islamic Revolutionary Guard Corps
IRS Internal Revenue Service
ISI Inter-Services Intelligence
ISIL Islamic State
ISIS Islamic State
ISO International Organization for Standardization
ISRO Indian Space Research Organisation
ITF International Tennis Federation
ITU International Telecommunication Union
ITV Independent Television
IUCN International Union for Conservation of Nature
JAXA Japan Aerospace Exploration Agency
JPL Jet Propulsion Laboratory
JNU Jawaharlal Nehru University
KCNA Korean Central News Agency
KDP Kurdistan Democratic Party
KFC Kentucky Fried Chicken
KGB Committee for State Security
KKR Kohlberg Kravis Roberts
KLM Royal Dutch Airlines
KMT Kuomintang
KPMG Klynveld Peat Marwick Goerdeler
KRG Kurdistan Regional Government
LAPD Los Angeles Police Department
LDP Liberal Democratic Party
LPGA Ladies Professional Golf Association
LSE London School of Economics
LTTE Liberation Tigers of Tamil Eelam
LVMH Moët Hennessy Louis Vuitton
MCC Marylebone Cricket Club
MDC Movement for Democratic Change
MGM Metro-Goldwyn-Mayer
MI5 Security Service
MI6 Secret Intelligence Service
MIT Massachusetts Institute of Technology
MLB Major League Baseball
MLS Major League Soccer
MoD Ministry of Defence
MSF Médecins Sans Frontières
MSNBC Microsoft National Broadcasting Company
MTA Metropolitan Transportation Authority
MUFG Mitsubishi UFJ Financial Group
NAACP National Association for the Advancement of Colored People
NAB National Australia Bank
NABU National Anti-Corruption Bureau
NASA National Aeronautics and Space Administration
NASCAR National Association for Stock Car Auto Racing
NATO North Atlantic Treaty Organization
NBA National Basketball Association
NBC National Broadcasting Company
NCAA National Collegiate Athletic Association
NCB Narcotics Control Bureau
NCP Nationalist Congress Party
NDP New Democratic Party
NEA National Endowment for the Arts
NFL National Football League
NGA National Geospatial-Intelligence Agency
NHL National Hockey League
NHS National Health Service
NHTSA National Highway Traffic Safety Administration
NIA National Investigation Agency
NIH National Institutes of Health
NIST National Institute of Standards and Technology
NLD National League for Democracy
NLRB National Labor Relations Board
NOAA National Oceanic and Atmospheric Administration
NPC National People's Congress
NPR National Public Radio
NRA National Rifle Association
NRC Nuclear Regulatory Commission
NRL National Rugby League
NSA National Security Agency
NSC National Security Council
NSF National Science Foundation
NSPCC National Society for the Prevention of Cruelty to Children
NTSB National Transportation Safety Board
NUS National University of Singapore
NWS National Weather Service
NYPD New York City Police Department
NYSE New York Stock Exchange
NYT New York Times
NYU New York University
OAS Organization of American States
OBR Office for Budget Responsibility
OECD Organisation for Economic Co-operation and Development
OFAC Office of Foreign Assets Control
Ofcom Office of Communications
Ofgem Office of Gas and Electricity Markets
Ofsted Office for Standards in Education
OIC Organisation of Islamic Cooperation
OMB Office of Management and Budget
ONS Office for National Statistics
OPCW Organisation for the Prohibition of Chemical Weapons
OPEC Organization of the Petroleum Exporting Countries
OPP Ontario Provincial Police
OSCE Organization for Security and Co-operation in Europe
OSHA Occupational Safety and Health Administration
OVP Austrian People's Party
PAHO Pan American Health Organization
PBOC People's Bank of China
PBS Public Broadcasting Service
PETA People for the Ethical Treatment of Animals
PGA Professional Golfers' Association
PiS Law and Justice
PKK Kurdistan Workers' Party
PLA People's Liberation Army
PLO Palestine Liberation Organization
PML-N Pakistan Muslim League (Nawaz)
PSG Paris Saint-Germain
PSNI Police Service of Northern Ireland
PVV Party for Freedom
PwC PricewaterhouseCoopers
RAF Royal Air Force
RBA Reserve Bank of Australia
RBC Royal Bank of Canada
RBI Reserve Bank of India
RBS Royal Bank of Scotland
RCMP Royal Canadian Mounted Police
RHS Royal Horticultural Society
RIAA Recording Industry Association of America
RJD Rashtriya Janata Dal
RNC Republican National Committee
RNLI Royal National Lifeboat Institution
RSPB Royal Society for the Protection of Birds
RSPCA Royal Society for the Prevention of Cruelty to Animals
RSS Rashtriya Swayamsevak Sangh
RTE Raidió Teilifís Éireann
SAARC South Asian Association for Regional Cooperation
SADC Southern African Development Community
SAG-AFTRA Screen Actors Guild-American Federation of Television and Radio Artists
SAMHSA Substance Abuse and Mental Health Services Administration
SAPS South African Police Service
SARS South African Revenue Service
SBA Small Business Administration
SBI State Bank of India
SBU Security Service of Ukraine
SCO Shanghai Cooperation Organisation
SDF Syrian Democratic Forces
SEBI Securities and Exchange Board of India
SEC Securities and Exchange Commission
SEIU Service Employees International Union
SFO Serious Fraud Office
SIPRI Stockholm International Peace Research Institute
SNP Scottish National Party
SPD Social Democratic Party of Germany
SPLC Southern Poverty Law Center
SSA Social Security Administration
SVP Swiss People's Party
SWAPO South West Africa People's Organisation
TCS Tata Consultancy Services
TDP Telugu Desam Party
TfL Transport for London
TMC Trinamool Congress
TSA Transportation Security Administration
TSMC Taiwan Semiconductor Manufacturing Company
TTP Tehrik-i-Taliban Pakistan
TUC Trades Union Congress
TVA Tennessee Valley Authority
UAW United Auto Workers
UBC University of British Columbia
UBS Union Bank of Switzerland
UCI Union Cycliste Internationale
UCL University College London
UCLA University of California, Los Angeles
UEFA Union of European Football Associations
UFC Ultimate Fighting Championship
UKIP UK Independence Party
UN United Nations
UNAIDS Joint United Nations Programme on HIV/AIDS
UNCTAD United Nations Conference on Trade and Development
UNDP United Nations Development Programme
UNEP United Nations Environment Programme
UNESCO United Nations Educational, Scientific and Cultural Organization
UNFPA United Nations Population Fund
UNHCR United Nations High Commissioner for Refugees
UNICEF United Nations Children's Fund
UNIFIL United Nations Interim Force in Lebanon
UNODC United Nations Office on Drugs and Crime
UNRWA United Nations Relief and Works Agency
UPI United Press International
UPS United Parcel Service
USAID United States Agency for International Development
USCIS United States Citizenship and Immigration Services
USDA United States Department of Agriculture
USGS United States Geological Survey
USMNT United States men's national soccer team
USPS United States Postal Service
USTR Office of the United States Trade Representative
VOA Voice of America
VVD People's Party for Freedom and Democracy
VW Volkswagen
WADA World Anti-Doping Agency
WBA World Boxing Association
WBC World Boxing Council
WEF World Economic Forum
WFP World Food Programme
WHO World Health Organization
WIPO World Intellectual Property Organization
WMO World Meteorological Organization
WNBA Women's National Basketball Association
WSJ Wall Street Journal
WTA Women's Tennis Association
WTO World Trade Organization
WWE World Wrestling Entertainment
WWF World Wide Fund for Nature
YMCA Young Men's Christian Association
YPG People's Defense Units
ZANU-PF Zimbabwe African National Union-Patriotic Front
"""

_SHORT_ORGANIZATIONS = {
    "Fed": "Federal Reserve",
    "US Federal Reserve": "Federal Reserve",
    "Federal Reserve Board": "Federal Reserve",
    "Goldman": "Goldman Sachs",
    "JPMorgan": "JPMorgan Chase",
    "JP Morgan": "JPMorgan Chase",
    "Labour": "Labour Party",
    "Tories": "Conservative Party",
    "SCOTUS": "Supreme Court",
    "Supreme Court of the United States": "Supreme Court",
    "US Supreme Court": "Supreme Court",
    "Doctors Without Borders": "Médecins Sans Frontières",
    "Islamic State group": "Islamic State",
    "Daesh": "Islamic State",
    "Pentagon": "Department of Defense",
    "US Department of Defense": "Department of Defense",
    "Defense Department": "Department of Defense",
    "Justice Department": "Department of Justice",
    "US Department of Justice": "Department of Justice",
    "State Department": "Department of State",
    "US State Department": "Department of State",
    "Treasury Department": "Department of the Treasury",
    "US Treasury": "Department of the Treasury",
    "US Senate": "Senate",
    "US Congress": "Congress",
    "Scotland Yard": "Metropolitan Police",
    "Met Police": "Metropolitan Police",
    "US Environmental Protection Agency": "Environmental Protection Agency",
    "US Food and Drug Administration": "Food and Drug Administration",
    "Centers for Disease Control": "Centers for Disease Control and Prevention",
    "FB": "Facebook",
    "Volkswagen Group": "Volkswagen",
    "NY Times": "New York Times",
    "WaPo": "Washington Post",
    "FT": "Financial Times",
}

_PLACES = {
    "US": "United States",
    "USA": "United States",
    "United States of America": "United States",
    "America": "United States",
    "UK": "United Kingdom",
    "Britain": "United Kingdom",
    "Great Britain": "United Kingdom",
    "UAE": "United Arab Emirates",
    "DRC": "Democratic Republic of the Congo",
    "DR Congo": "Democratic Republic of the Congo",
    "PRC": "China",
    "People's Republic of China": "China",
    "Mainland China": "China",
    "USSR": "Soviet Union",
    "GDR": "East Germany",
    "DC": "Washington, D.C.",
    "Washington DC": "Washington, D.C.",
    "LA": "Los Angeles",
    "NYC": "New York City",
    "KSA": "Saudi Arabia",
    "ROK": "South Korea",
    "DPRK": "North Korea",
    "NSW": "New South Wales",
    "PNG": "Papua New Guinea",
    "Holland": "Netherlands",
    "Burma": "Myanmar",
    "Türkiye": "Turkey",
    "Czechia": "Czech Republic",
    "Kiev": "Kyiv",
    "Bombay": "Mumbai",
    "Calcutta": "Kolkata",
    "Madras": "Chennai",
    "Peking": "Beijing",
    "Saigon": "Ho Chi Minh City",
    "Cabo Verde": "Cape Verde",
    "Swaziland": "Eswatini",
    "Ivory Coast": "Côte d'Ivoire",
    "East Timor": "Timor-Leste",
    "Vatican": "Vatican City",
}


ACRONYMS = dict(line.split(" ", 1) for line in _ORGANIZATIONS.strip().splitlines())

_EXPANSIONS = {
    EntityType.ORGANIZATION: {fold(short): fold(full) for short, full in {**ACRONYMS, **_SHORT_ORGANIZATIONS}.items()},
    EntityType.PLACE: {fold(short): fold(full) for short, full in _PLACES.items()},
}


def expanded(entity_type: EntityType, folded: str) -> str:
    """The folded full name that a folded name stands for; the name itself where it stands for no other."""
    return _EXPANSIONS.get(entity_type, {}).get(folded, folded)


def type_of_acronym(folded: str, surface: str) -> EntityType | None:
    """The type of a name in capitals that the tables know (NATO, U.K.)."""
    if not surface.isupper():
        return None
    return next((entity_type for entity_type, table in _EXPANSIONS.items() if folded in table), None)
