import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { CityForAWhile } from '../../src/commands/city-for-a-while.ts';
import { DEMO_PASSWORD } from '../../src/modules/identity/domain/demo-people.ts';
import { lookAt, openJourney, skip } from '../support/journey.ts';

/** The first row of blocks of the demo's quarter. */
const QUARTER = {
  type: 'Polygon',
  coordinates: [
    [
      [10.034, 53.553],
      [10.058, 53.553],
      [10.058, 53.5595],
      [10.034, 53.5595],
      [10.034, 53.553],
    ],
  ], // west to east, south to north
};

describe('a model on the data of the demo', { skip, timeout: 600_000 }, () => {
  let browser: Browser;
  let city: CityForAWhile;
  let cookie: string;
  before(async () => {
    ({ browser, city } = await openJourney());
    await city.filled;
    const answer = await fetch(`${city.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: city.url },
      body: JSON.stringify({ email: 'katharina.petersen@buerger.example', password: DEMO_PASSWORD }),
    });
    assert.equal(answer.status, 201);
    cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  });
  after(async () => {
    await browser.close();
    await city.stop();
  });

  const execute = async (id: string, inputs: object, prefer?: string) => {
    const answer = await fetch(`${city.url}/ogc/processes/${id}/execution`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', origin: city.url, ...(prefer === undefined ? {} : { prefer }) },
      body: JSON.stringify({ inputs: { area: { value: QUARTER }, ...inputs }, response: 'document', outputs: { numbers: {} } }),
    });
    assert.ok(answer.ok, await answer.clone().text());
    return (await answer.json()) as { readonly jobID: string; readonly numbers: { readonly value: Readonly<Record<string, { readonly value: number }>> } };
  };
  const opened = async (width: number): Promise<Page> => {
    const [name, value] = cookie.split('=') as [string, string];
    const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'de-DE' });
    await context.addCookies([{ name, value, url: city.url }]);
    return context.newPage();
  };

  it('walking and noise find the streets and the homes that the demo has made', async () => {
    const walk = await execute('walk', { destinations: { value: { type: 'Point', coordinates: [10.045, 53.5575] } }, minutes: [5, 10] });
    assert.ok(walk.numbers.value['peopleTotal']!.value > 500);
    const noise = await execute('noise', { buildings: 'none' });
    assert.ok(noise.numbers.value['roads']!.value > 20 && noise.numbers.value['people55']!.value > 0);
  });
  it('the pages of models and jobs are clean and fit, wide and narrow', async () => {
    const { jobID } = await execute(
      'walk',
      { destinations: { value: { type: 'Point', coordinates: [10.045, 53.5575] } }, minutes: [5, 10], speed: [3, 4.8] },
      'respond-async',
    );
    for (const width of [1280, 360]) {
      const page = await opened(width);
      for (const [name, path] of [
        ['processes', '/ogc/processes?f=html'],
        ['process', '/ogc/processes/noise?f=html'],
        ['jobs', '/ogc/jobs?f=html'],
        ['job', `/ogc/jobs/${jobID}?f=html`],
      ] as const) {
        await page.goto(city.url + path);
        if (name === 'job')
          for (let tries = 0; tries < 60 && (await page.getByText('Alle Kombinationen').count()) === 0; tries++)
            await page
              .getByText('Stand neu laden')
              .click({ timeout: 1000 })
              .catch(() => {});
        await lookAt(page, `${name}-${width}`, `${path} at ${width} px`, true);
      }
      await page.context().close();
    }
  });
});
