import type { FieldProblem } from '../../../kernel/problem.ts';
import type { KeptObject } from '../../../kernel/picture.ts';
import { printMgrs } from '../../../kernel/mgrs.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { button, errorOf, errorSummary } from '../../../platform/ui/form-frame.ts';
import { hiddenField, selectField, textArea, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, factList, section } from '../../../platform/ui/parts.ts';
import { drawnKinds, kindName } from '../application/names.ts';
import { KEEP_SIGN, SHAPES, type TypedDrawing } from '../application/draw-typed.ts';
import { pathOf } from './address.ts';
import { karteTexts } from './texts.ts';

/** What was typed, and why it was not drawn. */
export interface Refused {
  readonly typed: TypedDrawing;
  readonly problems: readonly FieldProblem[];
  readonly detail: string;
  /** Of a conflict: how the thing stands now. */
  readonly current?: KeptObject;
}

const NOTHING: TypedDrawing = { id: '', kind: 'hazard', title: '', shape: 'punkt', places: '', sign: '', basis: '' };

/** A drawing as its fields, to be changed. */
export function typedOf({ id, kind, title, geometry, symbol, seq }: KeptObject): TypedDrawing {
  const points =
    geometry?.type === 'Point'
      ? [geometry.coordinates]
      : geometry?.type === 'LineString'
        ? geometry.coordinates
        : geometry?.type === 'Polygon'
          ? geometry.coordinates[0]!.slice(0, -1)
          : [];
  return {
    id,
    kind,
    title,
    shape: geometry?.type === 'Polygon' ? 'flaeche' : geometry?.type === 'LineString' ? 'linie' : 'punkt',
    places: points.map(([lon, lat]) => `${lat.toFixed(6)} ${lon.toFixed(6)}`).join('\n'),
    sign: symbol === undefined ? '' : KEEP_SIGN,
    basis: String(seq),
  };
}

/** Drawing without a map: whole without JavaScript, and for keyboards. */
export function drawForm(
  key: string,
  { change, refused, signs }: { readonly change: KeptObject | undefined; readonly refused: Refused | undefined; readonly signs: readonly SignChoice[] },
  lang: Lang,
): Html {
  const t = karteTexts(lang);
  const typed = refused?.typed ?? (change === undefined ? NOTHING : typedOf(change));
  const problems = refused?.problems ?? [];
  const field = (name: keyof TypedDrawing, label: string, hint?: string) => ({
    ...{ name, label, lang, value: typed[name] },
    ...(hint === undefined ? {} : { hint }),
    ...errorOf(problems, name),
  });
  const changes = typed.id !== '';
  const form = html`<form class="k-karte__draw" method="post" action="${pathOf(key)}/zeichnen">${hiddenField('id', typed.id)}${hiddenField('basis', refused?.current === undefined ? typed.basis : String(refused.current.seq))}
${changes ? hiddenField('kind', typed.kind) : selectField({ ...field('kind', t.drawKind), options: drawnKinds.map((value) => ({ value, label: kindName(lang, value) })) })}
${textField(field('title', t.drawTitle))}
${selectField({ ...field('shape', t.shape), options: SHAPES.map((value) => ({ value, label: t[value] })) })}
${textArea(field('places', t.places, t.placesHint))}
${selectField({ ...field('sign', t.drawSign), empty: t.signNone, options: [...(changes ? [{ value: KEEP_SIGN, label: t.signKeep }] : []), ...signs] })}
${button({ label: refused?.current === undefined ? (changes ? t.change : t.draw) : t.conflictKeep })}</form>`;
  const body = html`<p class="kern-body">${t.drawingLead}</p>${refusedPart(refused, lang)}${form}${changes ? eraseForm(key, typed.id, typed.basis, lang) : ''}`;
  const title = changes ? t.changeTitle : t.drawing;
  const open = refused !== undefined || changes;
  return section(title, open ? body : accordion(t.draw, body), { id: 'zeichnen' });
}

/** One sign a person can choose: `symbol=drohne`. */
export interface SignChoice {
  readonly value: string;
  readonly label: string;
}

function eraseForm(key: string, id: string, basis: string, lang: Lang): Html {
  return html`<form method="post" action="${pathOf(key)}/loeschen">${hiddenField('id', id)}${hiddenField('basis', basis)}${button({ label: karteTexts(lang).erase, kind: 'danger', small: true })}</form>`;
}

/** What is wrong; of a conflict, both versions side by side. */
function refusedPart(refused: Refused | undefined, lang: Lang): Html {
  if (refused === undefined) return html``;
  const t = karteTexts(lang);
  const { problems, detail, current, typed } = refused;
  if (current === undefined) return html`${errorSummary(problems, lang, problems.length === 0 ? detail : undefined) ?? ''}`;
  const now = typedOf(current);
  const told = ({ title, places }: TypedDrawing): string => `${title} · ${places.split('\n').slice(0, 3).join(' | ')}`;
  const where = printMgrsOf(current);
  return alert(
    'warning',
    t.conflict,
    html`<p class="kern-body">${detail}</p>${factList([
      { label: t.conflictNow, value: `${told(now)}${where}`, note: `${current.source.name}, ${formatInstant(lang, current.changedAt)}` },
      { label: t.conflictYours, value: told(typed) },
    ])}`,
  );
}

function printMgrsOf({ geometry }: KeptObject): string {
  if (geometry?.type !== 'Point') return '';
  const [lon, lat] = geometry.coordinates;
  return ` (${printMgrs({ lon, lat }) ?? ''})`;
}
