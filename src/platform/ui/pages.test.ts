import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { galleryPages } from '../../../test/ui/gallery-pages.ts';
import { attributes } from './attributes.ts';
import { alert, badge, card, trafficLight } from './alert.ts';
import { dataTable, stepper, summaryList, timeline } from './components.ts';
import { checkboxGroup, confirmField, radioGroup, yesNoField } from './form-choices.ts';
import { dateField, readDateField } from './form-date.ts';
import { fieldId } from './form-field.ts';
import { fileField } from './form-file.ts';
import { button, errorSummary, form } from './form-frame.ts';
import { addressField, numberField, selectField, textArea, textField } from './form.ts';
import { formatAmount, formatBytes, formatDate, formatInstant, formatRelativeDay, formatShortDate } from './formats.ts';
import { LANGS, type Html } from './html.ts';
import { copyable } from './parts.ts';
import { page } from './page.ts';
import { readViewSettings, themeOf } from './view.ts';

const HOSTILE = `"><script>alert('x')</script><img src=x onerror=alert(1)>&amp;'`;
const markup = async (html: Html): Promise<string> => (await html).toString();
const ids = (text: string): string[] => [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id!);
const base = { name: 'trees.0.circumferenceCm', label: 'Umfang', lang: 'de' } as const;

test('at a shared device the way out stands on every page while it is open, and the page leaves by itself without scripts', async () => {
  const view = { actor: { kind: 'anonymous' }, url: '/', demo: false, now: Temporal.Instant.from('2026-11-24T09:00:00Z'), theme: 'auto' } as const;
  for (const lang of LANGS) {
    const shown = (sharedDevice?: 'open' | 'closed'): Promise<string> =>
      markup(page({ ...view, lang, ...(sharedDevice && { sharedDevice, sharedVisit: 'mark' }) }, { title: 'T', main: copyable('x', lang) }));
    assert.match(
      await shown('open'),
      /<noscript><meta http-equiv="refresh" content="305;url=\/geraet">[\s\S]*data-visit="mark"[\s\S]*action="\/geraet\/fertig"/,
    );
    for (const other of [await shown(), await shown('closed')]) assert.doesNotMatch(other, /http-equiv="refresh"|\/geraet\/fertig/);
    assert.doesNotMatch(await shown('closed'), /href="\/anmelden/);
  }
});

test('hostile words stay words in every component', async () => {
  const field = { name: HOSTILE, label: HOSTILE, lang: 'de', hint: HOSTILE, error: HOSTILE, value: HOSTILE } as const;
  const all = [
    textField(field),
    textArea(field),
    numberField({ ...field, unit: HOSTILE }),
    dateField(field),
    dateField({ ...field, parts: true }),
    selectField({ ...field, options: [{ value: HOSTILE, label: HOSTILE }] }),
    radioGroup({ ...field, options: [{ value: HOSTILE, label: HOSTILE, hint: HOSTILE }] }),
    checkboxGroup({ ...field, values: [HOSTILE], options: [{ value: HOSTILE, label: HOSTILE }] }),
    yesNoField(field),
    confirmField(field),
    addressField({ ...field, value: { street: HOSTILE, place: HOSTILE } }),
    fileField({
      ...field,
      maxMegabytes: 10,
      accept: [HOSTILE],
      files: [{ id: HOSTILE, name: HOSTILE, sizeBytes: 1, mediaType: HOSTILE, previewUrl: HOSTILE, note: HOSTILE }],
      uploadUrl: HOSTILE,
    }),
    alert('danger', HOSTILE, HOSTILE),
    badge('info', HOSTILE),
    card({ title: HOSTILE, href: HOSTILE, preline: HOSTILE, body: HOSTILE }),
    trafficLight('red', 'de', HOSTILE),
    summaryList([{ label: HOSTILE, value: HOSTILE, change: { href: HOSTILE } }], 'de'),
    timeline([{ when: HOSTILE, iso: HOSTILE, title: HOSTILE, body: HOSTILE }]),
    dataTable([{ label: HOSTILE, rowHeader: true, cell: () => HOSTILE }], [1], { caption: HOSTILE, lang: 'de', href: () => HOSTILE }),
    stepper([{ label: HOSTILE, href: HOSTILE }], 0, 'de'),
    copyable(HOSTILE, 'de', HOSTILE),
    button({ label: HOSTILE, name: HOSTILE, value: HOSTILE, context: HOSTILE }),
    form({ action: HOSTILE, hidden: { [HOSTILE]: HOSTILE } }, textField(field)),
  ];
  for (const [index, component] of all.entries()) {
    const text = await markup(component);
    assert.doesNotMatch(text, /<script|<img src=x|onerror=alert\(1\)>/, `component ${index}`);
  }
});

test('a summary of errors escapes the message and links to the field', async () => {
  const text = await markup(errorSummary([{ field: 'trees.0.circumferenceCm', message: HOSTILE }], 'de')!);
  assert.doesNotMatch(text, /<script/);
  assert.ok(text.includes(`href="#${fieldId('trees.0.circumferenceCm')}"`));
  assert.equal(errorSummary([], 'de'), undefined);
});

test('any attribute value can be written and read back; handlers and styles are refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (value) => {
      const text = (await attributes({ value })).toString();
      const inner = /^ value="([^"<>']*)"$/.exec(text);
      assert.notEqual(inner, null);
      const back = inner![1]!.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
      assert.equal(back, value);
    }),
  );
  for (const name of ['onclick', 'style', 'a b', 'x"y']) assert.throws(() => attributes({ [name]: '1' }), /not allowed/);
});

test('no page carries inline scripts, styles or handlers: the policy would drop them', async () => {
  for (const { name, html } of galleryPages('auto')) {
    const text = (await markup(html)).replace(/<textarea[\s\S]*?<\/textarea>/g, '');
    const tags = [...text.matchAll(/<[a-z][^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
    assert.ok(tags.length > 50, name);
    for (const tag of tags) assert.doesNotMatch(tag, /\s(style|on[a-z]+)=/, `${name}: ${tag}`);
    assert.doesNotMatch(text, /<style|<script(?![^>]*\bsrc=)/, name);
  }
});

test('every id on a page is there once, and every reference finds its target', async () => {
  for (const { name, html } of galleryPages('light')) {
    const text = await markup(html);
    const known = ids(text);
    assert.equal(new Set(known).size, known.length, `${name}: ${known.filter((id, index) => known.indexOf(id) !== index).join()}`);
    for (const [, attribute, list] of text.matchAll(/ (for|aria-describedby|aria-labelledby)="([^"]+)"/g)) {
      for (const id of list!.split(' ')) assert.ok(known.includes(id), `${name}: ${attribute} names #${id}`);
    }
    for (const [, id] of text.matchAll(/href="#([^"]+)"/g)) assert.ok(known.includes(id!), `${name}: link to #${id}`);
  }
});

test('each input of each page has a label of its own', async () => {
  for (const { name, html } of galleryPages('light')) {
    const text = await markup(html);
    const labelled = new Set([...text.matchAll(/<label[^>]* for="([^"]+)"/g)].map(([, id]) => id));
    for (const [tag] of text.matchAll(/<(?:input|select|textarea)\b[^>]*>/g)) {
      if (/type="(hidden|image)"/.test(tag)) continue;
      const id = / id="([^"]+)"/.exec(tag)?.[1];
      assert.ok(id !== undefined && labelled.has(id), `${name}: ${tag}`);
    }
  }
});

test('a field with hint and error is described by both, and says that it is invalid', async () => {
  const text = await markup(numberField({ ...base, unit: 'cm', hint: 'Mit dem Maßband.', error: 'Geben Sie eine Zahl ein.', value: 'neunzig' }));
  assert.match(
    text,
    /<input[^>]*aria-describedby="f-trees-0-circumferenceCm-hint f-trees-0-circumferenceCm-unit f-trees-0-circumferenceCm-error"[^>]*aria-invalid="true"/,
  );
  assert.match(text, /value="neunzig"/);
  assert.doesNotMatch(await markup(textField(base)), /aria-invalid|aria-describedby/);
});

test('only optional fields are marked', async () => {
  assert.doesNotMatch(await markup(textField(base)), /freiwillig/);
  assert.match(await markup(textField({ ...base, required: false })), /\(freiwillig\)/);
});

test('what was typed comes back as it was typed, but never a password', async () => {
  assert.match(await markup(textArea({ ...base, value: '\nErste Zeile' })), />\n\nErste Zeile<\/textarea>/);
  assert.match(await markup(dateField({ ...base, value: '31.02.2026' })), /value="31.02.2026"/);
  assert.match(await markup(dateField({ ...base, value: '2026-11-24' })), /value="24.11.2026"/);
  assert.match(
    await markup(dateField({ ...base, parts: true, value: '31..19' })),
    /name="[^"]+\.day"[^>]*value="31"[\s\S]*name="[^"]+\.month"[^>]*value=""[\s\S]*name="[^"]+\.year"[^>]*value="19"/,
  );
  assert.doesNotMatch(await markup(textField({ ...base, type: 'password', value: 'geheim' })), /geheim/);
});

for (const [typed, expected] of [
  [{ d: '24.11.2026' }, '2026-11-24'],
  [{ d: '1. 3. 2026' }, '2026-03-01'],
  [{ d: '2026-11-24' }, '2026-11-24'],
  [{ d: '24/11/2026' }, '2026-11-24'],
  [{ 'd.day': '4', 'd.month': '2', 'd.year': '2026' }, '2026-02-04'],
  [{ 'd.day': '29', 'd.month': '02', 'd.year': '2025' }, '29.02.2025'],
  [{ 'd.day': '31', 'd.month': '', 'd.year': '2026' }, '31..2026'],
  [{ d: '31.02.2026' }, '31.02.2026'],
  [{ d: 'morgen' }, 'morgen'],
  [{}, ''],
  [{ d: '24.11.26' }, '24.11.26'],
] as const) {
  test(`a date field posted ${JSON.stringify(typed)} reads ${expected}`, () => {
    assert.equal(readDateField(new URLSearchParams(typed as Record<string, string>), 'd'), expected);
  });
}

test('nothing is chosen beforehand; what was chosen is', async () => {
  const options = [
    { value: 'a', label: 'A' },
    { value: 'b', label: 'B' },
  ];
  assert.doesNotMatch(await markup(radioGroup({ ...base, options })), /checked/);
  assert.match(await markup(radioGroup({ ...base, options, value: 'b' })), /value="b" checked/);
  assert.match(await markup(yesNoField({ ...base, value: 'nein' })), /value="nein" checked/);
});

test('a table says its columns at each cell, and an empty one says so', async () => {
  const columns = [
    { label: 'Aktenzeichen', rowHeader: true, cell: (row: { n: string }) => row.n },
    { label: 'Tage', numeric: true, cell: () => 3 },
  ];
  const text = await markup(dataTable(columns, [{ n: 'BF-1' }], { caption: 'Fälle', lang: 'de', href: ({ n }) => `/amt/${n}` }));
  assert.match(text, /<th scope="row"[^>]*data-label="Aktenzeichen"[^>]*><a [^>]*href="\/amt\/BF-1"/);
  assert.match(text, /<td[^>]*data-label="Tage"/);
  assert.match(await markup(dataTable(columns, [], { caption: 'Fälle', lang: 'de' })), /Keine Einträge/);
});

test('states are told apart by word and shape, not by colour alone', async () => {
  const lights = await Promise.all((['green', 'yellow', 'red', 'paused', 'none'] as const).map((light) => markup(trafficLight(light, 'de'))));
  assert.equal(new Set(lights.map((text) => /<path d="([^"]+)"/.exec(text)![1])).size, 5);
  assert.equal(new Set(lights.map((text) => text.replace(/<[^>]+>/g, ''))).size, 5);
});

test("days and moments are written as people write them, on the city's clock", () => {
  const day = Temporal.PlainDate.from('2026-03-01');
  assert.deepEqual(
    LANGS.map((lang) => formatDate(lang, day)),
    ['1. März 2026', '1 March 2026', '1. März 2026'],
  );
  assert.deepEqual(
    LANGS.map((lang) => formatAmount(lang, 123_456_705)),
    ['1.234.567,05\u00a0€', '€1,234,567.05', '1.234.567,05\u00a0€'],
  );
  assert.equal(formatAmount('en', -50), '−€0.50');
  assert.equal(formatShortDate('de', day), '01.03.2026');
  assert.equal(formatInstant('de', Temporal.Instant.from('2026-07-31T22:30:00Z')), '1. August 2026, 00:30 Uhr');
  assert.deepEqual(
    [-12, -1, 0, 1, 3].map((days) => formatRelativeDay('de', day.add({ days }), day)),
    ['vor 12 Tagen', 'gestern', 'heute', 'morgen', 'in 3 Tagen'],
  );
  assert.equal(formatBytes('de', 3_400_000), '3,4 MB');
});

test('view settings take only what exists', () => {
  assert.deepEqual(readViewSettings(new URLSearchParams('lang=en&theme=dark&back=/x')), { lang: 'en', theme: 'dark', back: '/x' });
  assert.deepEqual(readViewSettings(new URLSearchParams('lang=xx&theme=%22')), { back: '/' });
  assert.equal(themeOf({ kontor_theme: 'red' }), 'auto');
});
