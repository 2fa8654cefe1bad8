import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../kernel/canonical-json.ts';
import { unzip } from '../platform/files/zip-read.ts';
import type { Viewer } from './walk-sturmflut-live.ts';
import type { Kept } from './walk-sturmflut-opening.ts';
import type { Stage, Who } from './walk-sturmflut-stage.ts';
import type { Gate } from './walk-sturmflut-surge.ts';
import { inForce } from './walk-sturmflut-warnings.ts';

interface Thing {
  readonly id: string;
  readonly seq: number;
  readonly kind: string;
  readonly title: string;
  readonly ended: boolean;
  readonly geometry: unknown;
  readonly facts: Readonly<Record<string, unknown>>;
}
interface Picture {
  readonly items: readonly Thing[];
  readonly next: string | null;
  readonly head: number;
}
interface Row {
  readonly kind: string;
  readonly payload: string;
}

/** What must be so at the end. @returns SHA-256 of all that does not differ from walk to walk */
export async function endState(stage: Stage, { viewer, events }: { readonly viewer: Viewer; readonly events: number }): Promise<string> {
  const things = await whole(stage, 'silke', '');
  await units(stage, things);
  const gates = await gatesShut(stage);
  await surgeWasSeen(stage);
  await nothingMissed(stage, viewer, things);
  stage.hold((await inForce(stage)) === 0, 'nach der Entwarnung ist noch eine Warnung in Kraft');
  const digest = digestOf({
    things: countsOf(things.map(({ kind }) => kind)),
    units: places(things),
    gates: gates.map(({ code, state, contradiction }) => [code, state, contradiction]),
    zones: (await stage.list<{ code: string; state: string }>('ole', '/sturmflut/zonen')).map(({ code, state }) => [code, state]),
    ...(await lists(stage)),
    events,
  });
  await closeAndProve(stage);
  return digest;
}

/** The whole picture as one may see it. */
async function whole(stage: Stage, who: Who, query: string): Promise<readonly Thing[]> {
  const found: Thing[] = [];
  let cursor: string | null = null;
  do {
    const page: Picture = await stage.call(who, 'GET', `/objects?limit=5000${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

const digestOf = (state: Readonly<Record<string, unknown>>): string => createHash('sha256').update(canonicalJson(state)).digest('hex');

const countsOf = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length] as const).toSorted(([a], [b]) => a.localeCompare(b)));

const moving = ({ kind, title }: Thing): boolean => (kind === 'unit' || kind === 'track') && /^Demo \d+$/.test(title);

const places = (things: readonly Thing[]): unknown[] =>
  things
    .filter((thing) => moving(thing) && thing.geometry !== null)
    .map(({ title, geometry }) => ({ title, geometry }))
    .toSorted((a, b) => a.title.localeCompare(b.title, 'de', { numeric: true }));

/** Every unit stands where its device said last. */
async function units(stage: Stage, things: readonly Thing[]): Promise<void> {
  const last = new Map(stage.surge.unitTracks.map(({ what }) => [what.callSign, what]));
  for (const [callSign, { lon, lat }] of last) {
    const shown = things.filter((thing) => moving(thing) && thing.title === callSign && thing.geometry !== null);
    stage.hold(shown.length > 0, `${callSign} steht nicht auf dem Bild`);
    const { coordinates } = shown[0]!.geometry as { coordinates: readonly [number, number] };
    stage.hold(Math.hypot(coordinates[0] - lon, coordinates[1] - lat) < 1e-5, `${callSign} steht nicht dort, wo das Gerät zuletzt war`);
  }
  stage.step(`${last.size} Einheiten stehen, wo ihre Geräte zuletzt waren`);
}

async function gatesShut(stage: Stage): Promise<readonly Gate[]> {
  const gates = (await stage.list<Gate>('ole', '/tore')).toSorted((a, b) => a.code.localeCompare(b.code));
  const open = gates.filter(({ state, contradiction }) => state !== 'closed' || contradiction);
  stage.hold(
    open.length === 0,
    `nicht sicher geschlossen: ${open
      .slice(0, 8)
      .map(({ code, state, contradiction }) => `${code} ${state}${contradiction ? ' (Widerspruch)' : ''}`)
      .join(', ')} (${open.length})`,
  );
  stage.step(`${gates.length} Tore geschlossen, kein Widerspruch mehr`);
  return gates;
}

/** The picture of then is still what was known then. */
async function surgeWasSeen(stage: Stage): Promise<void> {
  const gauge = async (minute: number): Promise<Thing | undefined> =>
    (await whole(stage, 'ole', `&kinds=gauge&at=${stage.at(minute).add({ seconds: 50 }).toString()}`)).find(({ id }) => id === 'gauge:st-pauli');
  for (const minute of [240, 600, 960, 1380]) {
    const then = await gauge(minute);
    const [was, shown] = [stage.surge.levels[minute]!, Number(then?.facts['metres'])];
    stage.hold(Math.abs(was - shown) < 0.01, `der Pegel um +${minute} min war ${was}, das Bild von damals sagt ${shown}`);
  }
  stage.hold((await gauge(960))?.facts['stage'] === 2, 'am Scheitel stand nicht Stufe 2 auf dem Bild');
  stage.hold((await gauge(1380))?.facts['stage'] !== 2, 'Stufe 2 wurde nicht wieder verlassen');
  stage.step('das Bild von damals stimmt: vor der Flut, am Scheitel mit Stufe 2, danach ohne');
}

async function nothingMissed(stage: Stage, viewer: Viewer, things: readonly Thing[]): Promise<void> {
  const there = things.filter(({ ended }) => !ended);
  const same = (): boolean => viewer.held.size === there.length && there.every(({ id, seq }) => viewer.held.get(id) === seq);
  await stage.until(async () => same(), `wer wiederkam, hält ${viewer.held.size} Dinge statt ${there.length}`);
  stage.hold(viewer.resets === 0, 'wer wiederkam, musste von vorn beginnen');
  stage.step(`wer die Verbindung verlor, hält alle ${there.length} Dinge, keines fehlt`);
}

async function lists(stage: Stage): Promise<Record<string, unknown>> {
  const [tasks, shelters, messages, proposals, log] = [
    await stage.list<Kept>('ole', '/auftraege'),
    await stage.list<Kept>('ole', '/unterkuenfte'),
    await stage.list<{ settled: boolean }>('ole', '/nachrichten'),
    await stage.list<{ rule: string; state: string; title: string }>('ole', '/sturmflut/vorschlaege'),
    await stage.list<{ kind: string; function: string }>('ole', '/tagebuch'),
  ];
  stage.hold(
    tasks.some(({ body }) => body['state'] === 'done'),
    'kein Auftrag ist erledigt',
  );
  stage.hold(messages.length === 2 && messages.every(({ settled }) => settled), 'nicht jede Nachricht ist erledigt');
  stage.hold(
    shelters.every(({ body }) => body['occupancy'] === 0),
    'in den Unterkünften sind noch Menschen',
  );
  stage.step(`${tasks.length} Aufträge, ${messages.length} Nachrichten erledigt, ${proposals.length} Vorschläge, ${log.length} Einträge im Tagebuch`);
  return {
    tasks: tasks.map(({ body }) => [body['title'], body['state']]),
    shelters: shelters.map(({ body }) => [body['name'], body['state'], body['occupancy']]),
    messages: messages.length,
    proposals: proposals.map(({ title, state }) => `${title} ${state}`).toSorted(),
    log: countsOf(log.map((entry) => `${entry.kind} ${entry.function}`)),
  };
}

/** The Lage is closed, its log is exported and proves itself, the city's journal is whole. */
async function closeAndProve(stage: Stage): Promise<void> {
  await stage.call('ole', 'POST', '/ende', { because: 'Übung beendet.' });
  stage.step('Lage beendet');
  const { base64 } = await stage.call<{ base64: string }>('ole', 'POST', '/tagebuch/ausgabe', { form: 'zip' });
  const files = unzip(Buffer.from(base64, 'base64'));
  stage.hold(files.ok, 'die Ausgabe ist kein ZIP');
  if (!files.ok) return;
  const folder = mkdtempSync(join(tmpdir(), 'kontor-walk-log-'));
  try {
    for (const { name, bytes } of files.value) writeFileSync(join(folder, name), bytes);
    const script = files.value.find(({ name }) => name.endsWith('.mjs'));
    stage.hold(script !== undefined, 'der Ausgabe fehlt ihr Prüfprogramm');
    const checked = spawnSync(process.execPath, [join(folder, script!.name), folder], { encoding: 'utf8' });
    stage.hold(checked.status === 0, `das Tagebuch prüft sich nicht: ${checked.stderr}${checked.stdout}`);
    stage.step(`Tagebuch ausgegeben, ${files.value.length} Dateien; das eigene Prüfprogramm sagt: ${checked.stdout.trim().split('\n').at(-1)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { journal } = JSON.parse(Buffer.from(files.value.find(({ name }) => name === 'lage.json')!.bytes).toString('utf8')) as { journal: readonly Row[] };
  let head = 0;
  for (const { payload } of journal.filter(({ kind }) => kind === 'situation.picture-changed')) {
    const { from, to } = JSON.parse(payload) as { from: number; to: number };
    stage.hold(from === head + 1 && to >= from, `die Änderungen des Bildes haben eine Lücke nach ${head}`);
    head = to;
  }
  stage.step(`das Bild hat ${head} Änderungen ohne Lücke`);
  const {
    whole: chained,
    entries,
    broken,
  } = await stage.client('arne').call<{ whole: boolean; entries: number; broken: string | null }>('GET', '/api/journal/verification');
  stage.hold(chained, `Journal beschädigt: ${broken}`);
  stage.step(`Journal lückenlos: ${entries} Einträge`);
}
