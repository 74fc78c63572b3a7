/** The id of the share that a page looks through, by its path; null on pages of the owner. It is no secret. */
export const shareIdIn = (pathname: string): string | null => /^\/s\/([\w-]+)$/.exec(pathname)?.[1] ?? null;
