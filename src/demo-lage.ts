import type { Actor } from './kernel/actor.ts';
import { newId } from './kernel/id.ts';
import { expectOk } from './kernel/result.ts';
import { forcesOn, logbookOn, situationOn, surgeOn } from './lage.ts';
import { giveTask, makeOne, placeUnits, type ForceRecord } from './modules/forces/public.ts';
import { seedDemoStaff } from './modules/identity/public.ts';
import { takeMessage, writeEntry } from './modules/logbook/public.ts';
import type { ProcedureContext } from './modules/procedure/public.ts';
import { receiveReports } from './modules/reports/public.ts';
import { addMember, draw, lagenOf, makeSection, openLage } from './modules/situation/public.ts';
import { demoSurge, enterLevels, importDemoPlan, importForecast } from './modules/surge/public.ts';
import { beginWarning, changeWarning, draftFromLage, PublicBoard, releaseWarning, type WarningsContext } from './modules/warnings/public.ts';
import type { StartProgress } from './platform/http/starting.ts';

export const DEMO_LAGE = 'uebung-nordwind';
/** The demo begins ten hours into a made surge, six hours before its peak. */
const MINUTE = 600;

type Staff = Extract<Actor, { kind: 'staff' }>;

/** An exercise with a staff, forces, gates and reports: all of it made up. A demo has it once. */
export async function fillDemoLage(ctx: ProcedureContext, progress: (now: StartProgress) => void): Promise<void> {
  const ids = await seedDemoStaff(ctx, ctx.clock());
  const as = (subject: string): Staff => ({ kind: 'staff', staffId: ids.get(`demo-staff-${subject}`)!, roles: ['krisenstab'], authorities: [] });
  const leader = as('jens.stabsleiter');
  const led = await lagenOf(ctx, leader, { limit: 200 });
  if (led.some(({ key }) => key === DEMO_LAGE)) return;
  progress({ step: 'Die Demo bekommt eine Übungs-Lage', done: 0, total: 5 });
  const situation = situationOn(ctx);
  const lage = expectOk(
    await openLage(situation, leader, {
      key: DEMO_LAGE,
      title: 'Übung Nordwind',
      hazard: 'sturmflut',
      exercise: true,
      organisation: 'Katastrophenstab',
      name: 'Jens Stabsleiter',
      takesPublicReports: true,
    }),
  );
  const south = expectOk(
    await makeSection(situation, leader, DEMO_LAGE, { name: 'Abschnitt Süd', kind: 'abschnitt', parentId: null, leader: 'Ole Einsatz', area: null }),
  );
  expectOk(await makeSection(situation, leader, DEMO_LAGE, { name: 'Abschnitt Hafen', kind: 'abschnitt', parentId: null, leader: '', area: null }));
  const add = async (subject: string, organisation: string, wanted: 'S2' | 'S3' | 'verbindung' | 'einheit', sectionId: string | null = null): Promise<string> =>
    expectOk(await addMember(situation, leader, DEMO_LAGE, { staffId: as(subject).staffId, organisation, function: wanted, sectionId })).id;
  await add('silke.lage', 'Feuerwehr', 'S2');
  await add('ole.einsatz', 'Polizei', 'S3');
  await add('hafen.petra', 'Hafenstab', 'verbindung');
  const unitMember = await add('tom.trupp', 'THW', 'einheit', south.id);
  progress({ step: 'Die Demo bekommt eine Übungs-Lage', done: 1, total: 5 });
  await water(ctx, leader);
  progress({ step: 'Die Demo bekommt eine Übungs-Lage', done: 2, total: 5 });
  await forces(ctx, leader, { sectionId: south.id, memberId: unitMember, lageId: lage.id });
  progress({ step: 'Die Demo bekommt eine Übungs-Lage', done: 3, total: 5 });
  await words(ctx, as('silke.lage'), lage.id);
  progress({ step: 'Die Demo bekommt eine Übungs-Lage', done: 4, total: 5 });
  await warn(ctx, as('ole.einsatz'), leader);
}

/** Gates, levels of the last hours and the newest forecast, labelled synthetic. */
async function water(ctx: ProcedureContext, leader: Staff): Promise<void> {
  const surge = surgeOn(ctx);
  const made = demoSurge();
  const now = ctx.clock().round({ smallestUnit: 'minute', roundingMode: 'floor' });
  const start = now.subtract({ minutes: MINUTE });
  expectOk(await importDemoPlan(surge, leader, DEMO_LAGE));
  const minutes = Array.from({ length: MINUTE / 10 + 1 }, (_, i) => i * 10);
  const levels = minutes.map((minute) => ({
    at: start.add({ minutes: minute }),
    metres: made.levels[minute]!,
    reference: 'NHN' as const,
    source: 'gerechnet, nicht gemessen',
  }));
  expectOk(await enterLevels(surge, leader, DEMO_LAGE, levels));
  const issued = made.forecasts
    .filter(({ minute }) => minute <= MINUTE)
    .at(-1)!
    .what.at(start);
  expectOk(await importForecast(surge, leader, DEMO_LAGE, { ...issued, reference: 'NHN', synthetic: true }));
}

const UNITS = [
  {
    callSign: 'Florian HH 21/1',
    organisation: 'feuerwehr',
    type: 'Hilfeleistungslöschfahrzeug',
    strength: { leaders: 0, subLeaders: 1, crew: 5 },
    at: [9.99, 53.508],
  },
  { callSign: 'Florian HH 26/5', organisation: 'feuerwehr', type: 'Rettungsboot', strength: { leaders: 0, subLeaders: 1, crew: 2 }, at: [9.965, 53.538] },
  {
    callSign: 'Heros HH 41/11',
    organisation: 'thw',
    type: 'Fachgruppe Wasserschaden/Pumpen',
    strength: { leaders: 0, subLeaders: 3, crew: 9 },
    at: [9.985, 53.49],
  },
  { callSign: 'Heros HH 12/22', organisation: 'thw', type: 'Bergungsgruppe', strength: { leaders: 1, subLeaders: 2, crew: 9 }, at: [10.02, 53.515] },
  { callSign: 'Pelikan HH 3', organisation: 'dlrg', type: 'Bootstrupp', strength: { leaders: 0, subLeaders: 1, crew: 3 }, at: [9.94, 53.53] },
  { callSign: 'Rotkreuz HH 8', organisation: 'drk', type: 'Betreuungsgruppe', strength: { leaders: 1, subLeaders: 2, crew: 8 }, at: [10.005, 53.499] },
] as const;

async function forces(
  ctx: ProcedureContext,
  leader: Staff,
  { sectionId, memberId, lageId }: { sectionId: string; memberId: string; lageId: string },
): Promise<void> {
  const desk = forcesOn(ctx);
  const now = ctx.clock();
  const made: ForceRecord[] = [];
  for (const { callSign, organisation, type, strength } of UNITS) {
    const own = callSign === 'Heros HH 41/11' ? memberId : null;
    const symbol = {
      grundzeichen: 'taktische-formation',
      organisation: organisation === 'dlrg' || organisation === 'drk' ? 'hilfsorganisation' : organisation,
    };
    const body = {
      callSign,
      organisation,
      type,
      symbol,
      strength,
      status: own === null ? 'bereit' : 'einsatz',
      fms: null,
      contact: 'TETRA SUED_1',
      sectionId,
      memberId: own,
      since: now.subtract({ hours: 5 }).toString(),
      reliefAt: now.add({ hours: own === null ? 6 : 1 }).toString(),
      remarks: '',
    } as const;
    made.push(expectOk(await makeOne(desk, leader, DEMO_LAGE, 'unit', body)));
  }
  await ctx.database.write(async (tx) => {
    const places = UNITS.map(({ callSign, at }) => ({ callSign, place: { lon: at[0], lat: at[1] }, at: now, accuracyMetres: 15 }));
    await ctx.journal.append(tx, { kind: 'system', job: 'demo' }, now, [await placeUnits(tx, lageId, places, now)]);
  });
  await stores(ctx, leader, sectionId, made.find(({ body }) => 'callSign' in body && body.callSign === 'Heros HH 41/11')?.id);
}

/** A shelter, sandbags, what is asked for, and an order to the unit of the demo. */
async function stores(ctx: ProcedureContext, leader: Staff, sectionId: string, unitId: string | undefined): Promise<void> {
  const desk = forcesOn(ctx);
  const now = ctx.clock();
  await makeOne(desk, leader, DEMO_LAGE, 'shelter', {
    name: 'Schule Slomanstieg',
    address: 'Slomanstieg 1',
    place: { lon: 10.03, lat: 53.525 },
    capacity: 250,
    occupancy: 0,
    countedAt: null,
    wheelchair: true,
    pets: false,
    needs: '',
    contact: '040 115',
    sectionId,
    state: 'open',
  });
  await makeOne(desk, leader, DEMO_LAGE, 'material', {
    name: 'Sandsäcke, gefüllt',
    unitOfCount: 'Stück',
    stock: 12_000,
    where: 'Deichlager Süd',
    place: { lon: 9.975, lat: 53.485 },
    sectionId,
  });
  await makeOne(desk, leader, DEMO_LAGE, 'request', {
    what: 'Hochleistungspumpe 15.000 l/min',
    quantity: 2,
    place: null,
    where: 'Polder Veddel',
    from: 'THW',
    neededBy: now.add({ hours: 3 }).toString(),
    sectionId,
    state: 'open',
    offered: 0,
    fulfilled: 0,
    unitIds: [],
    reason: '',
  });
  expectOk(
    await giveTask(desk, leader, DEMO_LAGE, {
      title: 'Pumpen am Polder Veddel bereitstellen',
      text: 'Zwei Pumpen aufbauen, Stromversorgung sichern.',
      priority: 'dringend',
      deadline: now.add({ minutes: 50 }).toString(),
      ...(unitId === undefined ? {} : { unitId }),
      refs: [],
    }),
  );
}

/** What people say: a hazard on the map, messages, the log, and reports of the public. */
async function words(ctx: ProcedureContext, s2: Staff, lageId: string): Promise<void> {
  const logbook = logbookOn(ctx);
  const now = ctx.clock();
  const ring = [
    [9.975, 53.497],
    [10.0, 53.495],
    [10.005, 53.506],
    [9.98, 53.508],
    [9.975, 53.497],
  ] as const;
  expectOk(
    await draw(ctx, s2, DEMO_LAGE, {
      kind: 'hazard',
      title: 'Sickerstelle am Deichfuß',
      geometry: { type: 'Point', coordinates: [9.992, 53.4935] },
      symbol: { grundzeichen: 'gefahr' },
    }),
  );
  expectOk(await draw(ctx, s2, DEMO_LAGE, { kind: 'zone', title: 'Kirchdorf Süd', geometry: { type: 'Polygon', coordinates: [ring] } }));
  expectOk(
    await takeMessage(logbook, s2, DEMO_LAGE, {
      id: newId(now.epochMilliseconds),
      direction: 'in',
      priority: 'sofort',
      channel: 'funk',
      callSign: 'Florian HH 21/1',
      addressee: 'Katastrophenstab',
      conversation: false,
      content: 'Sickerstelle am Deichfuß, Länge etwa 4 m, klares Wasser.',
      sender: 'Florian HH 21/1',
      sign: 'fl',
      senderFunction: 'Einheitsführer',
      wantsReceipt: true,
      to: ['S2', 'S3'],
    }),
  );
  expectOk(await writeEntry(logbook, s2, DEMO_LAGE, { kind: 'beurteilung', text: 'Klares Wasser: der Deich hält. Beobachten, Sandsäcke bereithalten.' }));
  const report = (sourceName: string, text: string, minutes: number, lon: number, lat: number) => ({
    lageId,
    origin: 'public' as const,
    sourceName,
    text,
    place: { lon, lat, uncertaintyMetres: 60 },
    eventAt: now.subtract({ minutes }),
    receivedAt: now.subtract({ minutes: minutes - 1 }),
  });
  await ctx.database.write(async (tx) => {
    const received = await receiveReports(
      tx,
      [
        report('Bevölkerung 1', 'In der Harburger Straße steht das Wasser kniehoch, Autos kommen nicht durch.', 25, 9.9806, 53.4712),
        report('Bevölkerung 2', 'Harburger Straße überflutet, Wasser bis zu den Knien!', 21, 9.9811, 53.4715),
        report('Bevölkerung 3', 'Tor am Polder ist noch offen, niemand da.', 12, 9.968, 53.531),
      ],
      now,
    );
    await ctx.journal.append(tx, { kind: 'system', job: 'demo' }, now, [...received.journal]);
  });
}

/** An exercise warning, written by one and released by another. */
async function warn(ctx: ProcedureContext, writer: Staff, leader: Staff): Promise<void> {
  const warnings: WarningsContext = {
    ...ctx,
    senderName: ctx.settings.city,
    districts: () => ctx.desk.services.districts,
    board: new PublicBoard(ctx),
  };
  const drafted = expectOk(await draftFromLage(warnings, writer, DEMO_LAGE));
  const { id } = expectOk(await beginWarning(warnings, writer, DEMO_LAGE, drafted.content));
  expectOk(await changeWarning(warnings, writer, DEMO_LAGE, { id, version: 1, command: 'submit' }));
  expectOk(await releaseWarning(warnings, leader, DEMO_LAGE, { id, version: 2 }));
}
