import type { Context } from '../../../platform/context.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { MaskingPort } from '../domain/masking.ts';
import type { ModelEntry, ModelUse } from '../domain/register.ts';

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** What the wiring brings. */
export interface LlmOptions {
  /** Models as the operator entered them; none: everything works without a model. */
  readonly models: readonly ModelEntry[];
  /** Uses that modules bring. */
  readonly uses: readonly ModelUse[];
  /** Absent: whatever needs pseudonyms is refused. */
  readonly masking?: MaskingPort;
  /** Keys what is counted for a person on a day. */
  readonly secret: string;
}

export interface LlmContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'>, LlmOptions {}
