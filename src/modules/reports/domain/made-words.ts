import type { Category } from '../../../kernel/report.ts';

/** One kind of event and how people tell of it; `{ort}` and `{nr}` are filled in. */
export interface Scene {
  readonly category: Category;
  readonly spreadMinutes: number;
  readonly phrases: readonly string[];
  /** Said by somebody who saw the opposite. */
  readonly denials: readonly string[];
}

export const SCENES: readonly Scene[] = [
  {
    category: 'flooded-street',
    spreadMinutes: 40,
    phrases: [
      'Die Straße {ort} steht unter Wasser, Autos kommen nicht mehr durch.',
      'Hier {ort} ist alles überflutet, das Wasser steht knietief auf der Fahrbahn!',
      'Wasser läuft {ort} in die Keller, schon 40 cm hoch.',
      'Überschwemmung {ort}, Höhe Hausnummer {nr}. Bitte Sandsäcke.',
      '{ort} land unter, Fußgänger waten durch das Wasser',
    ],
    denials: ['{ort} ist die Fahrbahn trocken und passierbar.'],
  },
  {
    category: 'fire',
    spreadMinutes: 15,
    phrases: [
      'Dichter Rauch {ort}, es brennt in einer Halle.',
      'Feuer {ort}! Flammen schlagen aus dem Dach von Haus {nr}.',
      'Brand {ort}, starke Rauchentwicklung, mehrere Anrufer.',
      'Es brennt {ort}, man sieht die Flammen bis hierher',
    ],
    denials: [],
  },
  {
    category: 'person-in-water',
    spreadMinutes: 8,
    phrases: [
      'Person im Wasser {ort}, treibt stromab.',
      'Da ist gerade jemand {ort} ins Wasser gefallen, schnell Hilfe schicken!',
      'Mensch treibt in der Elbe {ort}, winkt mit den Armen.',
      'Melde Schwimmer in Not {ort}, Person im Wasser, Boot angefordert.',
    ],
    denials: [],
  },
  {
    category: 'gate',
    spreadMinutes: 12,
    phrases: [
      'Fluttor {ort} steht noch offen.',
      'Das Tor {ort} lässt sich nicht schließen, bleibt offen, Wasser steigt.',
      'Achtung, Tor {ort} ist noch offen, niemand zu sehen!',
    ],
    denials: ['Tor {ort} ist geschlossen und dicht.'],
  },
  {
    category: 'dyke-damage',
    spreadMinutes: 30,
    phrases: [
      'Sickerwasser am Deichfuß {ort}, etwa 10 m breit.',
      'Deich {ort} beschädigt, ein Riss in der Krone, bitte sofort prüfen.',
      'Am Deich {ort} rutscht die Böschung, da kommt Wasser durch.',
    ],
    denials: [],
  },
  {
    category: 'blocked-road',
    spreadMinutes: 40,
    phrases: [
      'Baum liegt quer {ort}, kein Durchkommen.',
      'Straße {ort} gesperrt, umgestürzter Baum blockiert beide Spuren.',
      '{ort} alles blockiert, Rettungswagen musste umkehren.',
    ],
    denials: ['{ort} ist wieder frei, man kommt gut durch.'],
  },
  {
    category: 'power-cut',
    spreadMinutes: 40,
    phrases: ['Stromausfall {ort}, alles dunkel.', 'Seit eben kein Strom mehr {ort}, auch die Ampeln sind aus.', 'Ganze Häuserzeile {ort} ohne Strom.'],
    denials: [],
  },
  {
    category: 'drifting-ship',
    spreadMinutes: 12,
    phrases: [
      'Schute hat sich {ort} losgerissen und treibt auf die Brücke zu.',
      'Ein Schiff treibt {ort} quer im Strom, keiner an Bord zu sehen!',
      'Losgerissener Ponton {ort}, driftet stromauf.',
    ],
    denials: [],
  },
  {
    category: 'injured',
    spreadMinutes: 10,
    phrases: [
      'Verletzte Person {ort}, Kopfplatzwunde, ansprechbar.',
      'Jemand ist {ort} gestürzt und blutet stark, Haus {nr}.',
      'Eine Frau wurde {ort} verletzt, bitte Rettungswagen.',
    ],
    denials: [],
  },
];

/** Real names of Hamburg's riverside with their places, as a list of streets has them. */
export const PLACES: readonly { readonly name: string; readonly lon: number; readonly lat: number }[] = [
  { name: 'am Fischmarkt', lon: 9.941, lat: 53.545 },
  { name: 'an den Landungsbrücken', lon: 9.967, lat: 53.546 },
  { name: 'am Baumwall', lon: 9.981, lat: 53.544 },
  { name: 'am Sandtorkai', lon: 9.992, lat: 53.543 },
  { name: 'an der Elbphilharmonie', lon: 9.984, lat: 53.541 },
  { name: 'am Versmannkai', lon: 10.008, lat: 53.539 },
  { name: 'in der Veddeler Straße', lon: 10.026, lat: 53.525 },
  { name: 'am Reiherstieg Hauptdeich', lon: 9.977, lat: 53.517 },
  { name: 'in der Georg-Wilhelm-Straße', lon: 9.988, lat: 53.497 },
  { name: 'am Spreehafen', lon: 10.004, lat: 53.522 },
  { name: 'am Ellerholzweg', lon: 9.955, lat: 53.522 },
  { name: 'in der Harburger Chaussee', lon: 10.002, lat: 53.519 },
  { name: 'am Finkenwerder Norderdeich', lon: 9.873, lat: 53.531 },
  { name: 'in Övelgönne', lon: 9.914, lat: 53.544 },
  { name: 'am Billwerder Neuen Deich', lon: 10.055, lat: 53.53 },
  { name: 'am Zollkanal', lon: 10.001, lat: 53.545 },
  { name: 'in der Großen Elbstraße', lon: 9.947, lat: 53.5445 },
  { name: 'am Moldauhafen', lon: 10.017, lat: 53.534 },
  { name: 'am Rugenberger Damm', lon: 9.934, lat: 53.528 },
  { name: 'in der Köhlbrandstraße', lon: 9.94, lat: 53.517 },
];

/** What else is said in such a night. */
export const CHATTER: readonly string[] = [
  'Was für ein Wind heute Nacht, das Haus wackelt richtig.',
  'Bleibt alle gesund und passt auf euch auf!',
  'Die Bahn fährt mal wieder nicht, danke für nichts.',
  'Weiß jemand, ob die Schule morgen ausfällt?',
  'Danke an alle Einsatzkräfte da draußen!',
  'Mein Balkon hat seine Blumentöpfe verloren.',
  'Sturmflut und ich sitze mit Tee am Fenster.',
  'Erinnert mich alles an 1962, hat meine Oma erzählt.',
  'Kann man die Elbe gerade von der Brücke aus sehen?',
  'Der Pegel steigt, sagen sie im Radio.',
];
