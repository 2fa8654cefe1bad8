import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, type AnyRoute, type Answer, type Visit } from '../../../platform/http/route.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { selectField } from '../../../platform/ui/form.ts';
import { formatDate } from '../../../platform/ui/formats.ts';
import { inLanguage } from '../../../kernel/lang.ts';
import { html, htmlLang, LANG_NAMES, LANGS, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { qrFile } from '../../../platform/ui/qr-code.ts';
import type { AdviceSheet, GuidesContext } from '../application/context.ts';
import { printHandout, type Handout } from '../application/print-handout.ts';
import { serviceToWalk, startPath, type WalkedService } from '../application/send-link.ts';
import { deskTexts } from './desk-texts.ts';
import { GUIDES, type Frame } from './frame.ts';
import { handoutTexts } from './handout-texts.ts';

const AT = '/lotsen/handzettel';

/** Handouts that lead into the right step: chosen on a page, set as PDF. */
export function handoutPages(ctx: GuidesContext, frame: Frame): AnyRoute[] {
  return [
    getPage(AT, GUIDES, async (visit) => answerHtml(choicePage(ctx, frame, visit, false))),
    getPage(`${AT}/drucken`, GUIDES, async (visit) => printed(ctx, frame, visit)),
  ];
}

/** What is wished, as the address says it: `leistung:hund` or `ausweis:pin`. */
function wishOf({ query, lang }: Visit) {
  const sheet = LANGS.find((one) => one === query.get('sprache')) ?? lang;
  return { what: query.get('blatt') ?? '', sheet, large: query.get('schrift') === 'gross', toForm: query.get('ziel') === 'antrag' };
}

async function printed(ctx: GuidesContext, frame: Frame, visit: Visit): Promise<Answer> {
  const { what, sheet, large, toForm } = wishOf(visit);
  const [kind, key = ''] = what.split(':');
  const service = kind === 'leistung' ? serviceToWalk(ctx, key) : undefined;
  const advice = kind === 'ausweis' ? ctx.adviceSheets?.().find((one) => one.key === key) : undefined;
  const about = { publicUrl: ctx.settings.publicUrl, lang: sheet, large, today: legalDay(visit.now) };
  const handout =
    service?.ok === true
      ? serviceHandout(service.value, toForm ? startPath(key) : `/leistungen/${key}`, about)
      : advice === undefined
        ? undefined
        : adviceHandout(advice, about);
  if (handout === undefined) return answerHtml(choicePage(ctx, frame, visit, true), 422);
  const bytes = await printHandout(ctx, handout, qrFile(handout.address));
  return { kind: 'file', bytes, mediaType: 'application/pdf', fileName: `${kind}-${key}-${sheet}${large ? '-gross' : ''}.pdf`, inline: true };
}

interface About {
  readonly publicUrl: string;
  readonly lang: Lang;
  readonly large: boolean;
  readonly today: Temporal.PlainDate;
}

/** What every sheet has; `path` opens in the sheet's language. */
function frameOf(path: string, { publicUrl, lang, large, today }: About) {
  const t = handoutTexts(lang);
  const address = inLanguage(`${publicUrl}${path}`, lang);
  const bare = (text: string): string => text.replace(/^https?:\/\//, '');
  return {
    lang: htmlLang(lang) as Handout['lang'],
    large,
    author: t.preline,
    preline: t.preline,
    needsTitle: t.needs,
    stepsTitle: t.steps,
    address,
    shownAddress: bare(address),
    qrAlt: t.qrAlt(bare(address)),
    qrLead: t.qrLead,
    helpTitle: t.help,
    help: t.helpText(bare(`${publicUrl}/hilfe-vor-ort`)),
    footer: t.footer(formatDate(lang, today)),
  };
}

function serviceHandout({ name, summary, needs, trust, form: { pages } }: WalkedService, path: string, about: About): Handout {
  const { lang } = about;
  const t = handoutTexts(lang);
  const titles = pages.filter(({ condition }) => condition === undefined).map(({ title }) => title[lang]);
  const steps = [t.scan, t.signIn, t.fill(titles.join(' · ')), trust === 'einfach' ? t.submit : t.submitEid];
  return { ...frameOf(path, about), title: name[lang], lead: summary[lang], needs: needs.map((need) => need[lang]), steps };
}

function adviceHandout({ title, lead, steps, path }: AdviceSheet, about: About): Handout {
  const { lang } = about;
  return { ...frameOf(path, about), title: title[lang], lead: lead[lang], needs: [], steps: steps.map((step) => step[lang]) };
}

function choicePage(ctx: GuidesContext, frame: Frame, visit: Visit, missing: boolean): Html {
  const { lang } = visit;
  const t = handoutTexts(lang);
  const { what, sheet, large, toForm } = wishOf(visit);
  const problems = missing ? [{ field: 'blatt', message: t.missing }] : [];
  const services = ctx.desk.offered();
  const options = [
    ...services.map(({ key, name }) => ({ value: `leistung:${key}`, label: name[lang] })),
    ...(ctx.adviceSheets?.() ?? []).map(({ key, title }) => ({ value: `ausweis:${key}`, label: t.ausweis(title[lang]) })),
  ];
  const main = html`${errorSummary(problems, lang)}${pageTitle(t.title, { lead: t.lead })}
${form(
  { action: `${AT}/drucken`, method: 'get' },
  html`${selectField({ name: 'blatt', label: t.what, lang, required: true, empty: true, options, value: what, ...errorOf(problems, 'blatt') })}
${radioGroup({ name: 'sprache', label: t.lang, lang, required: true, inline: true, value: sheet, options: LANGS.map((value) => ({ value, label: LANG_NAMES[value] })) })}
${radioGroup({
  name: 'schrift',
  label: t.size,
  lang,
  required: true,
  inline: true,
  value: large ? 'gross' : 'normal',
  options: [
    { value: 'normal', label: t.normal },
    { value: 'gross', label: t.large },
  ],
})}
${radioGroup({
  name: 'ziel',
  label: t.target,
  hint: t.targetHint,
  lang,
  required: true,
  value: toForm ? 'antrag' : 'leistung',
  options: [
    { value: 'leistung', label: t.toInfo },
    { value: 'antrag', label: t.toForm },
  ],
})}${buttonRow(button({ label: t.print }))}`,
)}`;
  return page(frame(visit), { title: t.title, main, hasErrors: missing, breadcrumb: [{ label: deskTexts(lang).title, href: '/lotsen' }, { label: t.title }] });
}
