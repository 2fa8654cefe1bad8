import { kinship } from './kinship.ts';
import { passagesOf, type FinderService, type Lang, type ServicePassage, type WordTools } from './service.ts';

/** The sentence of a package that says most of what was asked; without one, the first of its summary. */
export function bestPassage(tools: WordTools, service: FinderService, asked: readonly string[], lang: Lang): ServicePassage {
  const passages = passagesOf(service, lang);
  let [best, most] = [passages[0]!, 0];
  for (const passage of passages) {
    const words = tools.contentWords(passage.quote);
    const said = asked.reduce((sum, word) => sum + Math.max(0, ...words.map((other) => kinship(tools, word, other).strength)), 0);
    if (said > most) [best, most] = [passage, said];
  }
  return best;
}
