import type { SpecialCategory } from './special-terms.ts';

/** A sentence as it stands in letters of the administration, and whether it tells something special of a person. */
export interface LabelledSentence {
  readonly text: string;
  readonly category: SpecialCategory | undefined;
}

/** `kind: sentence`, one a line; `-` stands for nothing special. */
const read = (lines: string): LabelledSentence[] =>
  lines
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [kind, ...text] = line.split(': ');
      return { text: text.join(': '), category: kind === '-' ? undefined : (kind as SpecialCategory) };
    });

/** The half on which the rules were written. */
export const SPECIAL_TUNED = read(`
health: Ich leide seit zwei Jahren an Diabetes und kann nicht weit laufen.
health: Die Antragstellerin ist schwerbehindert (GdB 80, Merkzeichen aG).
health: Frau Petersen hat im März eine Krebsdiagnose erhalten.
health: Mein Mann hat Multiple Sklerose und sitzt im Rollstuhl.
health: Herr Yılmaz ist nach einem Schlaganfall pflegebedürftig.
health: Diagnose: F32.1, mittelgradige depressive Episode.
health: Ich bin schwanger und brauche den Parkplatz vor dem Haus.
health: Er ist HIV-positiv und möchte nicht, dass die Nachbarn es erfahren.
health: Meine Tochter ist Autistin und erträgt den Baulärm nicht.
health: Der Kläger nimmt seit 2019 Antidepressiva.
health: Sie war wegen einer Depression in stationärer Behandlung.
health: Wegen meiner Asthmaerkrankung muss der Baum weg.
health: Bei meiner Mutter wurde Demenz festgestellt.
health: Ein ärztliches Attest über meine Allergie liegt bei.
health: Der Mieter ist alkoholabhängig.
health: Erkrankung: Epilepsie
health: Pflegegrad 3 wurde Herrn Klein am 4. Mai bewilligt.
health: Frau Nguyen ist blind und führt einen Assistenzhund.
health: Mein Sohn hat ADHS.
health: Mein Arzt hat mir wegen des Rückenleidens vom Treppensteigen abgeraten.
religion: Ich bin Muslimin und trage ein Kopftuch.
religion: Herr Rosenthal ist jüdischen Glaubens.
religion: Der Antragsteller ist 2020 aus der Kirche ausgetreten.
religion: Konfession: evangelisch
religion: Meine Frau ist Zeugin Jehovas.
religion: Die Antragstellerin wurde katholisch getauft.
union: Ich bin Mitglied der Gewerkschaft ver.di.
union: Herr Schulze ist im Betrieb als IG-Metall-Mitglied bekannt.
union: Die Zeugin ist Gewerkschaftsmitglied.
politics: Herr Krause ist Mitglied der SPD.
politics: Mein Nachbar wählt die AfD.
politics: Die Betroffene ist wegen ihrer politischen Überzeugung geflohen.
politics: Frau Lange ist Parteimitglied und gilt als linksradikal.
sexual-life: Ich bin lesbisch und lebe mit meiner Partnerin zusammen.
sexual-life: Herr Weber ist homosexuell.
sexual-life: Der Antragsteller ist transsexuell und hat seinen Vornamen geändert.
ethnic-origin: Die Familie des Antragstellers gehört zu den Roma.
ethnic-origin: Frau Diallo wird wegen ihrer Hautfarbe beleidigt.
ethnic-origin: Mein Vater ist kurdischer Volkszugehörigkeit.
biometrics: Von Herrn Klein wurden Fingerabdrücke genommen.
biometrics: Der Gentest meiner Tochter zeigt eine Veränderung.
-: Eine Schwerbehinderung im Sinne des § 2 SGB IX liegt ab einem Grad der Behinderung von 50 vor.
-: Menschen mit Behinderung erhalten den Ausweis kostenlos.
-: Bitte legen Sie den Schwerbehindertenausweis vor, wenn Sie einen haben.
-: Die Gewerkschaft ver.di meldet eine Kundgebung auf dem Rathausmarkt an.
-: Die Kirche St. Petri steht unter Denkmalschutz.
-: Die Linde ist krank und von einem Pilz befallen.
-: Bei Mischlingen zählt die Rasse, der der Hund am meisten ähnelt.
-: Das Gerüst behindert den Verkehr auf dem Gehweg.
-: Eine Behinderung des Fußverkehrs ist auszuschließen.
-: Der Hund von Frau Petersen ist blind und alt.
-: Besondere Kategorien nach Art. 9 DSGVO sind Gesundheit, Religion und politische Meinung.
-: Der Antragsteller sucht einen Parkplatz in der Nähe.
-: Die Partei kann gegen den Bescheid Klage erheben.
-: Ich beantrage die Fällung der kranken Eiche auf meinem Grundstück.
-: Die Katholische Kirchengemeinde ist Eigentümerin des Flurstücks.
-: Frau Petersen hat den Antrag am 3. Mai gestellt und die Gebühr bezahlt.
-: Wer schwerbehindert ist, zahlt keine Gebühr.
-: Das Krankenhaus Altona liegt im Plangebiet.
-: Der Bezirk fördert Gesundheit und Bewegung im Quartier.
-: Die Haftpflichtversicherung von Herrn Klein deckt eine Million Euro.
-: Personen mit Pflegegrad können eine Ausnahme beantragen.
-: Der biometrische Ausweis wird am Automaten geprüft.
-: Die SPD-Fraktion hat den Antrag in der Bezirksversammlung gestellt.
-: Mein Hund wurde geimpft und hat einen Chip.
-: Die Klinik baut eine Rampe für Rollstühle.
-: Die Wahl des Standorts obliegt der Antragstellerin.
`);

/** The half that was written at the same time and looked at only to report figures. */
export const SPECIAL_HELD_OUT = read(`
health: Ich bin seit meinem Unfall querschnittsgelähmt.
health: Die Halterin ist an Parkinson erkrankt.
health: Frau Schneider leidet unter Panikattacken.
health: Mein Vater hatte im Winter einen Herzinfarkt.
health: Herr Ali Demir ist gehörlos.
health: Wir brauchen die Rampe, weil unsere Tochter im Rollstuhl sitzt.
health: Der Antragsteller hat einen Grad der Behinderung von 60.
health: Sie ist drogenabhängig und wird substituiert.
health: Ich habe Rheuma und kann das Fahrrad nicht mehr nutzen.
health: Befund: Mammakarzinom links
health: Unser Sohn ist an Leukämie erkrankt.
health: Herr Brandt ist seit Monaten arbeitsunfähig krankgeschrieben.
health: Bei Frau Wolf besteht eine psychische Erkrankung.
health: Meine Frau hat eine Risikoschwangerschaft.
health: Der Nachbar ist schizophren.
health: Ich werde am Freitag an der Hüfte operiert.
health: Die Tochter der Mieterin hat das Down-Syndrom.
health: Wegen meiner Sehbehinderung kann ich das Formular nicht lesen.
health: Ich bin Dialysepatient.
health: Herr Koch ist zu 100 Prozent schwerbehindert.
religion: Ich bete fünfmal am Tag und faste im Ramadan, denn ich bin gläubiger Muslim.
religion: Frau Cohen ist Jüdin.
religion: Der Zeuge ist Buddhist.
religion: Meine Eltern sind Aleviten.
religion: Religionszugehörigkeit: römisch-katholisch
religion: Sie ist zum Islam konvertiert.
union: Die Antragstellerin ist in der Gewerkschaft organisiert.
union: Ich bin seit zehn Jahren in der IG BAU.
union: Mein Mann ist Vertrauensmann der IG Metall.
politics: Die Klägerin kandidiert für die Grünen und ist Mitglied der Partei.
politics: Herr Vogt ist als Rechtsextremist bekannt.
politics: Ich bin aus der CDU ausgetreten.
politics: Der Betroffene sympathisiert mit der Linken und gilt als Kommunist.
sexual-life: Mein Bruder ist schwul.
sexual-life: Frau Simon ist eine trans Frau.
sexual-life: Die Zeugin ist bisexuell.
ethnic-origin: Herr Weiss ist Sinto.
ethnic-origin: Ich bin Kurdin und werde deshalb angefeindet.
ethnic-origin: Der Antragsteller ist dunkelhäutig.
biometrics: Die DNA des Betroffenen wurde gespeichert.
biometrics: Ich habe der Gesichtserkennung zugestimmt.
-: Der Schwerbehindertenausweis wird nach § 152 SGB IX vom Versorgungsamt ausgestellt.
-: Barrierefreie Stellplätze sind für Menschen mit Gehbehinderung freizuhalten.
-: Wenn Sie einen Pflegegrad haben, legen Sie den Bescheid bei.
-: Die IG BAU hat zum Bebauungsplan Stellung genommen.
-: Die Moschee an der Sedanstraße erhält einen neuen Eingang.
-: Der Baum ist abgestorben und nicht mehr zu retten.
-: Der Bauzaun behindert die Sicht an der Kreuzung.
-: Die Religionsfreiheit ist durch Art. 4 GG geschützt.
-: Herr Klein hat keine Einwände gegen die Fällung.
-: Die Parteien des Vertrags haben sich geeinigt.
-: Bewerberinnen mit Schwerbehinderung werden bei gleicher Eignung bevorzugt.
-: Die evangelische Kita in der Beispielstraße wird erweitert.
-: Ich möchte meinen Hund anmelden; er ist gesund und geimpft.
-: Die CDU-Fraktion lehnt den Bebauungsplan ab.
-: Das Gesundheitsamt hat keine Bedenken.
-: Die Apotheke von Frau Petersen beantragt einen Aufsteller.
-: Herr Dr. Klein betreibt eine Arztpraxis im Erdgeschoss.
-: Auf dem Grundstück steht ein altes Krankenhaus.
-: Der Antragsteller beantragt eine Sondernutzung für ein Straßenfest.
-: Ausgenommen sind Fahrzeuge von Pflegediensten.
-: Die Diagnose des Baumgutachters lautet Stammfäule.
-: Frau Petersen wohnt in der Kirchenstraße.
-: Herr Koch fährt einen Krankenwagen.
-: Rollstühle und Kinderwagen müssen den Gehweg nutzen können.
-: Wird ein Attest verlangt, nennt der Bescheid den Grund.
-: Der Politiker Herr Schulze eröffnet den Platz.
`);
