import type { FieldProblem } from '../../../kernel/problem.ts';
import { button, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { hiddenField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { section } from '../../../platform/ui/parts.ts';
import { suggestMaximum } from '../application/experiments.ts';
import { BLOCKS, EXPERIMENTS, varies } from '../application/offered.ts';
import type { Block, Words } from '../domain/blocks.ts';
import type { Plan, Variant, Variation } from '../domain/experiment.ts';
import { firstWords } from './page-overview.ts';
import { experimentTexts } from './experiment-texts.ts';
import { KIND_WORDS, LANGUAGE_WORDS, WORD_WORDS } from './page-texts.ts';

const numberOf = (typed: string): number => (/^\d{1,9}(?:[.,]\d{1,3})?$/.test(typed) ? Number(typed.replace(',', '.')) : Number.NaN);

/** How many wordings were asked for, the page's own included. */
export const manyOf = (fields: URLSearchParams): number => Math.min(4, Math.max(2, Number(/^[234]$/.exec(fields.get('many') ?? '')?.[0] ?? 2)));
const lettersOf = (fields: URLSearchParams): readonly Variant[] => EXPERIMENTS.variants.slice(1, manyOf(fields));

export function readPlan(fields: URLSearchParams): Plan {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const alpha = EXPERIMENTS.alphas.find((one) => String(one) === get('alpha'));
  return {
    expectedPercent: numberOf(get('expected')),
    minimumPercent: numberOf(get('minimum')),
    alpha: alpha ?? Number.NaN,
    maximumShown: numberOf(get('maximum').replaceAll('.', '')),
  };
}

export function readVariation(fields: URLSearchParams, block: Block | undefined): Variation {
  const get = (name: string): string => (fields.get(name) ?? '').trim();
  const names = block === undefined ? [] : BLOCKS.parts[block.kind].words;
  const texts = Object.fromEntries(
    lettersOf(fields).map((letter) => [
      letter,
      Object.fromEntries(
        names.map((name): [string, Words] => [
          name,
          { de: get(`${letter}.${name}.de`), en: get(`${letter}.${name}.en`), leicht: get(`${letter}.${name}.leicht`) },
        ]),
      ),
    ]),
  );
  return { block: get('block'), texts };
}

/** First the block, then plan and words. Before the form was sent, the words are those of the page. */
export function experimentForm(action: string, blocks: readonly Block[], fields: URLSearchParams, problems: readonly FieldProblem[], lang: Lang): Html {
  const chosen = blocks.find(({ id }) => id === fields.get('block'));
  return chosen === undefined || !varies(chosen) ? chooseForm(action, blocks, fields, problems, lang) : planForm(action, chosen, fields, problems, lang);
}

function chooseForm(action: string, blocks: readonly Block[], fields: URLSearchParams, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = experimentTexts(lang);
  const options = blocks.filter(varies).map((block) => ({ value: block.id, label: `${KIND_WORDS[block.kind][lang]}: ${firstWords(block, lang)}` }));
  const inner = html`${selectField({ name: 'block', lang, label: t.choose, hint: t.chooseHint, empty: true, value: fields.get('block') ?? '', options, ...errorOf(problems, 'block') })}
${radioGroup({ name: 'many', lang, label: t.many, inline: true, value: String(manyOf(fields)), options: ['2', '3', '4'].map((value) => ({ value, label: value })) })}
${buttonRow(button({ label: t.onward }))}`;
  return form({ action, method: 'get' }, inner);
}

function planForm(action: string, block: Block, fields: URLSearchParams, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = experimentTexts(lang);
  const field = (name: string, standard: string) => ({ name, lang, value: fields.get(name) ?? standard, ...errorOf(problems, name) });
  const many = manyOf(fields);
  const plan = readPlan(
    new URLSearchParams({ expected: fields.get('expected') ?? '20', minimum: fields.get('minimum') ?? '5', alpha: fields.get('alpha') ?? '0.05' }),
  );
  const suggested = suggestMaximum(plan, many);
  const hint = Number.isSafeInteger(suggested) && suggested > 0 ? { hint: t.maximumHint(formatNumber(lang, suggested)) } : {};
  const alphas = EXPERIMENTS.alphas.map((alpha) => ({ value: String(alpha), label: t.alphaOf(`${formatNumber(lang, alpha * 100)} %`) }));
  const inner = html`${hiddenField('block', block.id)}${hiddenField('many', String(many))}
${textField({ ...field('expected', '20'), label: t.expected, inputmode: 'decimal', width: 's' })}
${textField({ ...field('minimum', '5'), label: t.minimum, inputmode: 'decimal', width: 's' })}
${radioGroup({ ...field('alpha', '0.05'), label: t.alpha, options: alphas })}
${textField({ ...field('maximum', hint.hint === undefined ? '' : String(suggested)), label: t.maximum, inputmode: 'numeric', width: 'm', ...hint })}
${lettersOf(fields).map((letter) => wordsOf(letter, block, fields, problems, lang))}
<p class="kern-body">${t.startBody}</p>${buttonRow(button({ label: t.start }))}`;
  return section(t.plan, form({ action }, inner));
}

function wordsOf(letter: Variant, block: Block, fields: URLSearchParams, problems: readonly FieldProblem[], lang: Lang): Html {
  const names = BLOCKS.parts[block.kind].words;
  const one = (name: (typeof names)[number], language: 'de' | 'en' | 'leicht'): Html => {
    const path = `${letter}.${name}.${language}`;
    const value = fields.get(path) ?? block.words[name]?.[language] ?? '';
    const common = {
      name: path,
      lang,
      value,
      label: `${WORD_WORDS[name][lang]} (${LANGUAGE_WORDS[language]})`,
      maxLength: BLOCKS.limits[name],
      ...errorOf(problems, path),
    };
    return BLOCKS.limits[name] > 200 ? textArea({ ...common, rows: 4 }) : textField(common);
  };
  return html`<fieldset class="kern-fieldset"><legend class="kern-label">${experimentTexts(lang).variant(letter)}</legend><div class="kern-fieldset__body">${names.map((name) => BLOCKS.languages.map((language) => one(name, language)))}</div></fieldset>`;
}
