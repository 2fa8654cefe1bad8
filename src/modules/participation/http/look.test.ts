import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { assetResponse } from '../../../platform/http/assets.ts';
import { listen, type Listener } from '../../../platform/http/listen.ts';
import { baseMapGeoJson, mapPicture, readDistricts } from '../../../platform/ui/static-map.ts';
import { samplePicture } from '../../../commands/sample-picture.ts';
import { openBrowser } from '../../../../test/support/journey.ts';
import { participationCity, type ParticipationCity } from '../../../../test/support/participation-city.ts';
import { repositoryRoot } from '../../../../test/support/temporary-city.ts';
import { type TestActor } from '../../../../test/support/test-server.ts';
import { participationPlan } from '../../catalogue/public.ts';
import type { Driver } from './testing.ts';

const OUT = join(repositoryRoot, 'out/participation');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DISTRICTS = readDistricts(JSON.parse(readFileSync(join(repositoryRoot, 'services/bezirke.geojson'), 'utf8')));
const LONG = 'Verkehrsinfrastrukturfinanzierungsgesellschaft Rechtsschutzversicherungsangelegenheiten';

const plan = participationPlan.parse({
  consultees: [
    {
      id: 'wasser',
      name: { de: `Wasserwerk ${LONG}`, en: 'Water', leicht: 'Wasser' },
      kind: 'toeb',
      period: { length: 1, unit: 'months' },
      legalBasis: '§ 4 Abs. 2 BauGB',
      silence: 'unbeachtlich',
    },
  ],
  publicRounds: [
    {
      id: 'entwurf',
      name: { de: 'Entwurf', en: 'Draft', leicht: 'Plan' },
      legalBasis: '§ 3 Abs. 2 BauGB',
      period: { length: 1, unit: 'months', atLeastDays: 30 },
      noticeDays: 7,
    },
  ],
});

let city: ParticipationCity;
let listener: Listener;
let browser: Browser;
let to: Driver;
/** Pages by name: who opens them, and where. */
const pages = new Map<string, readonly [who: TestActor | undefined, path: string]>();

before(async () => {
  let answer: (request: Request, env: object) => Response | Promise<Response> = () => new Response('', { status: 503 });
  listener = await listen((request, env) => answer(request, env), { host: '127.0.0.1', port: 0 });
  city = await participationCity(plan, { publicUrl: `http://127.0.0.1:${listener.port}`, assets: answerAsset });
  const { server } = city;
  to = city.to;
  answer = (request, env) => server.fetch(request, env);
  await fill(city.newCase());
  mkdirSync(OUT, { recursive: true });
  browser = await openBrowser('software');
});
after(async () => {
  await browser?.close();
  await listener?.close(0);
  await city?.close();
});

function answerAsset(request: Request): Response | undefined {
  const url = new URL(request.url);
  if (url.pathname === '/karte/bild.svg') return new Response(mapPicture(url.searchParams, DISTRICTS), { headers: { 'content-type': 'image/svg+xml' } });
  if (url.pathname === '/karte/grund.json') return Response.json(baseMapGeoJson(DISTRICTS));
  const found = assetResponse(url.pathname, undefined);
  return found && new Response(found.body, { status: found.status, headers: found.headers });
}

/** A case with everything: rounds, consultees, statements in every state. */
async function fill(caseId: string): Promise<void> {
  const agencies = await to.openAgencies(caseId, { place: { lon: 9.93, lat: 53.55 } });
  await to.ask(caseId, agencies, { name: LONG, email: 'lang@wasser.example' });
  await to.ask(caseId, agencies, { name: 'Kammer', email: 'kammer@stelle.example' });
  const open = await to.mailedToken('lang@wasser.example');
  const answered = await to.mailedToken('kammer@stelle.example');
  await to.answer(
    answered,
    { answer: 'conditions', text: `Ja, aber ${LONG}.`, conditions: 'Brunnen erhalten\n\nRohre schützen' },
    { name: 'plan.png', bytes: samplePicture() },
  );
  const display = await to.announce(caseId);
  pages.set('display-coming', [undefined, `/beteiligung/${display}`]);
  city.clock.advance({ days: 1 });
  await to.upload(
    'sachbearbeitung',
    `/cases/${caseId}/participation/rounds/${display}/documents`,
    {},
    { field: 'file', name: `${LONG}.png`, bytes: samplePicture(3) },
  );
  const receipt = 'e'.repeat(43);
  const author = { name: 'Grete Müller', address: 'Elbchaussee 12' };
  const text = `Ich, Grete Müller, wohne Elbchaussee 12. Der Schatten ist zu lang. ${LONG}`;
  await to.api(undefined, 'POST', `/participation/displays/${display}/statements`, { text, author, receipt, places: [{ lon: 9.93, lat: 53.55 }] });
  const listed = (await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation/statements?show=public`)).json.items as { id: string }[];
  await to.onStatement(caseId, listed[0]!.id, { action: 'anonymise', text: `Der Schatten ist zu lang. ${LONG}` });
  await to.onStatement(caseId, listed[0]!.id, { action: 'publish' });
  await to.onStatement(caseId, listed[0]!.id, {
    action: 'weigh',
    result: 'teilweise',
    reasons: 'Zwei Geschosse weniger.',
    reply: 'Danke. Wir ändern den Entwurf.',
  });
  const { consultations } = (await to.api('sachbearbeitung', 'GET', `/cases/${caseId}/participation`)).json as { consultations: { id: string }[] };
  const base = `/amt/vorgang/${caseId}/beteiligung`;
  for (const [name, path] of [
    ['overview', base],
    ['round-agencies', `${base}/runde/${agencies}`],
    ['round-public', `${base}/runde/${display}`],
    ['consultee', `${base}/stelle/${consultations[0]!.id}`],
    ['statement', `${base}/stellungnahme/${listed[0]!.id}`],
    ['synopsis', `${base}/synopse`],
    ['synopsis-print', `${base}/synopse?druck=1`],
  ] as const)
    pages.set(name, ['sachbearbeitung', path]);
  for (const [name, path] of [
    ['displays', '/beteiligung'],
    ['displays-none', '/beteiligung?suche=nirgends'],
    ['display', `/beteiligung/${display}`],
    ['form', `/beteiligung/${display}/stellungnahme`],
    ['receipt', `/beteiligung/eingang/${receipt}`],
    ['link-open', `/stellungnahme/${open}`],
    ['link-answered', `/stellungnahme/${answered}`],
  ] as const)
    pages.set(name, [undefined, path]);
  pages.set('mine', ['citizen', '/stellungnahmen']);
}

const NAMES = [
  'displays',
  'displays-none',
  'display',
  'form',
  'receipt',
  'link-open',
  'link-answered',
  'mine',
  'overview',
  'round-agencies',
  'round-public',
  'consultee',
  'statement',
  'synopsis',
  'synopsis-print',
];

async function look(name: string, options: { width: number; lang?: string; theme?: 'light' | 'dark'; script?: boolean }) {
  const [who, path] = pages.get(name)!;
  const context = await browser.newContext({
    viewport: { width: options.width, height: 900 },
    javaScriptEnabled: options.script ?? true,
    colorScheme: options.theme ?? 'light',
    reducedMotion: 'reduce',
  });
  const url = `http://127.0.0.1:${listener.port}`;
  if (who !== undefined) await context.addCookies([{ name: 'kontor_session', value: who, url }]);
  const page = await context.newPage();
  await page.goto(`${url}${path}${path.includes('?') ? '&' : '?'}lang=${options.lang ?? 'de'}`);
  return { page, close: () => context.close() };
}

describe('In a browser', () => {
  for (const name of NAMES) {
    it(`${name}: axe finds nothing, nothing runs over at 320 px, without JavaScript it says the same`, async () => {
      const wide = await look(name, { width: 1280 });
      await wide.page.screenshot({ path: join(OUT, `${name}.png`), fullPage: true });
      await wide.page.evaluate(AXE);
      const violations = await wide.page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        const run = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
        return run.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      await wide.close();
      assert.deepEqual(violations, []);
      const phone = await look(name, { width: 320, theme: 'dark', lang: 'leicht', script: false });
      await phone.page.screenshot({ path: join(OUT, `${name}-phone.png`), fullPage: true });
      const over = await phone.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const heading = await phone.page.locator('h1').count();
      await phone.close();
      assert.deepEqual([over, heading], [0, 1]);
    });
  }

  it('a click on the picture of the map chooses a place, without JavaScript', async () => {
    const { page, close } = await look('form', { width: 1280, script: false });
    await page.locator('textarea[name=text]').fill('Bleibt stehen');
    await page.locator('input[type=image]:visible').click({ position: { x: 300, y: 200 } });
    assert.notEqual(await page.locator('input[name="place.lon"]').inputValue(), '');
    assert.equal(await page.locator('textarea[name=text]').inputValue(), 'Bleibt stehen');
    await close();
  });
});
