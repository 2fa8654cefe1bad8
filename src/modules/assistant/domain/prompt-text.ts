const VARIABLE = /\{\{\s*([\p{L}\p{N}][\p{L}\p{N} _-]{0,39}?)\s*\}\}/gu;

/** Names of the variables of a prompt, each once, in the order they come. */
export const variablesOf = (text: string): readonly string[] => [...new Set([...text.matchAll(VARIABLE)].map(([, name]) => name!))];

/** The prompt with its variables filled; what has no value stays visible, so that nobody overlooks it. */
export const filledPrompt = (text: string, values: ReadonlyMap<string, string>): string =>
  text.replaceAll(VARIABLE, (all, name: string) => {
    const value = values.get(name)?.trim() ?? '';
    return value === '' ? all : value;
  });
