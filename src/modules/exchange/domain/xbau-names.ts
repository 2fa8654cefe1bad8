/** Namespaces of XBau 2.6 with its Kernmodul 1.3.0. */
export const XBAU = 'http://www.xleitstelle.de/xbau/2/6';
export const KERN = 'http://www.xleitstelle.de/xbau/kernmodul/1/3/0';
export const BASE = 'http://xoev.de/schemata/basisnachricht/g2g/1_1';
export const GML = 'http://www.opengis.net/gml/3.2';
/** What only a Kontor says to a Kontor, inside the place that the standard keeps for it. */
export const OWN = 'urn:kontor:xbau:1';

/** Prefixes as they are written. */
export const PREFIXES = { xbau: XBAU, xbauk: KERN, g2g: BASE, gml: GML, kontor: OWN } as const;

/** The messages that Kontor reads and writes, by their number. */
export const XBAU_MESSAGES = {
  '0200': { name: 'baugenehmigung.antrag.0200', module: 'hochbau', title: 'Bauantrag' },
  '0201': { name: 'baugenehmigung.formellePruefung.0201', module: 'hochbau', title: 'Ergebnis der formellen Prüfung' },
  '0202': { name: 'baugenehmigung.antragGeaendert.0202', module: 'hochbau', title: 'Geänderter Bauantrag' },
  '0205': { name: 'baugenehmigung.bescheid.0205', module: 'hochbau', title: 'Bescheid' },
  '1100': { name: 'prozessnachrichten.rueckweisung.G2G.1100', module: 'kern', title: 'Rückweisung' },
  '1120': { name: 'prozessnachrichten.eingangsbestaetigung.1120', module: 'kern', title: 'Eingangsbestätigung' },
} as const;
export type XbauType = keyof typeof XBAU_MESSAGES;

/** The messages that a case can be written as. */
export type XbauExport = Exclude<XbauType, '1100'>;

/** The two parts of the standard, each with what every message of it says of itself. */
export const MODULES = {
  hochbau: {
    namespace: XBAU,
    prefix: 'xbau',
    standard: 'XBau-Hochbau',
    version: '2.6',
    list: 'urn:xoev-de:xbau:codeliste:xbau-nachrichten',
    listVersion: '4.0',
  },
  kern: {
    namespace: KERN,
    prefix: 'xbauk',
    standard: 'XBau-Kernmodul',
    version: '1.3.0',
    list: 'urn:xoev-de:xbau-kernmodul:codeliste:xbau-kernmodul-nachrichten',
    listVersion: '3.0',
  },
} as const;

export const moduleOf = (type: XbauType) => MODULES[XBAU_MESSAGES[type].module];
