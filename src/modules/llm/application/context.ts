import type { Context } from '../../../platform/context.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Running } from '../domain/limits.ts';
import type { MaskingPort } from '../domain/masking.ts';
import type { ModelEntry, ModelUse } from '../domain/register.ts';
import type { Provider } from './provider.ts';

/** Sets a page into the city's frame. */
export type CityFrame = (visit: Visit) => PageView;

/** What the wiring brings. */
export interface LlmOptions {
  /** Models as the operator entered them; none: everything works without a model. */
  readonly models: readonly ModelEntry[];
  /** Uses that modules bring. */
  readonly uses: readonly ModelUse[];
  /** Absent: whatever needs pseudonyms is refused. */
  readonly masking?: MaskingPort | undefined;
  /** Keys what is counted for a person on a day. */
  readonly secret: string;
  /** Name of an authority, for the pages. */
  readonly unitName?: (id: string) => string;
  /** How a model is reached; by default as its entry says. */
  readonly providerOf?: (model: ModelEntry) => Provider;
  /** Random numbers of frames; tests bring their own. */
  readonly frameNumbers?: () => string;
}

export interface LlmContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'log'> {
  readonly models: readonly ModelEntry[];
  readonly uses: readonly ModelUse[];
  readonly masking: MaskingPort | undefined;
  readonly secret: string;
  readonly unitName: (id: string) => string;
  /** One for each model, for as long as the city runs. */
  readonly provider: (model: ModelEntry) => Provider;
  /** Models in this process give their memory back. */
  readonly close: () => Promise<void>;
  readonly frameNumbers: () => string;
  readonly running: Running;
  /** Length of each model's vectors, once known. */
  readonly vectorSizes: Map<string, number>;
}
