import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { expectOk } from '../../../kernel/result.ts';
import { viewOf } from '../../../platform/ui/view.ts';
import { as, testServer, type TestActor } from '../../../../test/support/test-server.ts';
import { drawingFor, drawingFrom, drawingOf } from '../application/bpmn-drawing.ts';
import { statesAfter, STATE_ORDER } from '../application/bpmn-effects.ts';
import { processModel } from '../application/bpmn-model.ts';
import { readBpmn } from '../application/bpmn-read.ts';
import { textWidth } from '../application/bpmn-text.ts';
import { bpmnXml } from '../application/bpmn-xml.ts';
import { loadServices } from '../application/load-services.ts';
import type { ServicePackage } from '../domain/package.ts';
import { bpmnPages } from './bpmn-pages.ts';
import { bpmnRoutes } from './bpmn-routes.ts';
import { casePicture, processPicture } from './bpmn-picture.ts';

let packages: ReadonlyMap<string, ServicePackage>;
let tree: ServicePackage;
let server: ReturnType<typeof testServer>;
before(async () => {
  ({ packages } = await loadServices(join(import.meta.dirname, '../../../../services'), Temporal.PlainDate.from('2026-11-24')));
  tree = packages.get('baumfaellung')!;
  const desk = { current: (key: string) => packages.get(key) };
  server = testServer([...bpmnPages({ desk }, (visit) => viewOf(visit, { demo: true })), ...bpmnRoutes({ desk })]);
});
const LANGS = ['de', 'en', 'leicht'] as const;
const text = async (of: ReturnType<typeof casePicture>): Promise<string> => (await of).toString();
const count = (of: string, find: string | RegExp): number => of.split(find).length - 1;

describe('The picture of a case', () => {
  it('marks the present state by a word and a frame, earlier ones by a tick, and says so in a list', async () => {
    const picture = await text(casePicture(tree, { status: 'in_pruefung', visited: ['eingegangen', 'unvollstaendig', 'eingegangen', 'in_pruefung'] }, 'de'));
    assert.equal(count(picture, 'id="prozess-jetzt"'), 1);
    assert.equal(count(picture, 'class="k-bpmn__flag-word"'), 1);
    // the beginning, completeness, the Nachforderung
    assert.equal(count(picture, 'class="k-bpmn__tick"'), 3);
    assert.equal(count(picture, 'aria-current="step"'), 1);
    assert.equal(count(picture, 'k-bpmn-step--done'), 2);
    assert.equal(count(picture, 'k-bpmn-step--next'), statesAfter(tree.process, 'in_pruefung').length);
    assert.match(picture, /<desc [^>]*>Hier steht das Verfahren jetzt: Antrag prüfen\./);
  });
  it('knows every state in every language, and its place in the picture', async () => {
    for (const pkg of packages.values()) {
      for (const status of STATE_ORDER) {
        for (const lang of LANGS) {
          const picture = await text(casePicture(pkg, { status, visited: [] }, lang));
          const drawn = drawingFor(pkg).shapes.some(({ state }) => state === status);
          assert.equal(count(picture, 'id="prozess-jetzt"'), drawn ? 1 : 0, `${pkg.key} ${status}`);
          assert.equal(count(picture, 'aria-current="step"'), 1, `${pkg.key} ${status}`);
        }
      }
    }
  });
  it('§ 71 VwGO: a hearing after the Widerspruch is the one about the Widerspruch', async () => {
    const late = await text(casePicture(tree, { status: 'anhoerung', visited: ['eingegangen', 'widerspruch'] }, 'de'));
    assert.match(late, /jetzt: Zum Widerspruch Stellung nehmen\./);
    assert.match(await text(casePicture(tree, { status: 'anhoerung', visited: ['eingegangen'] }, 'de')), /jetzt: Zur Anhörung Stellung nehmen\./);
  });
  it('passes over words that are no state', async () => {
    const picture = await text(casePicture(tree, { status: '"><script>', visited: ['<b>'] }, 'de'));
    assert.doesNotMatch(picture, /<script|<b>|aria-current/);
  });
  it('has no inline style and no handler: the content security policy forbids them', async () => {
    for (const pkg of packages.values()) {
      const picture = await text(casePicture(pkg, { status: 'widerspruch', visited: ['eingegangen'] }, 'de'));
      assert.doesNotMatch(picture, /\sstyle=|<style|\son[a-z]+=|<script|javascript:/i);
    }
  });
  it('is not laid out again for each visit', () => {
    const fastest = (work: () => unknown): number => {
      const times = Array.from({ length: 40 }, () => {
        const begun = performance.now();
        work();
        return performance.now() - begun;
      });
      return Math.min(...times);
    };
    const again = fastest(() => casePicture(tree, { status: 'in_pruefung', visited: ['eingegangen'] }, 'de'));
    // a package that nobody has drawn yet, on the same machine at the same moment
    const first = fastest(() => casePicture({ ...tree, hash: String(Math.random()) }, { status: 'in_pruefung', visited: ['eingegangen'] }, 'de'));
    assert.ok(again * 3 < first, `${again} ms against ${first} ms`);
  });
});

describe('Words in the picture', () => {
  it('fit their tasks in every language', async () => {
    for (const pkg of packages.values()) {
      const tasks = drawingFor(pkg).shapes.filter(({ look }) => look === 'task');
      for (const lang of LANGS) {
        const picture = await text(processPicture(drawingFor(pkg), { done: [] }, lang));
        for (const { rect, name } of tasks) {
          const middle = rect.x + rect.width / 2;
          const lines = [...picture.matchAll(new RegExp(`<tspan x="${middle}" y="([0-9.]+)">([^<]*)</tspan>`, 'g'))].filter(
            ([, y]) => Number(y) > rect.y && Number(y) < rect.y + rect.height,
          );
          assert.ok(lines.length > 0, `${name[lang]} has no words`);
          for (const [, , line] of lines) {
            assert.ok(textWidth(line!, 13) <= rect.width - 10, `«${line}» is too long`);
            assert.ok(!line!.endsWith('…'), `«${line}» is cut`);
          }
        }
      }
    }
  });
  it('of strangers are escaped', async () => {
    const xml = (await bpmnXml(processModel(tree))).replaceAll('Antrag prüfen', '&lt;img src=x&gt;');
    const { definitions } = expectOk(await readBpmn(xml));
    const picture = await text(processPicture(drawingFrom(definitions)!, { done: [] }, 'de'));
    assert.match(picture, /&lt;img/);
    assert.doesNotMatch(picture, /<img/);
  });
});

describe('The drawing of a BPMN file', () => {
  it('is the drawing that was written', async () => {
    const model = processModel(tree);
    const own = drawingOf(model);
    const read = drawingFrom(expectOk(await readBpmn(await bpmnXml(model))).definitions)!;
    assert.deepEqual(
      read.shapes.map(({ look, mark, rect, label, dashed }) => ({ look, mark, rect, label, dashed: dashed === true })),
      own.shapes.map(({ look, mark, rect, label, dashed }) => ({ look, mark, rect, label, dashed: dashed === true })),
    );
    assert.deepEqual(
      read.ways.map(({ points, label }) => ({ points, label })),
      own.ways.map(({ points, label }) => ({ points, label })),
    );
  });
});

describe('/leistungen/:key/prozess', () => {
  it('shows the picture and every step with who acts and under which law', async () => {
    const response = await server.request('/leistungen/baumfaellung/prozess');
    assert.equal(response.status, 200);
    const body = await response.text();
    assert.match(body, /role="region" tabindex="0"/);
    assert.match(body, /Es handelt: Behörde/);
    assert.match(body, /§ 28 Abs. 1 HmbVwVfG/);
    assert.doesNotMatch(body, /prozess-jetzt/);
  });
  it('gives the process as a BPMN 2.0 file', async () => {
    const response = await server.request('/leistungen/baumfaellung/prozess.bpmn');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /^application\/xml/);
    assert.match(response.headers.get('content-disposition') ?? '', /baumfaellung\.bpmn/);
    assert.deepEqual(expectOk(await readBpmn(await response.text())).warnings, []);
  });
  it('does not know services that are not offered', async () => {
    assert.equal((await server.request('/leistungen/gibt-es-nicht/prozess')).status, 404);
    assert.equal((await server.request('/leistungen/gibt-es-nicht/prozess.bpmn')).status, 404);
  });
});

describe('The process for programs', () => {
  const send = (who: TestActor, content: string): Promise<Response> => {
    const body = new FormData();
    body.set('file', new Blob([content]), 'model.bpmn');
    return Promise.resolve(server.request('/api/exchange/bpmn', { method: 'POST', body, headers: { ...as(who), origin: 'http://localhost:8080' } }));
  };
  it('goes out as BPMN 2.0 to everybody and comes in as a draft to the administration', async () => {
    const answer = await server.request('/api/exchange/services/hund/bpmn');
    const { name, xml } = (await answer.json()) as Record<string, string>;
    assert.equal(name, 'hund.bpmn');
    assert.ok((await readBpmn(xml!)).ok);
    const draft = await send('administration', xml!);
    assert.equal(draft.status, 200);
    const { key, files } = (await draft.json()) as { key: string; files: Record<string, string> };
    assert.deepEqual([key, 'hund-anmelden/process.yaml' in files], ['hund-anmelden', true]);
    assert.equal((await send('sachbearbeitung', xml!)).status, 403);
    assert.equal((await server.request('/api/exchange/services/atlantis/bpmn')).status, 404);
  });
  it('hostile XML is refused in a sentence', async () => {
    const refused = await send('administration', '<!DOCTYPE x><x/>');
    assert.equal(refused.status, 422);
    assert.match(((await refused.json()) as { detail: string }).detail, /Dokumenttyp-Definition/);
  });
});
