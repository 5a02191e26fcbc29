/** The path of an executable that exists, or undefined. A wrong CHROMIUM_PATH is an error. */
export function findChromium(): string | undefined;
