import type { Senders } from './walk-sturmflut-senders.ts';
import type { Stage } from './walk-sturmflut-stage.ts';

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly function: string;
  readonly endedAt: string | null;
}
export interface Kept {
  readonly id: string;
  readonly number: number;
  readonly version: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Ids that later acts need. */
export interface Opened {
  readonly members: ReadonlyMap<string, string>;
  readonly units: readonly Kept[];
  readonly shelters: readonly Kept[];
  readonly thwUnit: Kept;
}

/** The exercise is opened: the staff with its sections, sensors and sources, the plan of gates and zones, forces and shelters. */
export async function open(stage: Stage, senders: Senders): Promise<Opened> {
  const { key } = await stage.client('jens').call<{ key: string }>('POST', '/api/lagen', {
    title: 'Übung Sturmflut',
    hazard: 'sturmflut',
    exercise: true,
    organisation: 'Behörde für Inneres',
    name: 'Jens Stabsleiter',
    takesPublicReports: true,
  });
  stage.key = key;
  stage.step(`Übungslage eröffnet: ${key}`);
  const members = await appoint(stage);
  stage.step('Stab aufgenommen: S2, S3, Verbindung zum Hafen, eine Einheit des THW');
  const sectionIds = await sections(stage);
  stage.step('Einsatzabschnitte West und Ost gebildet');
  await connect(stage, senders);
  const { units, thwUnit } = await forces(stage, members, sectionIds);
  stage.step(`${units.length + 1} Einheiten angelegt`);
  const shelters = await prepareShelters(stage);
  stage.step(`${shelters.length} Unterkünfte und Sandsäcke bereitgestellt`);
  return { members, units, shelters, thwUnit };
}

const PLACES = [
  ['Silke Lage', 'S2', 'Feuerwehr'],
  ['Ole Einsatz', 'S3', 'Polizei'],
  ['Petra Hafen', 'verbindung', 'Hafenstab'],
  ['Tom Trupp', 'einheit', 'THW'],
] as const;

async function appoint(stage: Stage): Promise<ReadonlyMap<string, string>> {
  // who could be taken in stands on the page of the staff
  const page = await (await stage.client('jens').raw(`/lagen/${stage.key}/stab`, {})).text();
  for (const [name, staffFunction, organisation] of PLACES) {
    const staffId = new RegExp(`<option[^>]*value="([0-9a-f-]{36})"[^>]*>${name}`).exec(page)?.[1];
    stage.hold(staffId !== undefined, `${name} steht nicht zur Auswahl`);
    await stage.call('jens', 'POST', '/mitglieder', { staffId, organisation, function: staffFunction });
  }
  return new Map((await stage.list<Member>('jens', '/mitglieder')).map(({ name, id }) => [name, id]));
}

async function sections(stage: Stage): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [name, west] of [
    ['Abschnitt West', 9.86],
    ['Abschnitt Ost', 9.96],
  ] as const) {
    const [east, south, north] = [west + 0.1, 53.49, 53.55];
    const area = {
      type: 'Polygon',
      coordinates: [
        [
          [west, south],
          [east, south],
          [east, north],
          [west, north],
          [west, south],
        ],
      ],
    };
    ids.push((await stage.call<{ id: string }>('jens', 'POST', '/abschnitte', { name, kind: 'abschnitt', leader: 'Übungsleitung', area })).id);
  }
  return ids;
}

/** Streams over HTTP, their gauge and gates bound to the Lage, and who may send positions. */
async function connect(stage: Stage, senders: Senders): Promise<void> {
  const { gates, level, wind } = await senders.register();
  stage.step(`${gates.size + 2} Datenströme angelegt, Sensoren über MQTT verbunden`);
  const { polders, zones } = stage.surge;
  const counts = await stage.call<{ gates: number; polders: number }>('ole', 'POST', '/tore', {
    polders: polders.map(({ gates: own, ...polder }) => ({ ...polder, gates: own.map((gate) => ({ ...gate, streamId: gates.get(gate.code) ?? null })) })),
    zones,
  });
  stage.step(`Plan übernommen: ${counts.polders} Polder mit ${counts.gates} Toren, ${zones.length} Räumzonen`);
  await stage.call('silke', 'PUT', '/sturmflut/pegel/strom', { streamId: level, reference: 'NHN' });
  await stage.call('silke', 'POST', '/quellen', { kind: 'sensor', name: 'Wind am Hafen', streams: [wind], as: 'weather' });
  await stage.call('silke', 'POST', '/quellen', { kind: 'cot', name: 'Geräte der Einheiten', certificate: '*' });
  stage.step('Pegel, Wind und Geräte der Einheiten an die Lage gebunden');
}

const ORGANISATIONS = ['feuerwehr', 'dlrg', 'polizei', 'drk'] as const;

async function forces(
  stage: Stage,
  members: ReadonlyMap<string, string>,
  sectionIds: readonly string[],
): Promise<{ readonly units: readonly Kept[]; readonly thwUnit: Kept }> {
  const make = (body: object) => stage.call<Kept>('ole', 'POST', '/kraefte', { body });
  const units: Kept[] = [];
  for (let number = 1; number <= 12; number++)
    units.push(
      await make({
        callSign: `Demo ${number}`,
        organisation: ORGANISATIONS[number % ORGANISATIONS.length],
        strength: '1/2/6//9',
        sectionId: sectionIds[number % 2],
      }),
    );
  const thwUnit = await make({
    callSign: 'Heros Demo 21',
    organisation: 'thw',
    strength: '1/3/14//18',
    memberId: members.get('Tom Trupp'),
    sectionId: sectionIds[0],
  });
  return { units, thwUnit };
}

async function prepareShelters(stage: Stage): Promise<readonly Kept[]> {
  const shelters: Kept[] = [];
  for (const [name, capacity] of [
    ['Sporthalle Nord (Demo)', 400],
    ['Schule am Park (Demo)', 900],
    ['Messehalle (Demo)', 12_000],
  ] as const)
    shelters.push(await stage.call<Kept>('jens', 'POST', '/unterkuenfte', { body: { name, capacity, wheelchair: true } }));
  await stage.call('jens', 'POST', '/material', { body: { name: 'Sandsäcke', unitOfCount: 'Stück', stock: 80_000 } });
  return shelters;
}
