import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { assistantCity, COMPLAINT, LEAFLET, type AssistantCity } from '../../../../test/support/assistant-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';

const API = '/api/assistant';

interface Shown {
  id: string;
  state: string;
  text: string;
  label: string[];
  missingFigures: { text: string }[];
}

for (const engine of engines) {
  describe(`safeguards of the assistant on ${engine}`, () => {
    let city: AssistantCity;
    before(async () => {
      city = await assistantCity(engine);
    });
    after(() => city.close());
    beforeEach(() => {
      Object.assign(city.script, { pieces: () => ['Kurz: ', 'Ja.'], finish: 'stop', value: { claims: [] }, refuses: false });
      city.script.asked.length = 0;
      city.clock.advance({ seconds: 1 });
    });

    const make = (what: string, body: object): Promise<Shown> => city.json<Shown>('POST', `${API}/${what}`, body);
    const whole = async (id: string): Promise<Shown> => city.json<Shown>('GET', `${API}/results/${id}?wait=10`);

    it('hands what was personal once to no model as less: neither turns said before nor a document of the library', async () => {
      const say = async (path: string, body: object) => {
        city.clock.advance({ seconds: 1 });
        const { conversationId, turn } = await city.json<{ conversationId: string; turn: Shown }>('POST', `${API}/conversations${path}`, {
          model: 'probe',
          ...body,
        });
        await whole(turn.id);
        return conversationId;
      };
      const id = await say('', { text: 'Max Mustermann hat geschrieben.', dataClass: 'personal', persons: 'Max Mustermann\nBF-2026-000042-K' });
      await say(`/${id}/turns`, { text: 'Und nun etwas anderes.', dataClass: 'public', persons: 'Erika Beispiel' });
      await say(`/${id}/turns`, { text: 'Und noch etwas.', dataClass: 'public' });
      for (const asked of city.script.asked) assert.equal(asked.dataClass, 'personal');
      assert.deepEqual(
        city.script.asked.at(-1)!.parties.map(({ familyName, identifiers }) => familyName ?? identifiers?.[0]),
        ['Mustermann', 'BF-2026-000042-K', 'Beispiel'],
      );
      city.script.asked.length = 0;
      const wish = { model: 'probe', dataClass: 'public', documents: [COMPLAINT.id], persons: 'Erika Beispiel' };
      for (const [what, more] of [
        ['summaries', {}],
        ['research', { question: 'Worüber beschwert sich jemand?' }],
      ] as const)
        await city.json('POST', `${API}/${what}`, { ...wish, ...more }, 'leitung');
      assert.deepEqual(
        city.script.asked.map(({ dataClass, parties: [party] }) => [dataClass, party?.familyName]),
        [
          ['personal', 'Beispiel'],
          ['personal', 'Beispiel'],
        ],
      );
      await make('summaries', { model: 'probe', dataClass: 'public', documents: [LEAFLET.id] });
      assert.equal(city.script.asked.at(-1)!.dataClass, 'public');
      const form = await city.page('/assistent/zusammenfassen');
      assert.match(form, /Namen von Personen, die im Text vorkommen/);
      assert.doesNotMatch(form, /Namen und Nummern werden ersetzt/);
    });
  });
}
