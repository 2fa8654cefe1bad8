/**
 * Tools a model may call: only such as read, with the rights of the person who asks. None is offered today; whatever
 * a model calls is dropped, counted and journalled. An entry that writes has no place in this list.
 */
export const READING_TOOLS = [] as const satisfies readonly { readonly name: string; readonly reads: true }[];

/** Whether a call may be carried out. */
export const isReadingTool = (name: string): boolean => READING_TOOLS.some((tool: { readonly name: string }) => tool.name === name);
