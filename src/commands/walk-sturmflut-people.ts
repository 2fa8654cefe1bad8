import { randomBytes } from 'node:crypto';
import { BrowserClient } from './browser-client.ts';
import type { Kept, Member, Opened } from './walk-sturmflut-opening.ts';
import type { Stage, Who } from './walk-sturmflut-stage.ts';

/** What the demo calls what people report, in the words of the module. */
const CATEGORIES: Readonly<Record<string, string>> = {
  ueberflutung: 'flooded-street',
  'person-in-not': 'person-in-water',
  hindernis: 'blocked-road',
  tor: 'gate',
};

interface Message {
  readonly id: string;
  readonly settled: boolean;
}
interface Event {
  readonly id: string;
  readonly number: number;
  readonly category: string;
}

/** By the public's form, from a device of their own. */
export async function reportPublicly(
  stage: Stage,
  report: { readonly text: string; readonly category: string; readonly lon: number; readonly lat: number },
): Promise<void> {
  const form = new FormData();
  const fields = {
    lage: stage.key,
    text: report.text,
    category: CATEGORIES[report.category] ?? report.category,
    receipt: randomBytes(32).toString('base64url'),
    'place.lon': String(report.lon),
    'place.lat': String(report.lat),
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const browser = new BrowserClient(stage.city.url);
  await browser.get('/lage/melden');
  const answer = await browser.raw('/lage/melden', { method: 'POST', body: form, headers: { origin: browser.origin } });
  stage.hold(answer.status === 303 && answer.headers.get('location')?.endsWith('/danke') === true, `die Meldung wurde nicht angenommen: ${answer.status}`);
}

/** Two say of one street what cannot both be so; S2 says which holds. */
export async function contradict(stage: Stage): Promise<string> {
  const place = { lon: 9.9871, lat: 53.5113, category: 'flooded-street' };
  await reportPublicly(stage, { ...place, text: 'Übungsdamm an der Brücke unter Wasser, kein Durchkommen mehr' });
  await reportPublicly(stage, { ...place, text: 'Übungsdamm an der Brücke ist frei und befahrbar' });
  const open = await stage.list<{ id: string; topic: string }>('silke', '/widersprueche?open=true');
  const road = open.find(({ topic }) => topic === 'road');
  stage.hold(road !== undefined, 'der Widerspruch zur Straße wurde nicht gefunden');
  await stage.call('silke', 'POST', `/widersprueche/${road!.id}/aufloesung`, { holds: 'a', reason: 'Die Streife steht davor.' });
  return `Widerspruch gefunden und aufgelöst (${open.length} offen gewesen)`;
}

/** Two events are laid together, and taken apart again. @returns how many there are */
export async function mergeAndPart(stage: Stage): Promise<number> {
  const before = await stage.list<Event>('silke', '/ereignisse');
  const [a, b] = before.filter(({ category }) => category === 'flooded-street').toSorted((x, y) => x.number - y.number);
  stage.hold(a !== undefined && b !== undefined, 'zu wenige Ereignisse zum Zusammenlegen');
  const { linkId } = await stage.call<{ linkId: string }>('silke', 'POST', `/ereignisse/${b!.id}/zusammenlegung`, { into: a!.id, reason: 'Dieselbe Straße.' });
  const merged = await stage.list<Event>('silke', '/ereignisse');
  stage.hold(merged.length === before.length - 1, 'nach dem Zusammenlegen ist es nicht ein Ereignis weniger');
  await stage.call('silke', 'POST', `/verknuepfungen/${linkId}/aufhebung`, { reason: 'Doch zwei Stellen.' });
  const after = await stage.list<Event>('silke', '/ereignisse');
  stage.hold(after.length === before.length, 'nach dem Aufheben sind es nicht wieder so viele Ereignisse');
  return after.length;
}

/** A message on the four-copy form, read and settled. */
export async function message(stage: Stage, direction: 'in' | 'out', content: string): Promise<void> {
  const { id } = await stage.call<Message>('petra', 'POST', '/nachrichten', {
    direction,
    content,
    priority: direction === 'in' ? 'sofort' : 'none',
    channel: 'funk',
    callSign: 'Florian Hamburg Demo',
    addressee: direction === 'in' ? 'Einsatzleitung' : 'Hafenstab',
    sender: 'Petra Hafen',
    sign: 'pet',
    senderFunction: 'Verbindung',
    wantsReceipt: true,
    to: ['S3', 'S2'],
  });
  if (direction === 'out') await stage.call('petra', 'POST', `/nachrichten/${id}/vermerke`, { kind: 'befoerderung' });
  for (const who of ['ole', 'silke'] as const) await stage.call(who, 'POST', `/nachrichten/${id}/vermerke`, { kind: 'gelesen' });
  await stage.call('petra', 'POST', `/nachrichten/${id}/vermerke`, { kind: 'quittung' });
  const { settled } = await stage.call<Message>('ole', 'POST', `/nachrichten/${id}/vermerke`, { kind: 'erledigt' });
  stage.hold(settled, 'die Nachricht ist nicht erledigt');
}

/** A task for the unit that speaks for itself. */
export async function giveTask(stage: Stage, { thwUnit }: Opened, title: string, deadline: number): Promise<Kept> {
  return stage.call<Kept>('ole', 'POST', '/auftraege', {
    body: { title, unitId: thwUnit.id, priority: 'dringend', deadline: stage.at(deadline).toString() },
  });
}

export async function taskStep(stage: Stage, who: Who, task: Kept, step: string): Promise<Kept> {
  return stage.call<Kept>(who, 'POST', `/auftraege/${task.id}/schritte`, { basis: task.version, step: { step } });
}

/** People are counted in the shelters. @returns how many are there */
export async function fillShelters(stage: Stage, who: Who, share: number): Promise<number> {
  let people = 0;
  for (const { id, version, body } of await stage.list<Kept>(who, '/unterkuenfte')) {
    const count = Math.floor(Number(body['capacity']) * share);
    await stage.call(who, 'POST', `/unterkuenfte/${id}/schritte`, { basis: version, step: { step: 'count', count } });
    people += count;
  }
  return people;
}

/** Whoever led hands over and stays as adviser; operations get somebody new. */
export async function handOver(stage: Stage, { members }: Opened): Promise<void> {
  await stage.call('jens', 'POST', '/leitung', { memberId: members.get('Ole Einsatz') });
  await stage.call('ole', 'PUT', `/mitglieder/${members.get('Petra Hafen')}`, { function: 'S3' });
  const staff = await stage.list<Member>('ole', '/mitglieder');
  const now = new Map(staff.map((one) => [one.name, one.function]));
  stage.hold(now.get('Ole Einsatz') === 'leiter' && now.get('Jens Stabsleiter') === 'fachberater', 'die Leitung wurde nicht übergeben');
}
