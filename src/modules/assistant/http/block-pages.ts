import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList } from '../../../platform/ui/parts.ts';
import { changeBlock, makeBlock, openBlock, textBlocks, type BlockFacts } from '../application/blocks.ts';
import type { AssistantContext, CityFrame } from '../application/context.ts';
import type { BlockKind, KeptBlock, Tone } from '../domain/text-block.ts';
import { fieldOf, problemSummary, type Typed } from './form-parts.ts';
import { libraryTexts } from './library-texts.ts';
import { BLOCKS_PATH } from './paths.ts';
import { LONGEST, STAFF } from './schemas.ts';
import { crumbs } from './start-page.ts';
import { assistantTexts } from './texts.ts';

const KINDS: readonly BlockKind[] = ['opening', 'request', 'reason', 'information', 'closing'];
const TONES: readonly Tone[] = ['formal', 'plain', 'leicht'];
const at = (key: string): string => `${BLOCKS_PATH}/${key}`;

/** The text library of the city: read by all who work for it, each block changed by who answers for it. */
export function blockPages(ctx: AssistantContext, frame: CityFrame): AnyRoute[] {
  return [
    getPage(BLOCKS_PATH, STAFF, async (visit) => answerHtml(listPage(frame, visit, await textBlocks(ctx, visit.actor, {})))),
    getPage(`${BLOCKS_PATH}/neu`, STAFF, async (visit) => answerHtml(newPage(frame, visit, { fields: new URLSearchParams() }))),
    postPage(`${BLOCKS_PATH}/neu`, STAFF, async (visit) => {
      const made = await makeBlock(ctx, visit.actor, visit.userName ?? 'Stadt', readFacts(visit, visit.fields.get('key') ?? ''));
      if (made.ok) return redirect(at(made.value.key));
      return answerHtml(newPage(frame, visit, { fields: visit.fields, problem: made.problem }), problemStatus(made.problem));
    }),
    getPage(at(':key'), STAFF, async (visit) => {
      const found = await openBlock(ctx, visit.actor, visit.params['key']!);
      return found.ok ? answerHtml(blockPage(frame, visit, found.value, { fields: new URLSearchParams() })) : problemPage(found.problem);
    }),
    postPage(at(':key'), STAFF, async (visit) => {
      const key = visit.params['key']!;
      const changed = await changeBlock(ctx, visit.actor, Number(visit.fields.get('version')), readFacts(visit, key));
      if (changed.ok) return redirect(at(key));
      const found = await openBlock(ctx, visit.actor, key);
      if (!found.ok) return problemPage(found.problem);
      return answerHtml(blockPage(frame, visit, found.value, { fields: visit.fields, problem: changed.problem }), problemStatus(changed.problem));
    }),
  ];
}

function readFacts({ fields }: FormVisit, key: string): BlockFacts {
  const service = (fields.get('service') ?? '').trim();
  return {
    key: key.trim(),
    kind: KINDS.find((one) => one === fields.get('kind')) ?? 'information',
    tone: TONES.find((one) => one === fields.get('tone')) ?? 'formal',
    ...(service === '' ? {} : { service }),
    title: fields.get('title') ?? '',
    text: (fields.get('text') ?? '').replaceAll('\r\n', '\n'),
  };
}

function listPage(frame: CityFrame, visit: Visit, blocks: readonly KeptBlock[]): Html {
  const { lang } = visit;
  const [t, words] = [libraryTexts(lang), assistantTexts(lang)];
  const table = dataTable<KeptBlock>(
    [
      { label: t.name, rowHeader: true, cell: ({ title }) => title },
      { label: t.kind, cell: ({ kind }) => t[kind] },
      { label: t.tone, cell: ({ tone }) => t[tone] },
      { label: t.text, minor: true, cell: ({ text }) => text },
      { label: t.owner, cell: ({ owner }) => owner },
      { label: t.version, numeric: true, cell: ({ version }) => version },
    ],
    blocks,
    { caption: words.blocks, captionHidden: true, lang, dense: true, shortcuts: true, href: ({ key }) => at(key) },
  );
  const main = html`${pageTitle(words.blocks, { lead: words.blocksLead })}${buttonRow(linkButton({ label: t.makeBlock, href: `${BLOCKS_PATH}/neu`, icon: 'add' }))}${table}`;
  return page(frame(visit), { title: words.blocks, main, wide: true, breadcrumb: crumbs(lang, words.blocks) });
}

function factFields(typed: Typed, lang: Lang): Html {
  const t = libraryTexts(lang);
  const field = fieldOf(typed, lang);
  return html`${textField({ ...field('title'), label: t.name, maxLength: 120 })}
${selectField({ ...field('kind'), label: t.kind, options: KINDS.map((value) => ({ value, label: t[value] })) })}
${radioGroup({ ...field('tone'), label: t.tone, value: typed.fields.get('tone') ?? 'formal', options: TONES.map((value) => ({ value, label: t[value] })) })}
${textField({ ...field('service'), label: t.service, hint: t.serviceHint, required: false, spellcheck: false })}
${textArea({ ...field('text'), label: t.text, hint: t.blockHint, rows: 6, maxLength: LONGEST.prompt })}`;
}

const blocksCrumb = (lang: Lang) => ({ label: assistantTexts(lang).blocks, href: BLOCKS_PATH });

function newPage(frame: CityFrame, visit: Visit, typed: Typed): Html {
  const { lang } = visit;
  const t = libraryTexts(lang);
  const main = html`${problemSummary(typed, lang)}${pageTitle(t.makeBlock)}
${form(
  { action: `${BLOCKS_PATH}/neu` },
  html`${textField({ ...fieldOf(typed, lang)('key'), label: t.key, hint: t.keyHint, spellcheck: false, maxLength: 60 })}${factFields(typed, lang)}${buttonRow(button({ label: t.save }))}`,
)}`;
  return page(frame(visit), { title: t.makeBlock, main, hasErrors: typed.problem !== undefined, breadcrumb: crumbs(lang, t.makeBlock, [blocksCrumb(lang)]) });
}

function blockPage(frame: CityFrame, visit: Visit, block: KeptBlock, typed: Typed): Html {
  const { lang } = visit;
  const t = libraryTexts(lang);
  const { key, title, kind, tone, text, service = '', version, owner, own } = block;
  const fields = typed.fields.has('title') ? typed.fields : new URLSearchParams({ title, kind, tone, text, service });
  const facts = factList([
    { label: t.kind, value: t[kind] },
    { label: t.tone, value: t[tone] },
    { label: t.owner, value: owner },
    { label: t.version, value: String(version) },
    { label: t.key, value: key },
  ]);
  const change = accordion(
    t.change,
    form(
      { action: at(key), hidden: { version: String(version) } },
      html`<p class="kern-body">${t.changeHint}</p>${factFields({ ...typed, fields }, lang)}${buttonRow(button({ label: t.save }))}`,
    ),
    { open: typed.fields.has('title') },
  );
  const main = html`${problemSummary(typed, lang)}${pageTitle(title)}${facts}<div class="k-answer">${text}</div>${own ? change : ''}`;
  return page(frame(visit), { title, main, hasErrors: typed.problem !== undefined, breadcrumb: crumbs(lang, title, [blocksCrumb(lang)]) });
}
