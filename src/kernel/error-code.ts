/** The code of an error of Node, SQLite or PostgreSQL (SQLSTATE); `undefined` where it has none. */
export const codeOf = (error: unknown): string | undefined => (error instanceof Error && 'code' in error ? String(error.code) : undefined);
