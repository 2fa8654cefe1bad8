import type { Visit } from '../../../platform/http/route.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { SUPPORTER_COOKIE, type Supporter } from '../application/support.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** Staff that may open the desk; whether the participation is theirs, the use case asks. */
export const OFFICERS = ['sachbearbeitung', 'leitung', 'revision'] as const;
export const WRITERS = ['sachbearbeitung', 'leitung'] as const;

/** Text as somebody typed it, in its paragraphs. */
export const paragraphs = (text: string): Html => html`${text.split(/\n\s*\n/).map((part) => html`<p class="kern-body k-typed">${part}</p>`)}`;

export const supporterFrom = ({ actor, cookies }: Pick<Visit, 'actor' | 'cookies'>): Supporter => ({ actor, cookie: cookies[SUPPORTER_COOKIE] });
