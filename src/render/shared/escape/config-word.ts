// Lets a word through that stands in a configuration file whose format knows neither quotes nor escapes.

export function configWord(text: string): string {
  if (!/^[A-Za-z0-9_./:@%+=-]+$/.test(text)) throw new Error(`not one plain word: ${JSON.stringify(text)}`);
  return text;
}
