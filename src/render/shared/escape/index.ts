// The helpers of the templates by name: each escapes a value for one language. scripts/template-helpers.json lists the same names.
import { codeLine } from './code-line';
import { comment } from './comment';
import { configWord } from './config-word';
import { dockerfile } from './dockerfile';
import { hcl } from './hcl';
import { htmlJson } from './html-json';
import { identifier } from './identifier';
import { image } from './image';
import { markdown } from './markdown';
import { nginx } from './nginx';
import { number } from './number';
import { optionalPath, path } from './path';
import { powershell, powershellComment } from './powershell';
import { properties } from './properties';
import { shell } from './shell';
import { verbatim } from './verbatim';
import { words } from './words';
import { xml } from './xml';

const text = (helper: string, write: (text: string) => string) => (value: unknown) => {
  if (typeof value !== 'string') throw new Error(`${helper} of what is no text: ${JSON.stringify(value)}`);
  return write(value);
};

/** JSON is also an expression of JavaScript since ES2019, line separators included. */
const json = (value: unknown): string => {
  const written = JSON.stringify(value);
  if (written === undefined) throw new Error('there is no JSON for this value');
  return written;
};

export const helpers: Readonly<Record<string, (value: unknown) => string>> = {
  codeLine: text('codeLine', codeLine),
  comment,
  configWord: text('configWord', configWord),
  dockerfile: text('dockerfile', dockerfile),
  hcl,
  htmlJson,
  identifier,
  image,
  json,
  markdown: text('markdown', markdown),
  nginx: text('nginx', nginx),
  number,
  optionalPath: text('optionalPath', optionalPath),
  path: text('path', path),
  powershell: text('powershell', powershell),
  powershellComment: text('powershellComment', powershellComment),
  properties: text('properties', properties),
  shell: text('shell', shell),
  verbatim,
  words,
  xml: text('xml', xml),
};
