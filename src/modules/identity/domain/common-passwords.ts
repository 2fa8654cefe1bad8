/**
 * Passwords of ten characters and more that stand at the top of every list of leaked ones, in lower
 * case. Short ones need no entry: the minimum length refuses them already.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `1234567890 12345678910 123456789a 1234567891 0123456789 0987654321 9876543210 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
  q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop qwertzuiop qwertyuiop123 qwerty1234 qwerty12345 qwerty123456 qwertz1234 qwertz12345
  qwertz123456 asdfghjkl1 asdfghjkl123 asdfasdfasdf zxcvbnm123 yxcvbnm123 1qazxsw23edc qazwsxedc1 qazwsxedcrfv
  password12 password123 password1234 password12345 password123456 password01 passw0rd12 passw0rd123 p@ssw0rd12 p@ssw0rd123
  p@ssword123 password!1 password2023 password2024 password2025 password2026 passwort12 passwort123 passwort1234
  passwort12345 passwort01 passwort2023 passwort2024 passwort2025 passwort2026 passwort!1 meinpasswort meinpasswort1
  neuespasswort geheim1234 geheim12345 geheim123456 geheimnis1 geheimnis123 hallo12345 hallo123456 hallohallo hallowelt1
  hallowelt123 schatz1234 schatz12345 schatzi123 ichliebedich iloveyou12 iloveyou123 iloveyou1234 iloveyou2 ilovehamburg
  hamburg123 hamburg1234 hamburg12345 hamburg2024 hamburg2025 hamburg2026 hamburg040 hamburg1887 hsvhamburg1 hamburgersv
  fcstpauli1910 stpauli1910 stpauli1234 deutschland deutschland1 deutschland123 fussball12 fussball123 fussball1234
  borussia09 borussia1909 bayern1234 bayernmuenchen bayernmünchen schalke04 schalke0404 werderbremen dortmund09 dortmund1909
  sommer2023 sommer2024 sommer2025 sommer2026 winter2023 winter2024 winter2025 winter2026 fruehling2025 fruehling2026
  frühling2025 frühling2026 herbst2024 herbst2025 herbst2026 summer2024 summer2025 summer2026 spring2025 spring2026
  willkommen willkommen1 willkommen123 welcome123 welcome1234 welcome12345 letmein123 letmein1234 changeme12 changeme123
  changeme1234 default123 default1234 administrator administrator1 admin12345 admin123456 admin1234567 adminadmin admin@1234
  root123456 rootroot12 test123456 test1234567 testtest12 testtest123 testpasswort testpassword demo123456 user123456
  benutzer123 computer12 computer123 internet12 internet123 samsung123 football12 football123 baseball12 baseball123
  basketball basketball1 superman12 superman123 batman1234 spiderman1 spiderman123 starwars12 starwars123 pokemon123
  minecraft1 minecraft123 dragon1234 monkey1234 sunshine12 sunshine123 princess12 princess123 prinzessin prinzessin1
  michael123 alexander1 alexander123 sebastian1 sebastian123 christian1 christian123 stefanie123 jennifer12 jennifer123
  charlotte1 charlotte123 elisabeth1 elisabeth123 katharina1 katharina123 maximilian maximilian1 benjamin12 benjamin123
  abcdefghij abcdefghijk abcd123456 abcde12345 abc1234567 abc123456789 a123456789 aa12345678 a1b2c3d4e5 a1b2c3d4e5f6
  asd1234567 qwe1234567 1234qwerasdf 1234567qwe 123123123123 1231231231 112233445566 1122334455 123321123321 1234512345
  11223344556 121212121212 1212121212 102030405060 1020304050 147258369a 1472583690 159753159753 789456123a 7894561230
  7777777777 1111111111 11111111111 2222222222 0000000000 00000000000 5555555555 6666666666 8888888888 9999999999
  aaaaaaaaaa xxxxxxxxxx qqqqqqqqqq corvette12 mustang1234 mercedes12 mercedes123 porsche911 porsche1234 volkswagen
  volkswagen1 schmetterling schmetterling1 sonnenschein sonnenschein1 blumenwiese gummibaerchen gummibärchen erdbeere12
  schokolade schokolade1 schokolade123 kartoffel1 kartoffel123 bundesrepublik servicekonto servicekonto1 servicekonto123
  personalausweis onlineausweis postfach123 kontor1234 kontor12345 correcthorsebatterystaple trustno1trustno1 qwerty@123
  abcd@1234567 pass@12345 pass@123456 india12345 google1234 facebook12 facebook123 linkedin12 linkedin123 whatsapp12
  whatsapp123 killer1234 whatever12 whatever123 secret1234 secret12345 secret123456 mypassword mypassword1 mypassword123
  newpassword newpassword1 nopassword ninja12345 master1234 master12345 shadow1234 jordan2323 liverpool1 liverpool123
  manchester manchester1 chelsea123 arsenal123 barcelona1 barcelona123 realmadrid realmadrid1 juventus12`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
