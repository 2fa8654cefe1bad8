import { linkButton } from '../../../platform/ui/form-frame.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { pageTitle } from '../../../platform/ui/page.ts';
import { serviceOf, type OutreachContext } from '../application/context.ts';
import { entriesOf, OFFERED } from '../application/offered.ts';
import type { Block, WordName } from '../domain/blocks.ts';
import { drawing } from './drawings.ts';
import { pageTexts } from './page-texts.ts';

/** Where the parts of a page lead: the published page and its preview differ. */
export interface Leads {
  readonly onward: (service: string) => string;
  readonly picture: (sha256: string) => string;
}

const paragraphs = (text: string): Html => html`${text.split(/\n\s*\n/).map((part) => html`<p class="kern-body">${part}</p>`)}`;

/** The blocks of a page: one h1, then h2 in the order of reading; a picture always says what it shows. */
export function landingBlocks(ctx: Pick<OutreachContext, 'services'>, blocks: readonly Block[], leads: Leads, lang: Lang): Html {
  return html`${blocks.map((block) => drawnBlock(ctx, block, leads, lang))}`;
}

function drawnBlock(ctx: Pick<OutreachContext, 'services'>, block: Block, leads: Leads, lang: Lang): Html {
  const word = (name: WordName): string => block.words[name]?.[lang] ?? '';
  const heading = html`<h2 class="kern-heading-medium">${word('heading')}</h2>`;
  switch (block.kind) {
    case 'lead':
      return pageTitle(word('heading'), { lead: word('text') });
    case 'text':
      return html`<section class="k-section">${heading}${paragraphs(word('text'))}</section>`;
    case 'steps':
      return html`<section class="k-section">${heading}<ol class="kern-list kern-list--number">${entriesOf(word('lines')).map((line) => html`<li>${line}</li>`)}</ol></section>`;
    case 'places':
      return html`<section class="k-section">${heading}<ul class="kern-list kern-list--bullet">${entriesOf(word('lines')).map((line) => html`<li>${line}</li>`)}</ul></section>`;
    case 'service':
      return html`<p>${linkButton({ label: word('label'), href: leads.onward(block.service ?? ''), icon: 'arrow-forward' })}</p>`;
    case 'question':
      return accordion(word('question'), paragraphs(word('answer')));
    case 'fact':
      return factBlock(block, word('text'), lang);
    case 'legal':
      return legalBlock(ctx, block, leads, lang);
    case 'image':
      return imageBlock(block, word('alt'), leads);
  }
}

function factBlock({ source = '', date = '' }: Block, text: string, lang: Lang): Html {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? formatDate(lang, Temporal.PlainDate.from(date)) : date;
  return html`<section class="k-section">${paragraphs(text)}<p class="kern-hint">${pageTexts(lang).asOf(source, day)}</p></section>`;
}

function legalBlock(ctx: Pick<OutreachContext, 'services'>, { service = '' }: Block, leads: Leads, lang: Lang): Html {
  const name = serviceOf(ctx, service)?.name[lang] ?? service;
  return html`<p class="kern-body">${pageTexts(lang).legalText} <a class="kern-link" href="${leads.onward(service)}">${name}</a></p>`;
}

function imageBlock({ picture = '' }: Block, alt: string, leads: Leads): Html {
  const known = OFFERED.drawings.find((one) => one === picture);
  return known === undefined
    ? html`<p><img class="k-landing-picture" src="${leads.picture(picture)}" alt="${alt}" loading="lazy"></p>`
    : html`<p>${drawing(known, alt)}</p>`;
}
