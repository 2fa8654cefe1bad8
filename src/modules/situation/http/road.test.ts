import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';

let city: LageCity;
before(async () => {
  city = await lageCity();
});
after(() => city.close());

/** The id that a form of the page carries. */
const idIn = (page: string, form: string): string => new RegExp(`id="entry-${form}"[\\s\\S]*?name="id" value="([0-9a-f-]{36})"`).exec(page)![1]!;

describe('the page for on the road, without scripts', () => {
  it('takes a note, a message, a report and a mark once, however often the form is sent', async () => {
    const key = await city.lage('Doppelt');
    const path = `/lagen/${key}/unterwegs`;
    const page = await (await city.call('leader', 'GET', path)).text();
    const sent: Record<string, string>[] = [
      { form: 'note', id: idIn(page, 'note'), note: 'Deich hält' },
      { form: 'message', id: idIn(page, 'message'), to: 'S3', priority: 'sofort', content: 'Deich weich' },
      { form: 'report', id: idIn(page, 'report'), 'report.text': 'Wasser auf der Straße', 'report.lon': '', 'report.lat': '' },
      { form: 'mark', id: idIn(page, 'mark'), object: '', kind: 'hazard', title: 'Baum', text: '', lon: '9,97', lat: '53,54' },
    ];
    for (const fields of sent) for (const _ of [1, 2]) assert.equal((await city.form('leader', path, fields)).status, 303, String(fields['form']));
    const of = async (what: string) => (await city.json('leader', 'GET', `/api/lagen/${key}/${what}`))['items'] as Record<string, unknown>[];
    assert.equal((await of('tagebuch')).filter(({ text }) => text === 'Deich hält').length, 1);
    assert.equal((await of('meldungen')).length, 1);
    const messages = await of('nachrichten');
    assert.deepEqual(
      messages.map(({ content, priority, direction, senderFunction }) => [content, priority, direction, senderFunction]),
      [['Deich weich', 'sofort', 'in', 'leiter']],
    );
    assert.equal((await of('objects')).filter(({ title }) => title === 'Baum').length, 1);
  });

  it('shows the newest of many things first, and takes a change of one that is no longer offered', async () => {
    const key = await city.lage('Viele');
    const first = (await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: 'Erstes', geometry: null })) as {
      id: string;
      seq: number;
    };
    for (let n = 0; n < 50; n++) await city.json('leader', 'POST', `/api/lagen/${key}/objects`, { kind: 'hazard', title: `Ding ${n}`, geometry: null });
    const path = `/lagen/${key}/unterwegs`;
    const page = await (await city.call('leader', 'GET', path)).text();
    assert.ok(page.includes('Ding 49') && !page.includes('Erstes'));
    const sent = { form: 'mark', object: `${first.id}@${first.seq}`, title: 'Erstes, vorbei', text: '', lon: '', lat: '' };
    assert.equal((await city.form('leader', path, sent)).status, 303);
    const { items } = (await city.json('leader', 'GET', `/api/lagen/${key}/objects`)) as { items: { id: string; title: string }[] };
    assert.deepEqual([items.find(({ id }) => id === first.id)?.title, items.length], ['Erstes, vorbei', 51]);
  });

  it('keeps a message that names nobody, and says what is missing', async () => {
    const key = await city.lage('Ohne Anschrift');
    const answer = await city.form('leader', `/lagen/${key}/unterwegs`, { form: 'message', to: '', content: 'Boot treibt' });
    assert.equal(answer.status, 422);
    const page = await answer.text();
    assert.match(page, /Wählen Sie, für wen die Nachricht ist/);
    assert.match(page, /Boot treibt/);
  });
});
