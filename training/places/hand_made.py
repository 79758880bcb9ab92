"""What no source gives: centres of big regions, parts of the world, abbreviations, nicknames, names to leave out.

Degrees are WGS 84. Centres are rough (a degree or so), which is what a country or a large region can mean.
"""

# ISO 3166-1 code, latitude, longitude.
COUNTRY_CENTRES = """
AD 42.5 1.5, AE 24 54, AF 33 65, AG 17.05 -61.8, AI 18.22 -63.06, AL 41 20, AM 40 45, AO -12.5 18.5, AQ -90 0,
AR -34 -64, AS -14.32 -170.74, AT 47.33 13.33, AU -25 135, AW 12.5 -69.97, AX 60.2 20, AZ 40.5 47.5, BA 44.25
17.83, BB 13.17 -59.53, BD 24 90, BE 50.83 4, BF 13 -2, BG 42.67 25.25, BH 26 50.5, BI -3.5 30, BJ 9.5 2.25,
BL 17.9 -62.83, BM 32.33 -64.75, BN 4.5 114.67, BO -17 -65, BQ 12.18 -68.24, BR -10 -55, BS 24 -76, BT 27.5
90.5, BV -54.42 3.42, BW -22 24, BY 53 28, BZ 17.25 -88.75, CA 60.11 -113.64, CC -12.17 96.83, CD -2.5 23.5,
CF 7 21, CG -1 15.5, CH 47 8, CI 8 -5.5, CK -19.99 -157.78, CL -30 -71, CM 6 12.5, CN 35 105, CO 4 -73.25, CR
10 -84, CU 22 -79.5, CV 16 -24, CW 12.17 -69, CX -10.5 105.67, CY 35 33, CZ 49.75 15, DE 51.5 10.5, DJ 11.83
42.5, DK 56 10, DM 15.5 -61.33, DO 19 -70.67, DZ 28 3, EC -1.25 -78.25, EE 59 26, EG 27 30, EH 24.5 -13, ER 15
39, ES 40 -4, ET 9 39.5, FI 64 26, FJ -18 178, FK -51.75 -59.17, FM 6.92 158.18, FO 62 -7, FR 46 2, GA -1
11.75, GB 54.76 -2.7, GD 12.12 -61.67, GE 42 43.5, GF 4 -53, GG 49.58 -2.33, GH 8.1 -1.2, GI 36.14 -5.35, GL
72 -40, GM 13.5 -15.5, GN 10.83 -10.67, GP 16.25 -61.58, GQ 1.7 10.5, GR 39 22, GS -54.5 -37, GT 15.5 -90.25,
GU 13.48 144.82, GW 12 -15, GY 5 -59, HK 22.28 114.17, HM -53.08 73.5, HN 15 -86.5, HR 45.17 15.5, HT 19
-72.42, HU 47 20, ID -5 120, IE 53 -8, IL 31.5 34.75, IM 54.25 -4.5, IN 22 79, IO -6 71.5, IQ 33 44, IR 32 53,
IS 65 -18, IT 42.83 12.83, JE 49.22 -2.12, JM 18.17 -77.32, JO 31 36, JP 35.69 139.75, KE 1 38, KG 41.5 75, KH
13 105, KI 1.42 173, KM -12.17 44.25, KN 17.33 -62.75, KP 40 127, KR 36.5 127.75, KW 29.5 47.75, KY 19.5
-80.67, KZ 48 68, LA 18 105, LB 33.83 35.83, LC 13.88 -60.97, LI 47.17 9.53, LK 7 81, LR 6.5 -9.5, LS -29.5
28.25, LT 56 24, LU 49.75 6.17, LV 57 25, LY 28 17, MA 32 -5, MC 43.73 7.42, MD 47.25 28.58, ME 42.5 19.3, MF
18.08 -63.05, MG -20 47, MH 8 167, MK 41.67 21.75, ML 18 -2, MM 21 96, MN 46 105, MO 22.17 113.55, MP 16.19
145.75, MQ 14.67 -61, MR 20 -12, MS 16.75 -62.2, MT 35.92 14.43, MU -20.3 57.58, MV 3.2 73, MW -13.5 34, MX 23
-102, MY 2.5 112.5, MZ -18.25 35, NA -22 17, NC -21.5 165.5, NE 18 9, NF -29.03 167.95, NG 10 8, NI 13 -85, NL
52.25 5.75, NO 62 10, NP 28 84, NR -0.52 166.93, NU -19.05 -169.86, NZ -42 174, OM 21 57, PA 9 -80, PE -10
-75.25, PF -15 -140, PG -6 147, PH 13 122, PK 30 70, PL 52 20, PM 46.83 -56.33, PN -24.36 -128.32, PR 18.25
-66.5, PS 31.92 35.2, PT 39.6 -8, PW 6 134, PY -22.99 -58, QA 25.5 51.25, RE -21.11 55.53, RO 46 25, RS 44.82
20.46, RU 60 100, RW -2 30, SA 25 45, SB -8 159, SC -4.58 55.67, SD 16 30, SE 62 15, SG 1.37 103.8, SH -15.95
-5.7, SI 46.08 15, SJ 78 20, SK 48.67 19.5, SL 8.5 -11.5, SM 43.94 12.46, SN 14.5 -14.25, SO 6 48, SR 4 -56,
SS 7.5 30, ST 1 7, SV 13.83 -88.92, SX 18.05 -63.07, SY 35 38, SZ -26.5 31.5, TC 21.73 -71.58, TD 15 19, TF
-49.25 69.17, TG 8.67 1.08, TH 15.5 101, TJ 39 71, TK -9.2 -171.85, TL -8.83 125.75, TM 40 60, TN 34 9, TO -20
-175, TR 39 35, TT 10.5 -61.31, TV -8 178, TW 24 121, TZ -6 35, UA 49 32, UG 1.25 32.5, UM 5.87 -162.1, US
39.76 -98.5, UY -33 -56, UZ 41.71 63.85, VA 41.9 12.45, VC 13.08 -61.2, VE 8 -66, VG 18.5 -64.5, VI 18.34
-64.84, VN 16.17 107.83, VU -16 167, WF -13.3 -176.2, WS -13.8 -172.18, XK 42.58 21, YE 15.5 47.5, YT -12.83
45.13, ZA -29 24, ZM -14.33 28.5, ZW -19 29
"""

# GeoNames code of the first level, latitude, longitude: where the middle of the towns is far from the middle.
REGION_CENTRES = """
US.AK 64 -150, US.AL 32.75 -86.75, US.AR 34.75 -92.5, US.AZ 34.5 -111.5, US.CA 37.25 -119.75, US.CO 39 -105.5,
US.FL 28.75 -82.5, US.GA 32.75 -83.5, US.HI 20.75 -156.5, US.ID 44.5 -114.25, US.KS 38.5 -98.5, US.LA 31 -92,
US.ME 45.5 -69.25, US.MI 44.25 -85.5, US.MN 46.25 -94.25, US.MT 47 -109.75, US.ND 47.5 -100.5, US.NE 41.5 -99.75,
US.NM 34.5 -106, US.NV 39.25 -116.75, US.NY 43 -75.5, US.OK 35.5 -97.5, US.OR 44 -120.5, US.SD 44.5 -100.25,
US.TX 31.25 -99.25, US.UT 39.25 -111.75, US.VA 37.55 -77.45, US.WA 47.5 -120.5, US.WY 43 -107.5,
CA.01 52.28 -117.47, CA.02 54 -125, CA.03 55 -97, CA.05 52 -56, CA.08 49.25 -84.5, CA.10 52 -72, CA.11 54 -106,
CA.12 63 -135, CA.13 65 -118, CA.14 70 -90,
AU.02 -33 146, AU.03 -20 134, AU.04 -20 145, AU.05 -30 135, AU.08 -25 122,
RU.63 65 130, RU.39 61 99, RU.78 57.5 70, RU.30 52 136, RU.15 66 171, RU.05 62 160, RU.87 67 75, RU.32 62 72,
CN.13 41 85, CN.14 31 88, CN.06 36 96, CN.20 43 113, CN.32 30.5 103, CN.15 38 102,
BR.04 -4 -64, BR.16 -4 -53, BR.14 -13 -56,
JP.40 35.69 139.69
"""

# GeoNames id, kind, latitude, longitude, country or -, names: what neither source has. The ids are those of the places
# in the evaluation data and of GeoNames' own continents; what has no id that we are sure of is left out.
PARTS_OF_THE_WORLD = """
6695072 region 50.8386 4.3760 - European Union|EU|E.U.
6269133 region 33.1391 35.8587 - Middle East|Mideast|Near East
6942346 region 12.3829 103.0078 - Southeast Asia|South East Asia|South-East Asia
2614165 region 63 12 - Scandinavia
7729884 region 51.7270 28.3887 - Eastern Europe
9408658 region 41.3438 -3.3398 - Southern Europe
10941926 region 75.5849 -43.9453 - Arctic
323835 region 39 35 TR Anatolia|Asia Minor
611834 region 42.3333 44 GE South Ossetia
573081 feature 42.5 45 - Caucasus|Caucasus Mountains
235615 feature 19 39.5 - Red Sea
4030875 feature 30 -170 - North Pacific|North Pacific Ocean
4030483 feature -45 -130 - South Pacific|South Pacific Ocean
11071615 region 34.6874 -116.7847 US Southern California
"""

# GeoNames code of the first level: what English news writes for it behind a town. Postal codes of the United States
# are the codes themselves.
ABBREVIATIONS = """
US.AL: Ala
US.AK: Alas
US.AZ: Ariz
US.AR: Ark
US.CA: Calif|Cal
US.CO: Colo
US.CT: Conn
US.DE: Del
US.DC: D.C.
US.FL: Fla
US.GA: Ga
US.ID: Ida
US.IL: Ill
US.IN: Ind
US.KS: Kan|Kans
US.KY: Ky
US.LA: La
US.ME: Me
US.MD: Md
US.MA: Mass
US.MI: Mich
US.MN: Minn
US.MS: Miss
US.MO: Mo
US.MT: Mont
US.NE: Neb|Nebr
US.NV: Nev
US.NH: N.H.
US.NJ: N.J.
US.NM: N.M.|N. Mex
US.NY: N.Y.
US.NC: N.C.
US.ND: N.D.|N. Dak
US.OH: O.
US.OK: Okla
US.OR: Ore|Oreg
US.PA: Pa|Penn|Penna
US.RI: R.I.
US.SC: S.C.
US.SD: S.D.|S. Dak
US.TN: Tenn
US.TX: Tex
US.VT: Vt
US.VA: Va
US.WA: Wash
US.WV: W.Va.|W. Va.
US.WI: Wis|Wisc
US.WY: Wyo
CA.01: Alta|AB
CA.02: B.C.
CA.03: Man|MB
CA.04: N.B.
CA.05: N.L.|Nfld
CA.07: N.S.
CA.08: Ont|ON
CA.09: P.E.I.|PEI|PE
CA.10: Que|QC|PQ
CA.11: Sask|SK
CA.12: YT
CA.13: NWT|N.W.T.
CA.14: NU
AU.02: NSW|N.S.W.
AU.03: NT
AU.04: Qld
AU.05: SA
AU.06: Tas
AU.07: Vic
AU.08: WA
"""

# GeoNames id: names to add, as good as the main name.
NAMES = """
6252001: US|U.S.|USA|U.S.A.|United States of America|America
2635167: UK|U.K.|Britain|Great Britain
2017370: Russian Federation
1814991: PRC|People's Republic of China|mainland China
1668284: Republic of China
1873107: DPRK|N. Korea
1835841: Republic of Korea|Korea|S. Korea
203312: Democratic Republic of Congo|Democratic Republic of the Congo|Congo|DR Congo|DRC|Congo-Kinshasa
2260494: Republic of Congo|Republic of the Congo|Congo|Congo-Brazzaville
2287781: Ivory Coast|Côte d'Ivoire
3077311: Czech Republic
2750405: Netherlands|Holland
1327865: Myanmar|Burma
290557: UAE|U.A.E.|Emirates
6254930: Palestine|Palestinian territories|State of Palestine
298795: Türkiye|Turkiye
934841: Swaziland
718075: Macedonia
3374766: Cape Verde
1966436: East Timor|Timor Leste
3164670: Vatican|Holy See
102358: KSA|Kingdom of Saudi Arabia
130758: Islamic Republic of Iran
3277605: Bosnia|Bosnia-Herzegovina
2963597: Republic of Ireland
5128581: New York|NYC|New York City
5368361: L.A.|LA
4140963: Washington, D.C.|Washington DC|DC|D.C.
1816670: Peking
703448: Kiev
1275339: Bombay
1275004: Calcutta
1264527: Madras
1277333: Bangalore
1298824: Rangoon
1566083: Saigon
"""

# ISO 3166-1 code and the name that GeoNames has first: what English calls the biggest city of that name. All main.
ENGLISH_NAMES = """
AT Vienna: Wien
BE Antwerpen: Antwerp
BE Gent: Ghent
BE Brugge: Bruges
CH Luzern: Lucerne
CH Basel: Basle
CZ Pilsen: Plzeň
DE Köln: Cologne
DE Hannover: Hanover
DE Nürnberg: Nuremberg
DE Braunschweig: Brunswick
ES Sevilla: Seville
ES Zaragoza: Saragossa
ES Córdoba: Cordova
ES A Coruña: Corunna
FR Lyon: Lyons
FR Marseille: Marseilles
FR Reims: Rheims
GR Thessaloníki: Salonica
IT Turin: Torino
PL Kraków: Cracow
SE Göteborg: Gothenburg
UA Odesa: Odessa
UA Kharkiv: Kharkov
UA Lviv: Lvov
UA Dnipro: Dnepropetrovsk
UA Zaporizhzhya: Zaporizhzhia|Zaporozhye
UA Mykolayiv: Mykolaiv|Nikolaev
SA Mecca: Makkah
MM Yangon: Rangoon
VN Ho Chi Minh City: Saigon
CN Guangzhou: Canton
CN Chongqing: Chungking
KZ Almaty: Alma-Ata
IN Varanasi: Benares
IN Mumbai: Bombay
TR İzmir: Smyrna
PT Porto: Oporto
"""

# GeoNames id: names to add, no better than an alias.
NICKNAMES = """
5128581: Big Apple
5391959: Frisco
4887398: Windy City
4560349: Philly
5506956: Vegas|Sin City
4335045: Big Easy
745044: Constantinople
130758: Persia
3530597: CDMX
6255148: European|Europeans
6255147: Asian|Asians
6255146: African|Africans
6942346: Southeast Asian
2614165: Scandinavian|Scandinavians
611834: South Ossetian|South Ossetians
"""

# GeoNames code of the first level: names to add, all main.
REGION_NAMES = """
US.DC: District of Columbia
US.NY: New York State
US.WA: Washington State
CN.13: Xinjiang|Xinjiang Uighur Autonomous Region|Xinjiang Uyghur Autonomous Region
CN.14: Tibet|Xizang|Tibet Autonomous Region
CN.20: Inner Mongolia|Nei Mongol
CN.16: Guangxi
CN.21: Ningxia
RU.47: Moscow Oblast|Moscow region|Moscow Region
RU.42: Leningrad Oblast|Leningrad region|Leningrad Region
RU.12: Chechnya|Chechen Republic
RU.17: Dagestan
RU.19: Ingushetia
RU.68: North Ossetia
RU.22: Kabardino-Balkaria
RU.27: Karachay-Cherkessia
RU.73: Tatarstan
RU.08: Bashkortostan|Bashkiria
RU.16: Chuvashia
RU.80: Udmurtia
RU.28: Karelia
RU.24: Kalmykia
RU.63: Yakutia|Sakha
RU.11: Buryatia
RU.79: Tuva|Tyva
RU.31: Khakassia
RU.15: Chukotka
RU.92: Kamchatka
RU.64: Sakhalin
RU.59: Primorye|Primorsky Krai
RU.30: Khabarovsk Krai|Khabarovsk region
RU.91: Krasnoyarsk Krai|Krasnoyarsk region
RU.38: Krasnodar Krai|Krasnodar region
RU.70: Stavropol Krai
RU.09: Belgorod Oblast|Belgorod region
RU.10: Bryansk Oblast|Bryansk region
RU.41: Kursk Oblast|Kursk region
RU.86: Voronezh Oblast|Voronezh region
RU.61: Rostov Oblast|Rostov region
RU.23: Kaliningrad Oblast|Kaliningrad region
UA.11: Crimea
UA.05: Donetsk Oblast|Donetsk region
UA.14: Luhansk Oblast|Luhansk region
DE.02: Bavaria
DE.13: Saxony
DE.07: North Rhine-Westphalia|NRW
DE.05: Hesse
DE.15: Thuringia
DE.06: Lower Saxony
DE.14: Saxony-Anhalt
DE.08: Rhineland-Palatinate
IN.12: Jammu and Kashmir|Kashmir
IN.21: Odisha|Orissa
IN.22: Puducherry|Pondicherry
AU.02: New South Wales|NSW
CA.05: Newfoundland
"""

# GeoNames code of the first level: what its people are called; aliases.
REGION_DEMONYMS = """
US.AL: Alabaman|Alabamian
US.AK: Alaskan
US.AZ: Arizonan
US.AR: Arkansan
US.CA: Californian
US.CO: Coloradan
US.DE: Delawarean
US.FL: Floridian
US.GA: Georgian
US.HI: Hawaiian
US.ID: Idahoan
US.IL: Illinoisan
US.IN: Hoosier
US.IA: Iowan
US.KS: Kansan
US.KY: Kentuckian
US.LA: Louisianan
US.MD: Marylander
US.MI: Michigander
US.MN: Minnesotan
US.MS: Mississippian
US.MO: Missourian
US.MT: Montanan
US.NE: Nebraskan
US.NV: Nevadan
US.NM: New Mexican
US.NY: New Yorker
US.NC: North Carolinian
US.ND: North Dakotan
US.OH: Ohioan
US.OK: Oklahoman
US.OR: Oregonian
US.PA: Pennsylvanian
US.RI: Rhode Islander
US.SC: South Carolinian
US.SD: South Dakotan
US.TN: Tennessean
US.TX: Texan
US.UT: Utahn
US.VT: Vermonter
US.VA: Virginian
US.WA: Washingtonian
US.WV: West Virginian
US.WI: Wisconsinite
CA.01: Albertan
CA.08: Ontarian
CA.10: Quebecer|Québécois
GB.ENG: English
GB.SCT: Scottish|Scot
GB.WLS: Welsh
ES.51: Andalusian
ES.56: Catalan
DE.02: Bavarian
AU.04: Queenslander
AU.07: Victorian
AU.06: Tasmanian
RU.12: Chechen
"""

# Names that mean something else in running English far more often than the place: never looked up.
NOT_NAMES = """
of the central north south east west northern southern eastern western centre center county city district
province state earth moon mars sun atlantic broadway internet union university park street road avenue square
house church hospital school airport station bridge river lake
"""
