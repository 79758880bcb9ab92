"""Where newspapers are at home whose name or address does not say it: the big regional ones, by general knowledge."""

# GeoNames code of the region, town: hosts.
HOMES = """
US.AL Birmingham: al.com
US.AL Montgomery: montgomeryadvertiser.com
US.AL Tuscaloosa: tuscaloosanews.com
US.AK Anchorage: adn.com
US.AK Fairbanks: newsminer.com
US.AZ Phoenix: azcentral.com
US.AZ Tucson: tucson.com
US.AR Little Rock: arkansasonline.com
US.CA Los Angeles: latimes.com dailynews.com
US.CA San Francisco: sfgate.com sfchronicle.com
US.CA San Jose: mercurynews.com
US.CA Oakland: eastbaytimes.com insidebayarea.com
US.CA Sacramento: sacbee.com
US.CA Fresno: fresnobee.com
US.CA San Diego: sandiegouniontribune.com signonsandiego.com
US.CA Santa Ana: ocregister.com
US.CA Riverside: pe.com
US.CA Long Beach: presstelegram.com
US.CA Santa Rosa: pressdemocrat.com
US.CA Modesto: modbee.com
US.CA Ventura: vcstar.com
US.CO Denver: denverpost.com rockymountainnews.com
US.CO Colorado Springs: gazette.com
US.CO Boulder: dailycamera.com
US.CT Hartford: courant.com
US.CT New Haven: nhregister.com
US.CT Bridgeport: ctpost.com
US.CT New London: theday.com
US.DE Wilmington: delawareonline.com
US.DC Washington: washingtonpost.com washingtontimes.com washingtonexaminer.com
US.FL Miami: miamiherald.com
US.FL Tampa: tampabay.com tbo.com
US.FL Orlando: orlandosentinel.com
US.FL Jacksonville: jacksonville.com
US.FL Fort Lauderdale: sun-sentinel.com
US.FL West Palm Beach: palmbeachpost.com
US.FL Sarasota: heraldtribune.com
US.FL Tallahassee: tallahassee.com
US.FL Pensacola: pnj.com
US.FL Gainesville: gainesville.com
US.GA Atlanta: ajc.com
US.GA Savannah: savannahnow.com
US.GA Macon: macon.com
US.GA Athens: onlineathens.com
US.GA Columbus: ledger-enquirer.com
US.GA Augusta: augustachronicle.com
US.HI Honolulu: staradvertiser.com honoluluadvertiser.com
US.ID Boise: idahostatesman.com
US.IL Chicago: chicagotribune.com suntimes.com
US.IL Springfield: sj-r.com
US.IL Peoria: pjstar.com
US.IL Rockford: rrstar.com
US.IL Arlington Heights: dailyherald.com
US.IN Indianapolis: indystar.com
US.IN Fort Wayne: journalgazette.net
US.IN South Bend: southbendtribune.com
US.IN Evansville: courierpress.com
US.IA Des Moines: desmoinesregister.com
US.IA Cedar Rapids: thegazette.com
US.IA Davenport: qctimes.com
US.KS Wichita: kansas.com
US.KS Topeka: cjonline.com
US.KY Louisville: courier-journal.com
US.KY Lexington: kentucky.com
US.LA New Orleans: nola.com
US.LA Baton Rouge: theadvocate.com
US.LA Shreveport: shreveporttimes.com
US.ME Portland: pressherald.com
US.ME Bangor: bangordailynews.com
US.MD Baltimore: baltimoresun.com
US.MD Annapolis: capitalgazette.com
US.MA Boston: boston.com bostonglobe.com bostonherald.com
US.MA Worcester: telegram.com
US.MA Springfield: masslive.com
US.MA Quincy: patriotledger.com
US.MI Detroit: freep.com detroitnews.com
US.MI Lansing: lansingstatejournal.com
US.MN Minneapolis: startribune.com
US.MN Saint Paul: twincities.com
US.MN Duluth: duluthnewstribune.com
US.MS Jackson: clarionledger.com
US.MS Biloxi: sunherald.com
US.MO St. Louis: stltoday.com
US.MO Kansas City: kansascity.com
US.MO Springfield: news-leader.com
US.MT Billings: billingsgazette.com
US.MT Missoula: missoulian.com
US.NE Omaha: omaha.com
US.NE Lincoln: journalstar.com
US.NV Las Vegas: reviewjournal.com lasvegassun.com
US.NV Reno: rgj.com
US.NH Manchester: unionleader.com
US.NH Concord: concordmonitor.com
US.NJ Newark: nj.com
US.NJ Hackensack: northjersey.com
US.NJ Asbury Park: app.com
US.NJ Camden: courierpostonline.com
US.NJ Atlantic City: pressofatlanticcity.com
US.NM Albuquerque: abqjournal.com
US.NM Santa Fe: santafenewmexican.com
US.NY New York: nytimes.com nypost.com nydailynews.com
US.NY Buffalo: buffalonews.com
US.NY Albany: timesunion.com
US.NY Rochester: democratandchronicle.com
US.NY Syracuse: syracuse.com
US.NY White Plains: lohud.com
US.NY Melville: newsday.com
US.NC Charlotte: charlotteobserver.com
US.NC Raleigh: newsobserver.com
US.NC Greensboro: greensboro.com news-record.com
US.NC Winston-Salem: journalnow.com
US.NC Wilmington: starnewsonline.com
US.ND Fargo: inforum.com
US.ND Bismarck: bismarcktribune.com
US.ND Grand Forks: grandforksherald.com
US.OH Cleveland: cleveland.com
US.OH Columbus: dispatch.com
US.OH Cincinnati: cincinnati.com enquirer.com
US.OH Toledo: toledoblade.com
US.OH Akron: ohio.com
US.OH Dayton: daytondailynews.com
US.OH Youngstown: vindy.com
US.OK Oklahoma City: newsok.com oklahoman.com
US.OK Tulsa: tulsaworld.com
US.OR Portland: oregonlive.com
US.OR Eugene: registerguard.com
US.OR Salem: statesmanjournal.com
US.PA Philadelphia: inquirer.com philly.com
US.PA Pittsburgh: post-gazette.com triblive.com
US.PA Allentown: mcall.com
US.PA Harrisburg: pennlive.com
US.PA Lancaster: lancasteronline.com
US.PA Erie: goerie.com
US.PA York: ydr.com
US.RI Providence: providencejournal.com projo.com
US.SC Columbia: thestate.com
US.SC Charleston: postandcourier.com
US.SC Greenville: greenvilleonline.com
US.SC Myrtle Beach: thesunnews.com
US.SC Rock Hill: heraldonline.com
US.SD Sioux Falls: argusleader.com
US.SD Rapid City: rapidcityjournal.com
US.TN Nashville: tennessean.com
US.TN Memphis: commercialappeal.com
US.TN Knoxville: knoxnews.com
US.TN Chattanooga: timesfreepress.com
US.TX Dallas: dallasnews.com
US.TX Houston: chron.com houstonchronicle.com
US.TX Fort Worth: star-telegram.com
US.TX Austin: statesman.com
US.TX San Antonio: expressnews.com mysanantonio.com
US.TX El Paso: elpasotimes.com
US.TX Corpus Christi: caller.com
US.TX Lubbock: lubbockonline.com
US.TX Waco: wacotrib.com
US.UT Salt Lake City: sltrib.com deseret.com deseretnews.com
US.VT Burlington: burlingtonfreepress.com
US.VA Richmond: timesdispatch.com richmond.com
US.VA Norfolk: pilotonline.com
US.VA Newport News: dailypress.com
US.VA Roanoke: roanoke.com
US.WA Seattle: seattletimes.com seattlepi.com
US.WA Tacoma: thenewstribune.com
US.WA Spokane: spokesman.com
US.WV Charleston: wvgazette.com wvgazettemail.com
US.WI Milwaukee: jsonline.com
US.WI Madison: madison.com
US.WI Green Bay: greenbaypressgazette.com
US.WY Casper: trib.com
CA.08 Toronto: thestar.com theglobeandmail.com nationalpost.com torontosun.com
CA.08 Ottawa: ottawacitizen.com
CA.08 London: lfpress.com
CA.08 Hamilton: thespec.com
CA.08 Windsor: windsorstar.com
CA.08 Kitchener: therecord.com
CA.10 Montréal: montrealgazette.com ledevoir.com lapresse.ca
CA.02 Vancouver: vancouversun.com theprovince.com
CA.02 Victoria: timescolonist.com
CA.01 Edmonton: edmontonjournal.com
CA.01 Calgary: calgaryherald.com
CA.03 Winnipeg: winnipegfreepress.com
CA.11 Regina: leaderpost.com
CA.11 Saskatoon: thestarphoenix.com
CA.07 Halifax: thechronicleherald.ca
AU.02 Sydney: smh.com.au dailytelegraph.com.au
AU.07 Melbourne: theage.com.au heraldsun.com.au
AU.04 Brisbane: couriermail.com.au
AU.05 Adelaide: adelaidenow.com.au
AU.08 Perth: thewest.com.au perthnow.com.au
GB.ENG London: standard.co.uk
GB.ENG Manchester: manchestereveningnews.co.uk
GB.ENG Newcastle upon Tyne: chroniclelive.co.uk
GB.SCT Edinburgh: scotsman.com
GB.SCT Glasgow: heraldscotland.com dailyrecord.co.uk
GB.NIR Belfast: belfasttelegraph.co.uk irishnews.com
GB.WLS Cardiff: walesonline.co.uk
"""
