// Turns a plain object into JSON text with two spaces and a final newline.

/** Order of keys is the order of the object. */
export const toJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
