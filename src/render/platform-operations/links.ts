// Turns paths of the repository into links from the folder of the documents.

/** Parentheses would end a link. */
export const linkTo = (file: string): string =>
  `../../${file
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`),
    )
    .join('/')}`;

export const below = (folder: string, file: string): string => (folder === '.' ? file : `${folder}/${file}`);

export const orDash = (texts: readonly string[]): string => (texts.length > 0 ? texts.join(', ') : '–');
