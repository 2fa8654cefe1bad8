import type { StaffRole, TrustLevel } from '../../../kernel/actor.ts';
import type { PostalAddress } from './account.ts';

/** An invented citizen of the demo city. */
export interface DemoCitizen {
  readonly kind: 'citizen';
  /** Subject (bPK) at the demo identity provider. */
  readonly subject: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly email: string;
  /** Password of the seeded Servicekonto. */
  readonly password: string;
  readonly birthDate: string;
  readonly address: PostalAddress;
  /** Level the demo identity provider states for them. */
  readonly eid: TrustLevel;
  /** Auskunftssperre (§ 51 BMG) in the demo register. */
  readonly auskunftssperre: boolean;
  /** What this person is good for trying out. */
  readonly about: string;
}

/** An invented employee of the demo city. */
export interface DemoOfficer {
  readonly kind: 'staff';
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly StaffRole[];
  readonly authorities: readonly string[];
  readonly about: string;
}

export type DemoPerson = DemoCitizen | DemoOfficer;

/** Everything of the demo identity provider lies below this path. */
export const DEMO_IDP_PATH = '/demo-idp';

/** One password for every invented person: a demo that pretended to keep it secret would mislead. */
export const DEMO_PASSWORD = 'Moin-Kontor-Demo';

const hamburg = (street: string, houseNumber: string, postcode: string): PostalAddress => ({ street, houseNumber, postcode, place: 'Hamburg' });

function citizen(
  person: Omit<DemoCitizen, 'kind' | 'password' | 'auskunftssperre' | 'subject' | 'email'> & { id: string; auskunftssperre?: boolean },
): DemoCitizen {
  const { id, auskunftssperre = false, ...rest } = person;
  return { kind: 'citizen', subject: `demo-bpk-${id}`, email: `${id}@buerger.example`, password: DEMO_PASSWORD, auskunftssperre, ...rest };
}

function officer(id: string, name: string, roles: readonly StaffRole[], authorities: readonly string[], about: string): DemoOfficer {
  return { kind: 'staff', subject: `demo-staff-${id}`, name, email: `${id}@behoerde.example`, roles, authorities, about };
}

const ALL_AUTHORITIES = [
  'bezirksamt-mitte',
  'bezirksamt-altona',
  'bezirksamt-eimsbuettel',
  'bezirksamt-nord',
  'bezirksamt-wandsbek',
  'bezirksamt-bergedorf',
  'bezirksamt-harburg',
  'landesbetrieb-verkehr',
  'hunderegister',
] as const;

/** Everybody who can sign in to a demo city. Names and addresses are invented. */
export const DEMO_CITIZENS: readonly DemoCitizen[] = [
  citizen({
    id: 'katharina.petersen',
    givenName: 'Katharina',
    familyName: 'Petersen',
    birthDate: '1984-05-17',
    address: hamburg('Beispielstraße', '12', '22765'),
    eid: 'substanziell',
    about: 'wohnt in Altona, mit Auto und krankem Baum',
  }),
  citizen({
    id: 'yusuf.oezkan',
    givenName: 'Yusuf',
    familyName: 'Özkan',
    birthDate: '1991-11-02',
    address: hamburg('Musterallee', '48', '20243'),
    eid: 'hoch',
    about: 'wohnt in Hamburg-Nord',
  }),
  citizen({
    id: 'lena.schutz',
    givenName: 'Lena',
    familyName: 'Schutz',
    birthDate: '1979-02-28',
    address: hamburg('Beispielstraße', '30', '22765'),
    eid: 'substanziell',
    auskunftssperre: true,
    about: 'hat eine Auskunftssperre',
  }),
  citizen({
    id: 'finn.behrens',
    givenName: 'Finn',
    familyName: 'Behrens',
    birthDate: '2012-08-09',
    address: hamburg('Beispielstraße', '12', '22765'),
    eid: 'einfach',
    about: 'ist jünger als 16 Jahre',
  }),
  citizen({
    id: 'wiebke.cordes',
    givenName: 'Wiebke',
    familyName: 'Cordes',
    birthDate: '1958-12-24',
    address: hamburg('Am Musterdeich', '103', '21037'),
    eid: 'substanziell',
    about: 'wohnt außerhalb der Parkzonen',
  }),
  citizen({
    id: 'jan.niedrig',
    givenName: 'Jan',
    familyName: 'Niedrig',
    birthDate: '1996-07-01',
    address: hamburg('Musterberg', '5', '20144'),
    eid: 'einfach',
    about: 'weist sich nur mit Benutzername und Passwort aus',
  }),
  citizen({
    id: 'elif.yilmaz',
    givenName: 'Elif',
    familyName: 'Yılmaz',
    birthDate: '1987-03-14',
    address: hamburg('Musterberg', '17', '20144'),
    eid: 'substanziell',
    about: 'ist Architektin, mit Vollmacht und eigener Firma',
  }),
];

/** A company of two in the demo city, and a neighbour who has given its architect a Vollmacht. Citizens by e-mail. */
export const DEMO_REPRESENTATION = {
  organisation: { name: 'Elbhaus Architektur GmbH', registerNumber: 'HRB 000000, Amtsgericht Hamburg' },
  address: hamburg('Musterberg', '17', '20144'),
  manages: 'elif.yilmaz@buerger.example',
  works: 'yusuf.oezkan@buerger.example',
  represented: 'lena.schutz@buerger.example',
  services: ['baugenehmigung', 'baumfaellung'],
} as const;

export const DEMO_OFFICERS: readonly DemoOfficer[] = [
  officer('anke.altmann', 'Anke Altmann', ['sachbearbeitung'], ['bezirksamt-altona'], 'Sachbearbeitung im Bezirksamt Altona'),
  officer('malte.fischer', 'Malte Fischer', ['sachbearbeitung'], ['bezirksamt-altona'], 'Sachbearbeitung im Bezirksamt Altona, Vertretung'),
  officer('nora.nordmann', 'Nora Nordmann', ['sachbearbeitung'], ['bezirksamt-nord'], 'Sachbearbeitung im Bezirksamt Hamburg-Nord'),
  officer('birgit.leitner', 'Birgit Leitner', ['sachbearbeitung', 'leitung'], ['bezirksamt-altona'], 'Leitung im Bezirksamt Altona'),
  officer('piet.parker', 'Piet Parker', ['sachbearbeitung'], ['landesbetrieb-verkehr'], 'Sachbearbeitung im Landesbetrieb Verkehr'),
  officer('vera.verkehr', 'Vera Verkehr', ['sachbearbeitung', 'leitung'], ['landesbetrieb-verkehr'], 'Leitung im Landesbetrieb Verkehr'),
  officer('hanna.hundt', 'Hanna Hundt', ['sachbearbeitung', 'leitung'], ['hunderegister'], 'Hunderegister'),
  officer('arne.admin', 'Arne Admin', ['administration'], [...ALL_AUTHORITIES], 'Administration'),
  officer('jens.stabsleiter', 'Jens Stabsleiter', ['krisenstab'], [], 'leitet den Katastrophenstab (Demo-Lage)'),
  officer('silke.lage', 'Silke Lage', ['krisenstab'], [], 'S2 Lage, Feuerwehr'),
  officer('ole.einsatz', 'Ole Einsatz', ['krisenstab'], [], 'S3 Einsatz, Polizei'),
  officer('hafen.petra', 'Petra Hafen', ['krisenstab'], [], 'Verbindung zum Hafenstab'),
  officer('tom.trupp', 'Tom Trupp', ['krisenstab'], [], 'führt eine Einheit des THW, am Telefon'),
  officer('lotte.lotse', 'Lotte Lotse', ['lotse'], [], 'Digitallotsin im Pop-up'),
  officer('dirk.digital', 'Dirk Digital', ['lotse'], [], 'Digitallotse am Telefon'),
  officer('paula.presse', 'Paula Presse', ['presse'], [], 'Presseamt, Kampagnen'),
  officer('sven.senat', 'Sven Senat', ['strategie'], [], 'Senatskanzlei, Digitalstrategie'),
  officer('rita.revision', 'Rita Revision', ['revision'], [...ALL_AUTHORITIES], 'Revision'),
];

export const DEMO_PEOPLE: readonly DemoPerson[] = [...DEMO_CITIZENS, ...DEMO_OFFICERS];
